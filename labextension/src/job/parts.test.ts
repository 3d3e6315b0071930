import { describe, expect, it, vi } from 'vitest';
import { nullTranslator } from '@jupyterlab/translation';
import type { LineageNode } from '../api/types';
import { FollowedJob } from '../jobs/followed';
import { aJob } from '../testing/jobs';
import { Asked } from './asked';
import { readDiff } from './diff';
import { factsOf, valueText } from './facts';
import { addressOf, FilesModel } from './files';
import { draw, NODE } from './layout';
import { summariesOf } from './summaries';

const trans = nullTranslator.load('jupyter_azml');

const aNode = (id: string, column: number): LineageNode => ({
  id,
  kind: 'job',
  title: id,
  detail: '',
  uri: id,
  status: '',
  column
});

describe('readDiff', () => {
  it('numbers the lines of both sides', () => {
    const lines = readDiff('@@ -3,2 +3,3 @@\n same\n-old\n+new\n+more');
    expect(lines.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['place', null, null],
      ['same', 3, 3],
      ['removed', 4, null],
      ['added', null, 4],
      ['added', null, 5]
    ]);
  });

  it('reads what nbdime tells, where lines have no numbers', () => {
    const lines = readDiff('## modified /cells/1/source:\n-  a = 1\n+  a = 2');
    expect(lines.map(({ kind, text }) => [kind, text])).toEqual([
      ['note', 'modified /cells/1/source:'],
      ['removed', '  a = 1'],
      ['added', '  a = 2']
    ]);
    expect(readDiff('')).toEqual([]);
  });
});

describe('draw', () => {
  it('puts what came before to the left, and lines between what is there', () => {
    const drawing = draw({
      nodes: [aNode('here', 0), aNode('data', -1), aNode('model', 1), aNode('other', 1)],
      links: [
        { source: 'data', target: 'here', label: 'rows' },
        { source: 'here', target: 'model', label: '' },
        { source: 'here', target: 'gone', label: '' }
      ]
    });
    const x = Object.fromEntries(drawing.nodes.map(({ node, x }) => [node.id, x]));
    expect(x.data < x.here && x.here < x.model && x.model === x.other).toBe(true);
    expect(drawing.lines.map(({ from, to }) => [from.node.id, to.node.id])).toEqual([
      ['data', 'here'],
      ['here', 'model']
    ]);
    const [, , model, other] = drawing.nodes;
    expect(Math.abs(model.y - other.y)).toBeGreaterThanOrEqual(NODE.height);
  });

  it('draws a job that stands alone', () => {
    expect(draw({ nodes: [aNode('here', 0)], links: [] }).nodes).toHaveLength(1);
  });
});

describe('Asked', () => {
  it('keeps what it knows when a later answer fails, and heeds the last one asked', async () => {
    const answers = [Promise.resolve(1), Promise.reject(new Error('cut'))];
    const asked = new Asked(() => answers.shift()!);
    await asked.load();
    await asked.load();
    expect([asked.value, asked.error?.message]).toEqual([1, expect.stringContaining('cut')]);

    const slow: ((value: number) => void)[] = [];
    const racing = new Asked(() => new Promise<number>(resolve => slow.push(resolve)));
    const both = [racing.load(), racing.load()];
    slow[1](2);
    slow[0](1);
    await Promise.all(both);
    expect(racing.value).toBe(2);
  });
});

describe('FilesModel', () => {
  const job = aJob('a', {
    outputs: {
      default: { type: 'uri_folder', path: 'outputs', uri: '/x/outputs' },
      scores: { type: 'uri_folder', path: '', uri: 'azureml://datastores/blob/paths/azureml/a/scores/' }
    }
  });

  it('has named outputs beside what the job kept, wherever they are', async () => {
    const request = vi.fn(async () => ({
      items: [{ path: 'azureml/a/scores/s.csv', is_folder: false, size: 3 }],
      continuation: null
    }));
    const model = new FilesModel(request as never, () => job, { outputs: 'O', artifacts: 'A', logs: 'L' });
    expect(model.roots.map(node => node.label)).toEqual(['O', 'A', 'scores', 'L']);
    await model.loadMore(model.roots[2]);
    expect(request).toHaveBeenCalledWith('datastores/blob/files', {
      query: { limit: 100, continuation: null, path: 'azureml/a/scores' }
    });
    expect(model.branches.get('o:scores')!.nodes[0]).toMatchObject({
      label: 's.csv',
      isTable: true,
      place: null
    });
  });

  it('spells places as Azure ML does', () => {
    expect(addressOf('a', 'outputs/x.csv')).toBe('azureml://jobs/a/outputs/artifacts/paths/outputs/x.csv');
    expect(addressOf('a', 'artifacts/model/MLmodel')).toBe(
      'azureml://jobs/a/outputs/artifacts/paths/model/MLmodel'
    );
  });
});

describe('summariesOf', () => {
  it('tells what events told, once they are further than the record', () => {
    const followed = new FollowedJob(
      aJob('a', { metrics: [{ key: 'loss', last: 5, min: 5, max: 5, count: 1, step: 0 }] })
    );
    const points = [3, NaN, 1].map((value, step) => ({ key: 'loss', value, step, timestamp: 0 }));
    followed.onEvents([{ event: 'MetricPoints', job: 'a', points, is_whole: true }]);
    expect(summariesOf(followed)).toEqual([{ key: 'loss', last: 1, min: 1, max: 3, count: 3, step: 2 }]);
  });
});

describe('factsOf', () => {
  it('leaves out what is not known', () => {
    const facts = factsOf(aJob('a', { owner: '', attempt: 1 }), 0, trans, 'en').map(fact => fact.label);
    expect(facts).toContain('Experiment');
    expect(facts).not.toContain('Owner');
    expect(facts).not.toContain('Attempt');
  });

  it('shows values as they would be typed', () => {
    expect([valueText('a'), valueText([1]), valueText({ $float: 'nan' })]).toEqual(['a', '[1]', 'nan']);
  });
});
