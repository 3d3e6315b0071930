import { afterEach, describe, expect, it, vi } from 'vitest';
import { drawNever, drawSoon } from './frames';

const frame = () => new Promise(done => requestAnimationFrame(done));

describe('drawSoon', () => {
  afterEach(() => vi.restoreAllMocks());

  it('draws once what is asked for many times', async () => {
    const draw = vi.fn();
    drawSoon(draw);
    drawSoon(draw);
    await Promise.resolve();
    expect(draw).toHaveBeenCalledTimes(1);
  });

  it('leaves to the next frame what one has no time for', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const drawn: string[] = [];
    const slow = (name: string) => () => {
      now += 20;
      drawn.push(name);
    };
    const first = slow('first');
    ['first', 'second', 'third'].forEach(name => drawSoon(name === 'first' ? first : slow(name)));
    await Promise.resolve();
    expect(drawn).toEqual(['first']);
    drawSoon(first);
    await frame();
    await frame();
    expect(drawn.slice(0, 3)).toEqual(['first', 'second', 'third']);
  });

  it('forgets what is gone', async () => {
    const [gone, wanted] = [vi.fn(), vi.fn()];
    drawSoon(gone);
    drawSoon(wanted);
    drawNever(gone);
    await frame();
    expect([gone.mock.calls.length, wanted.mock.calls.length]).toEqual([0, 1]);
  });
});
