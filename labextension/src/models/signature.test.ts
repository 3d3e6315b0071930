import { describe, expect, it } from 'vitest';
import type { Model } from '../api/types';
import { columnsOf, exampleFrom, exampleOf } from './signature';

const model = (signature: object): Model => ({ signature }) as Model;

describe('what a model takes', () => {
  it('is read from MLflow’s signature, as a list or as text', () => {
    const inputs = [
      { name: 'age', type: 'long', required: true },
      { type: 'string', required: false }
    ];
    const found = [
      { name: 'age', type: 'long', isRequired: true, shape: null },
      { name: '1', type: 'string', isRequired: false, shape: null }
    ];
    expect(columnsOf(model({ inputs }), 'inputs')).toEqual(found);
    expect(columnsOf(model({ inputs: JSON.stringify(inputs) }), 'inputs')).toEqual(found);
  });

  it.each([{}, { inputs: 'no json' }, { inputs: null }, { inputs: { a: 1 } }, { inputs: [null, 3, 'x'] }])(
    'is nothing where nobody can read it: %j',
    signature => {
      expect(columnsOf(model(signature), 'inputs')).toEqual([]);
      expect(exampleOf(model(signature))).toBe(null);
    }
  );

  it('makes an example, a row on one line', () => {
    const inputs = [
      { name: 'age', type: 'long' },
      { name: 'income', type: 'double' },
      { name: 'member', type: 'boolean' },
      { name: 'city "A"', type: 'string' }
    ];
    const example = exampleOf(model({ inputs }))!;
    expect(JSON.parse(example)).toEqual({
      input_data: { columns: ['age', 'income', 'member', 'city "A"'], data: [[0, 0, false, 'text']] }
    });
  });

  it('makes a tensor of its shape, and none without bounds', () => {
    const inputs = [{ type: 'tensor', 'tensor-spec': { dtype: 'float64', shape: [-1, 3] } }];
    expect(JSON.parse(exampleOf(model({ inputs }))!)).toEqual({ input_data: [[0, 0, 0]] });
    const huge = [{ type: 'tensor', 'tensor-spec': { dtype: 'uint8', shape: [-1, 1_000_000] } }];
    expect(exampleOf(model({ inputs: huge }))!.length).toBeLessThan(1_000);
  });

  it.each([
    [
      '{"dataframe_split": {"columns": ["a"], "data": [[1]]}}',
      { input_data: { columns: ['a'], data: [[1]] } }
    ],
    ['{"columns": ["a"], "data": [[1]], "index": [0]}', { input_data: { columns: ['a'], data: [[1]] } }],
    ['{"inputs": [[1, 2]]}', { input_data: [[1, 2]] }],
    ['[[1, 2]]', { input_data: [[1, 2]] }],
    ['{"input_data": [1]}', { input_data: [1] }],
    ['{"a": 1}', { input_data: { a: 1 } }]
  ])('takes an example that was kept: %s', (text, expected) => {
    expect(JSON.parse(exampleFrom(text)!)).toEqual(expected);
  });

  it('takes no example that is none', () => {
    expect(exampleFrom('a,b\n1,2')).toBe(null);
    expect(exampleFrom('3')).toBe(null);
  });
});
