import { describe, expect, it } from 'vitest';
import type { OnlineDeployment } from '../api/types';
import { healthOf, silenceOf } from './health';

const one = (name: string, state: OnlineDeployment['state'], is_answering = state === 'Succeeded') =>
  ({ name, state, is_answering }) as OnlineDeployment;
const blue = one('blue', 'Succeeded');
const failed = one('green', 'Failed');
const coming = one('red', 'Creating');

describe('whether an endpoint answers', () => {
  it('follows from its deployments', () => {
    expect(healthOf([])).toEqual({ kind: 'empty' });
    expect(healthOf([failed])).toEqual({ kind: 'failed', deployment: failed });
    expect(healthOf([failed, coming])).toEqual({ kind: 'coming', deployment: coming });
    expect(healthOf([failed, coming, blue])).toEqual({ kind: 'answers' });
    expect(healthOf([one('blue', 'Failed', true)])).toEqual({ kind: 'answers' });
    expect(healthOf([one('blue', 'Deleting', false)])).toEqual({ kind: 'empty' });
  });

  it('is told of the one that is asked', () => {
    expect(silenceOf([blue, failed], { blue: 100 }, '')).toBe(null);
    expect(silenceOf([blue, failed], { blue: 100 }, 'green')?.kind).toBe('failed');
    expect(silenceOf([blue, failed], { green: 100 }, '')?.kind).toBe('failed');
    expect(silenceOf([blue], {}, '')?.kind).toBe('no traffic');
    expect(silenceOf([failed], {}, '')?.kind).toBe('failed');
    expect(silenceOf([], {}, '')?.kind).toBe('empty');
  });
});
