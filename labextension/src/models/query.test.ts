import { describe, expect, it } from 'vitest';
import { lineageOf, shortened } from './lineage';
import { placeOf } from './place';
import { rootOf } from './put';
import { modelName, modelPath, queryOf } from './query';

describe('what is typed into the search', () => {
  it('is text, and tags with and without a value', () => {
    expect(queryOf('  my churn team=blue #gold ', 'active')).toEqual({
      text: 'my churn',
      tag: ['team=blue', 'gold'],
      archived: 'active'
    });
    expect(queryOf('=x #', 'all')).toEqual({ text: '=x #', tag: [], archived: 'all' });
  });
});

describe('names of models', () => {
  it('may carry a version', () => {
    expect(modelName('churn')).toEqual({ name: 'churn', version: null });
    expect(modelName('churn:3')).toEqual({ name: 'churn', version: '3' });
    expect(modelName('azureml:churn:2024-01')).toEqual({ name: 'churn', version: '2024-01' });
  });

  it('are one part of an address, whatever they contain', () => {
    expect(modelPath('a/b', '1?', 'files')).toBe('models/a%2Fb/versions/1%3F/files');
    expect(modelPath('a', null, 'aliases', 'x y')).toBe('models/a/aliases/x%20y');
  });
});

describe('files of a model', () => {
  const path = 'azureml://datastores/workspaceblobstore/paths/models/churn/1/saved';
  it('are found below its path, which their own begins with', () => {
    expect(placeOf({ path }, 'saved/MLmodel')).toBe(`${path}/MLmodel`);
    expect(placeOf({ path }, 'saved')).toBe(path);
    expect(placeOf({ path: `${path}/` }, 'other.txt')).toBe(`${path}/other.txt`);
  });

  it('that are uploaded are in one folder, or are the model themselves', () => {
    expect(rootOf([{ path: 'm/MLmodel' }, { path: 'm/data/w.bin' }])).toBe('m');
    expect(rootOf([{ path: 'a.pkl' }])).toBe('a.pkl');
    expect(rootOf([{ path: 'a.pkl' }, { path: 'b.txt' }])).toBe('');
  });
});

describe('lineage', () => {
  it('leads from data over the job to the model; what is not known is left out', () => {
    const lineage = { job: 'sharp_fig', inputs: { rows: 'azureml:rows:2' }, parameters: {}, metrics: {} };
    const model = { name: 'churn', version: '1', lineage };
    expect(lineageOf(model as never).map(column => column.map(each => each.label))).toEqual([
      ['rows 2'],
      ['sharp_fig'],
      ['churn 1']
    ]);
    const alone = { ...model, lineage: { ...lineage, job: null, inputs: {} } };
    expect(lineageOf(alone as never)).toHaveLength(1);
    expect(shortened('azureml://datastores/raw/paths/a/b.csv')).toBe('b.csv');
  });
});
