import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AzmlError, Request } from '../api/request';
import { Stream } from '../api/stream';
import type { Job } from '../api/types';
import { aJob } from '../testing/jobs';
import { FakeServer } from '../testing/socket';
import { NO_FILTER } from './filter';
import { JobsModel } from './model';

const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`;
const settled = () => new Promise(resolve => setTimeout(resolve, 0));
const names = (model: JobsModel) => model.shown.map(job => job.name);

describe('JobsModel', () => {
  let jobs: Job[];
  let server: FakeServer;
  let request: ReturnType<typeof vi.fn>;
  let model: JobsModel;

  beforeEach(() => {
    jobs = [aJob('b', { created: at(2) }), aJob('a', { created: at(1), status: 'Completed' })];
    server = new FakeServer();
    request = vi.fn(
      async (path: string, options?: { method?: string; query?: { continuation?: string } }) => {
        if (path === 'jobs' && options?.method === 'POST') {
          return aJob('new', { status: 'Queued', created: at(9) });
        }
        if (path === 'jobs') {
          return options?.query?.continuation
            ? { items: [aJob('old', { created: at(0) })], continuation: null }
            : { items: jobs, continuation: 'next' };
        }
        return jobs.find(job => path.startsWith(`jobs/${job.name}`)) ?? aJob('new', { status: 'Completed' });
      }
    );
    model = new JobsModel(request as unknown as Request, new Stream(server.settings, 'en'));
  });

  it('asks for nothing while nobody looks', async () => {
    await settled();
    expect(request).not.toHaveBeenCalled();
    expect(server.sockets).toHaveLength(0);
  });

  it('lists the newest first and goes on with the continuation token', async () => {
    model.isVisible = true;
    await settled();
    expect(names(model)).toEqual(['b', 'a']);
    await model.loadMore();
    expect(names(model)).toEqual(['b', 'a', 'old']);
    expect(model.hasMore).toBe(false);
    await model.loadMore();
    expect(request).toHaveBeenCalledTimes(2);
  });

  it('merges what the stream says, and never leaves an end', async () => {
    model.isVisible = true;
    await settled();
    server.socket.tell({
      op: 'jobs',
      jobs: [
        aJob('c', { created: at(3) }),
        aJob('b', { created: at(2), status: 'Failed' }),
        aJob('a', { created: at(1) })
      ]
    });
    expect(model.shown.map(job => [job.name, job.status])).toEqual([
      ['c', 'Running'],
      ['b', 'Failed'],
      ['a', 'Completed']
    ]);
  });

  it('forgets what a refreshed first page no longer has, and keeps older pages', async () => {
    model.isVisible = true;
    await settled();
    await model.loadMore();
    jobs = [aJob('d', { created: at(4) }), aJob('a', { created: at(1), status: 'Completed' })];
    await model.refresh();
    expect(names(model)).toEqual(['d', 'a', 'old']);
  });

  it('filters what it knows at once, and asks the server when the typing pauses', async () => {
    vi.useFakeTimers();
    model.isVisible = true;
    await vi.advanceTimersByTimeAsync(1);
    model.filter = { ...NO_FILTER, text: 'B' };
    expect(names(model)).toEqual(['b']);
    jobs = [aJob('ab', { created: at(0) })];
    model.filter = { ...NO_FILTER, text: 'b', status: 'Failed', tag: 'x=1' };
    await vi.advanceTimersByTimeAsync(200);
    expect(request).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(request).toHaveBeenCalledTimes(2);
    expect(request.mock.lastCall![1].query).toMatchObject({ text: 'b', status: ['Failed'], tag: ['x=1'] });
    model.isVisible = false;
    vi.useRealTimers();
  });

  it('goes back to all jobs, and forgets what only the filter found', async () => {
    model.isVisible = true;
    await settled();
    model.filter = { ...NO_FILTER, text: 'zzz' };
    expect(names(model)).toEqual([]);
    model.filter = NO_FILTER;
    expect(names(model)).toEqual(['b', 'a']);
  });

  it('changes many at once before the server has answered, and takes back those that are refused', async () => {
    model.isVisible = true;
    await settled();
    model.marks.all(['a', 'b']);
    let release: (told: object) => void = () => undefined;
    request.mockImplementationOnce(() => new Promise(resolve => (release = resolve)));
    const done = model.change(['a', 'b'], 'archive');
    expect(names(model)).toEqual([]);
    jobs = jobs.slice(0, 1);
    release({
      change: 'archive',
      done: ['a'],
      failed: [{ name: 'b', code: 'Conflict', message: 'it runs' }]
    });
    expect((await done).failed).toHaveLength(1);
    expect(names(model)).toEqual(['b']);
    expect([...model.marks.names]).toEqual([]);
  });

  it('shows a cancel at once, and the old status when it fails', async () => {
    model.isVisible = true;
    await settled();
    request.mockImplementationOnce(async () => Promise.reject(new AzmlError('Offline', 'away')));
    const done = model.change(['b'], 'cancel');
    expect(model.shown[0].status).toBe('CancelRequested');
    await expect(done).rejects.toThrow('away');
    expect(model.shown[0].status).toBe('Running');
  });

  it('forgets everything of a workspace that is left', async () => {
    model.isVisible = true;
    await settled();
    await model.select('b');
    jobs = [];
    model.forget();
    await settled();
    expect([names(model), model.selected]).toEqual([[], null]);
    expect(server.said('unsubscribe')).toEqual([{ op: 'unsubscribe', jobs: ['b'] }]);
  });

  it('leaves the list when hidden with nothing running', async () => {
    jobs = [aJob('a', { status: 'Completed' })];
    model.isVisible = true;
    await settled();
    model.isVisible = false;
    expect(server.said('list')).toEqual([
      { op: 'list', on: true },
      { op: 'list', on: false }
    ]);
  });

  it('follows the selected job only while visible', async () => {
    model.isVisible = true;
    await settled();
    await model.select('b');
    model.isVisible = false;
    expect(server.said('unsubscribe')).toEqual([{ op: 'unsubscribe', jobs: ['b'] }]);
    model.isVisible = true;
    expect(server.said('subscribe').filter(each => 'b' in (each.jobs as object))).toHaveLength(2);
  });

  it('shows events of the followed job, with metrics that are not numbers', async () => {
    model.isVisible = true;
    await settled();
    await model.select('b');
    const point = { key: 'loss', step: 1, timestamp: 0 };
    server.events.push(
      {
        event: 'CellChanged',
        job: 'b',
        at: at(2),
        cell: 2,
        cells: 5,
        state: 'running',
        title: 'fit()',
        seconds: null
      },
      {
        event: 'MetricPoints',
        job: 'b',
        points: [
          { ...point, value: 'NaN' as never },
          { ...point, step: 2, value: 0.5 }
        ]
      }
    );
    server.socket.push();
    expect(model.selected!.progress).toEqual({ cell: 2, cells: 5 });
    expect(model.selected!.series.get('loss')!.values).toEqual([NaN, 0.5]);
    expect(model.shown[0].progress).toEqual({ cell: 2, cells: 5 });
  });

  it('forgets a job that left the list elsewhere', async () => {
    model.isVisible = true;
    await settled();
    server.socket.tell({ op: 'jobs', jobs: [], gone: ['b', 'never heard of'] });
    expect(names(model)).toEqual(['a']);
  });

  it('watches a submitted job to its end though hidden, and says so once', async () => {
    const ended: string[] = [];
    model.ended.connect((_, job) => void ended.push(`${job.name} ${job.status}`));
    const job = await model.submit({ path: 'x.ipynb' });
    await settled();
    expect(job.name).toBe('new');
    server.events.push({ event: 'StatusChanged', job: 'new', status: 'Completed', reason: null });
    server.socket.push();
    await settled();
    expect(ended).toEqual(['new Completed']);
    expect(server.said('unsubscribe')).toEqual([{ op: 'unsubscribe', jobs: ['new'] }]);
    expect(request).toHaveBeenLastCalledWith('jobs/new');
  });

  it('shows why the list cannot be read, but not as a fault when only the server is away', async () => {
    request.mockRejectedValueOnce(new AzmlError('NotAttached', 'm', 'h'));
    await model.refresh();
    expect(model.error).toMatchObject({ code: 'NotAttached' });
    request.mockRejectedValueOnce(new AzmlError('Offline', 'm'));
    await model.refresh();
    expect(model.error).toBeNull();
    expect(model.isOffline).toBe(true);
  });
});
