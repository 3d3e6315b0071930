import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Poll } from './poll';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const hide = (isHidden: boolean) => {
  Object.defineProperty(document, 'visibilityState', {
    value: isHidden ? 'hidden' : 'visible',
    configurable: true
  });
  document.dispatchEvent(new Event('visibilitychange'));
};

describe('looking again and again', () => {
  it('asks for nothing while nobody looks, in a hidden panel or in a hidden page', async () => {
    const look = vi.fn(async () => 1_000);
    const poll = new Poll(look);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(look).toHaveBeenCalledTimes(0);
    poll.isOn = true;
    await vi.advanceTimersByTimeAsync(2_500);
    expect(look).toHaveBeenCalledTimes(3);
    hide(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(look).toHaveBeenCalledTimes(3);
    hide(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(look).toHaveBeenCalledTimes(4);
    poll.isOn = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(look).toHaveBeenCalledTimes(4);
  });

  it('goes on after a failure, not at once', async () => {
    const look = vi.fn(async () => Promise.reject(new Error('500')));
    const poll = new Poll(look);
    poll.isOn = true;
    await vi.advanceTimersByTimeAsync(4_000);
    expect(look).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(look).toHaveBeenCalledTimes(2);
    poll.isOn = false;
  });

  it('has one chain, however often somebody asks at once', async () => {
    const look = vi.fn(async () => 1_000);
    const poll = new Poll(look);
    poll.isOn = true;
    poll.now();
    poll.now();
    await vi.advanceTimersByTimeAsync(0);
    look.mockClear();
    await vi.advanceTimersByTimeAsync(3_050);
    expect(look).toHaveBeenCalledTimes(3);
    poll.isOn = false;
  });
});
