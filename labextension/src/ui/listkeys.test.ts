import { describe, expect, it } from 'vitest';
import { rowAfter } from './listkeys';

const after = (key: string, active: number, count = 100) => rowAfter({ key }, { active, count, page: 10.7 });

describe('the keys of a list', () => {
  it('lead to a row that is there', () => {
    expect(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map(key => after(key, 50))).toEqual([
      51, 49, 59, 41, 0, 99
    ]);
    expect([after('ArrowUp', 0), after('PageUp', 3), after('ArrowDown', 99), after('PageDown', 95)]).toEqual([
      0, 0, 99, 99
    ]);
    expect(after('ArrowDown', -1)).toBe(0);
  });

  it('lead nowhere where there is nothing, nor by another key', () => {
    expect(after('End', -1, 0)).toBe(null);
    expect(after('a', 5)).toBe(null);
    expect(after('toString', 5)).toBe(null);
  });
});
