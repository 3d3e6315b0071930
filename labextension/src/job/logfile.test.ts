import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AzmlError } from '../api/request';
import { FollowedJob } from '../jobs/followed';
import { aJob } from '../testing/jobs';
import { findIn, linesOf, LogFile } from './logfile';

interface IQuery {
  start?: number;
  end?: number;
}

/** A file on the server; parts are at most `most` long and begin with a line. */
function aServer(text: string, most = 1_000) {
  const file = { text };
  const request = vi.fn(async (_path: string, { query }: { query: IQuery }) => {
    const { text } = file;
    if (query.start !== undefined) {
      const end = Math.min(text.length, query.start + most);
      return { path: '', start: query.start, end, size: text.length, text: text.slice(query.start, end) };
    }
    const end = query.end ?? text.length;
    let start = Math.max(0, end - most);
    if (start > 0) {
      start = text.indexOf('\n', start) + 1;
    }
    return { path: '', start, end, size: text.length, text: text.slice(start, end) };
  });
  return { file, request };
}

const aLog = (request: unknown, status: 'Running' | 'Completed' = 'Running') =>
  new LogFile(new FollowedJob(aJob('a', { status })), request as never);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('LogFile', () => {
  it('goes on where it was when the job prints, and joins a line that was not whole', async () => {
    const { file, request } = aServer('one\ntw');
    const log = aLog(request);
    log.isSeen = true;
    await vi.advanceTimersByTimeAsync(0);
    expect(log.lines).toEqual(['one', 'tw']);
    file.text += 'o\nthree\n';
    log.followed.onEvents([
      { event: 'LogLines', job: 'a', at: '', cell: 1, stream: 'stdout', text: 'three\n' }
    ]);
    await vi.advanceTimersByTimeAsync(600);
    expect(log.lines).toEqual(['one', 'two', 'three']);
    expect(request.mock.calls[1][1].query).toMatchObject({ start: 6 });
    file.text += 'four\n';
    await vi.advanceTimersByTimeAsync(4_000);
    expect(log.lines).toEqual(['one', 'two', 'three', 'four']);
    log.isSeen = false;
  });

  it('reads earlier parts when asked, back to the first line', async () => {
    const text = Array.from({ length: 500 }, (_, i) => `line ${i}`).join('\n') + '\n';
    const { request } = aServer(text);
    const log = aLog(request, 'Completed');
    log.isSeen = true;
    await vi.advanceTimersByTimeAsync(0);
    expect(log.lines[log.lines.length - 1]).toBe('line 499');
    expect(log.hasEarlier).toBe(true);
    while (log.hasEarlier) {
      await log.readEarlier();
    }
    expect(log.lines).toEqual(text.trimEnd().split('\n'));
    expect(log.before).toBeGreaterThan(300);
    log.isSeen = false;
  });

  it('reads a long rest part by part', async () => {
    const { file, request } = aServer('a\n');
    const log = aLog(request);
    log.isSeen = true;
    await vi.advanceTimersByTimeAsync(0);
    file.text += 'b\n'.repeat(3_000);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(log.lines).toHaveLength(3_001);
    log.isSeen = false;
  });

  it('begins anew with a job that is tried again', async () => {
    const { file, request } = aServer('first try, quite long\n');
    const log = aLog(request);
    log.isSeen = true;
    await vi.advanceTimersByTimeAsync(0);
    file.text = 'again\n';
    await vi.advanceTimersByTimeAsync(4_000);
    expect(log.lines).toEqual(['again']);
    log.isSeen = false;
  });

  it('is empty, without an error, before there is a file', async () => {
    const request = vi.fn().mockRejectedValue(new AzmlError('FileNotInJob', 'no such file'));
    const log = aLog(request);
    log.isSeen = true;
    await vi.advanceTimersByTimeAsync(0);
    expect(log.error).toBeNull();
    expect(log.lines).toEqual([]);
    log.isSeen = false;
  });

  it('finds every place of a word, in any case', async () => {
    const log = aLog(aServer('Loss 1\nno\nloss LOSS\n').request, 'Completed');
    await log.readOn();
    expect(findIn(log.lines, 'loss')).toEqual([
      { line: 0, start: 0, end: 4 },
      { line: 2, start: 0, end: 4 },
      { line: 2, start: 5, end: 9 }
    ]);
    expect(findIn(log.lines, '')).toEqual([]);
  });
});

describe('linesOf', () => {
  it('shows what a terminal would', () => {
    expect(linesOf('\u001b[31mred\u001b[0m\n10%\r50%\r100%\nend\r\n')).toEqual(['red', '100%', 'end']);
  });
});
