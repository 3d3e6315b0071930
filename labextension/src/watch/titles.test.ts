import { describe, expect, it } from 'vitest';
import { aJob } from '../testing/jobs';
import { titlesOf } from './titles';

const titles = (...names: string[]) => [
  ...titlesOf(names.map((name, i) => aJob(`job${i}`, { display_name: name }))).values()
];

describe('titlesOf', () => {
  it('tells jobs of the same name apart', () => {
    expect(titles('train', 'train', 'other')).toEqual(['train · job0', 'train · job1', 'other']);
  });

  it('leaves out a long beginning that all have, at a word', () => {
    expect(titles('sweep of churn lr=0.10', 'sweep of churn lr=0.15')).toEqual(['…lr=0.10', '…lr=0.15']);
    expect(titles('sweep_churn_lr_1', 'sweep_churn_lr_2')).toEqual(['…1', '…2']);
    expect(titles('small steps', 'small stones')).toEqual(['small steps', 'small stones']);
    expect(titles('a very long name that stands alone')).toEqual(['a very long name that stands alone']);
  });
});
