import { describe, expect, it } from 'vitest';
import { aJob } from '../testing/jobs';
import { FollowedJob } from './followed';

const points = (values: number[], is_whole = false) => ({
  event: 'MetricPoints' as const,
  job: 'a',
  is_whole,
  points: values.map((value, step) => ({ key: 'loss', value, step, timestamp: step }))
});

describe('FollowedJob', () => {
  it('forgets what a whole course stands for', () => {
    const followed = new FollowedJob(aJob('a'));
    followed.onEvents([points([1, 2, 3])]);
    followed.onEvents([points([7, 8], true), points([9])]);
    expect(followed.series.get('loss')!.values).toEqual([7, 8, 9]);
  });
});
