import { describe, expect, it } from 'vitest';
import { allTo, areSame, evenly, moved, none, sum } from './traffic';

describe('the sliders of the traffic', () => {
  it('give and take from the others in their proportions', () => {
    expect(moved({ blue: 60, green: 30, red: 10 }, 'blue', 80)).toEqual({ blue: 80, green: 15, red: 5 });
    expect(moved({ blue: 100, green: 0 }, 'green', 10)).toEqual({ blue: 90, green: 10 });
  });

  it('always sum to 100, in whole per cents, wherever they are dragged', () => {
    let shares: Record<string, number> = { a: 34, b: 33, c: 33 };
    for (let turn = 0; turn < 2_000; turn++) {
      const name = 'abc'[turn % 3];
      shares = { ...moved(shares, name, (turn * 37) % 131) };
      expect(sum(shares)).toBe(100);
      expect(Object.values(shares).every(share => Number.isInteger(share) && share >= 0)).toBe(true);
    }
  });

  it('leave alone who is held, and go no further than that allows', () => {
    const held = new Set(['blue']);
    expect(moved({ blue: 70, green: 20, red: 10 }, 'green', 100, held)).toEqual({
      blue: 70,
      green: 30,
      red: 0
    });
    expect(moved({ blue: 70, green: 30 }, 'green', 5, held)).toEqual({ blue: 70, green: 30 });
  });

  it('the only one there is has all of it; from nothing, who is moved first takes everything', () => {
    expect(moved({ blue: 100 }, 'blue', 20)).toEqual({ blue: 100 });
    expect(moved({ blue: 0, green: 0 }, 'green', 1)).toEqual({ blue: 0, green: 100 });
    expect(moved({ blue: 0, green: 0 }, 'green', 0)).toEqual({ blue: 0, green: 0 });
  });

  it('are split evenly, given to one, or taken from all', () => {
    expect(evenly({ a: 100, b: 0, c: 0 })).toEqual({ a: 34, b: 33, c: 33 });
    expect(allTo({ a: 50, b: 50 }, 'b')).toEqual({ a: 0, b: 100 });
    expect(none({ a: 50, b: 50 })).toEqual({ a: 0, b: 0 });
  });

  it('are the same when everyone gets the same, named or not', () => {
    expect(areSame({ a: 100, b: 0 }, { a: 100 })).toBe(true);
    expect(areSame({ a: 100 }, { a: 90, b: 10 })).toBe(false);
  });
});
