import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import { commandOf, computeOf, faultIn } from './form';

const words = { trans: nullTranslator.load('x'), locale: 'en' };
const known = { computes: [{ name: 'Box' }] as never };
const asked = {
  type: 'amlcompute' as const,
  name: 'cpu',
  size: 'Standard_DS3_v2',
  least: 0,
  most: 4,
  seconds: 120,
  minutes: null,
  isCheap: false
};

describe('the form of a compute', () => {
  it('takes what Azure would', () => {
    expect(faultIn(asked, known, words)).toBeNull();
    expect(faultIn({ ...asked, name: 'a-1-b' }, known, words)).toBeNull();
  });

  it.each([
    { name: 'ab' },
    { name: '1abc' },
    { name: 'a--b' },
    { name: 'a-' },
    { name: '<b>x</b>' },
    { name: 'é'.repeat(5) },
    { name: 'a'.repeat(33) },
    { name: 'BOX' },
    { least: 5 },
    { most: null },
    { most: 1.5 },
    { seconds: -1 }
  ])('says what cannot be: %o', change => {
    expect(faultIn({ ...asked, ...change }, known, words)).toBeTruthy();
  });

  it('asks for an instance without what a cluster has', () => {
    const instance = { ...asked, type: 'computeinstance' as const, most: null, minutes: 30 };
    expect(faultIn(instance, known, words)).toBeNull();
    expect(computeOf(instance)).toEqual({
      type: 'computeinstance',
      name: 'cpu',
      size: 'Standard_DS3_v2',
      idle_minutes_before_shutdown: 30
    });
  });

  it('says the same as a command', () => {
    expect(commandOf({ ...asked, isCheap: true })).toBe(
      '%azml compute create cpu -t amlcompute --size Standard_DS3_v2 --min-instances 0 --max-instances 4 ' +
        '--idle-time-before-scale-down 120 --tier low_priority'
    );
  });
});
