import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NotebookCell } from '../api/types';
import { FollowedJob } from '../jobs/followed';
import { aJob } from '../testing/jobs';
import { CellsModel, firstOpen } from './cells';
import { stateOf } from './cellsview';
import { fenced } from './rendered';

const aCell = (index: number, changes: Partial<NotebookCell> = {}): NotebookCell => ({
  index,
  number: index + 1,
  kind: 'code',
  source: `cell ${index}`,
  execution_count: index + 1,
  is_done: true,
  outputs: [],
  is_cut: false,
  ...changes
});

const asked = (request: ReturnType<typeof vi.fn>) =>
  request.mock.calls.map(([, options]) => options.query.first);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('firstOpen', () => {
  it('is the running cell, or one before it whose end was not saved yet', () => {
    const cells = [aCell(0), aCell(1), aCell(2), aCell(3, { is_done: false })];
    expect(firstOpen(cells, 3)).toBe(2);
    expect(firstOpen([aCell(0), aCell(1, { is_done: false }), aCell(2)], 3)).toBe(1);
    expect(firstOpen([], 0)).toBe(0);
  });
});

describe('CellsModel', () => {
  it('reads again only what may have changed, and all of it at the end', async () => {
    const followed = new FollowedJob(aJob('a', { progress: { cell: 2, cells: 3 } }));
    const all = [aCell(0), aCell(1, { is_done: false }), aCell(2, { is_done: false })];
    const request = vi.fn(async (_path: string, { query }: { query: { first: number } }) => ({
      count: 3,
      first: query.first,
      language: 'python',
      cells: all.slice(query.first)
    }));
    const model = new CellsModel(followed, request as never);
    model.isSeen = true;
    await vi.advanceTimersByTimeAsync(0);
    expect(model.cells).toHaveLength(3);
    followed.onEvents([
      {
        event: 'CellChanged',
        job: 'a',
        at: '',
        cell: 3,
        cells: 3,
        state: 'running',
        title: '',
        seconds: null
      }
    ]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(asked(request)).toEqual([0, 1]);
    followed.onEvents([{ event: 'StatusChanged', job: 'a', status: 'Completed', reason: null }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked(request)).toEqual([0, 1, 0]);
    model.isSeen = false;
  });

  it('asks for nothing while nobody looks', async () => {
    const followed = new FollowedJob(aJob('a'));
    const request = vi.fn(async () => ({ count: 0, first: 0, language: 'python', cells: [] }));
    const model = new CellsModel(followed, request as never);
    model.isSeen = true;
    await vi.advanceTimersByTimeAsync(0);
    model.isSeen = false;
    request.mockClear();
    followed.onEvents([{ event: 'LogLines', job: 'a', at: '', cell: 1, stream: 'stdout', text: 'x\n' }]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(request).not.toHaveBeenCalled();
  });

  it('says why it could not be read, and goes on when it can', async () => {
    const followed = new FollowedJob(aJob('a', { status: 'Completed' }));
    const request = vi
      .fn()
      .mockRejectedValueOnce(new Error('cut'))
      .mockResolvedValue({ count: 0, first: 0, language: 'r', cells: [] });
    const model = new CellsModel(followed, request as never);
    model.isSeen = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(model.error?.message).toContain('cut');
    await model.read(true);
    expect(model.error).toBeNull();
    model.isSeen = false;
  });
});

describe('stateOf', () => {
  const told = (state: 'running' | 'failed') =>
    ({ event: 'CellChanged', job: 'a', at: '', cell: 1, cells: 1, state, title: '', seconds: null }) as const;

  it('blames no cell of a canceled job', () => {
    expect(stateOf(told('failed'), aJob('a', { status: 'Failed' }))).toBe('failed');
    expect(stateOf(told('failed'), aJob('a', { status: 'Canceled' }))).toBe('stopped');
    expect(stateOf(told('running'), aJob('a', { status: 'Failed' }))).toBe('stopped');
    expect(stateOf(told('running'), aJob('a'))).toBe('running');
    expect(stateOf(undefined, aJob('a'))).toBe('waiting');
  });
});

describe('fenced', () => {
  it('has a fence that the code cannot end', () => {
    expect(fenced('a = 1', 'python')).toBe('```python\na = 1\n```');
    expect(fenced('"""\n````\n"""', 'python')).toMatch(/^`{5}python\n[^]*\n`{5}$/);
  });
});
