import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FollowedJob } from '../jobs/followed';
import { aJob } from '../testing/jobs';
import { FakeServer } from '../testing/socket';
import { backoff } from './backoff';
import { type Saver, Stream } from './stream';

const connected = () => vi.advanceTimersByTimeAsync(30_000);

describe('Stream', () => {
  let server: FakeServer;
  let stream: Stream;
  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    stream = new Stream(server.settings, 'fr-FR');
  });
  afterEach(() => {
    stream.dispose();
    vi.useRealTimers();
  });

  it('opens no socket until something is asked of it', async () => {
    await connected();
    expect(server.sockets).toHaveLength(0);
  });

  it('says its language first', async () => {
    stream.list(() => undefined);
    await connected();
    expect(server.socket.heard[0]).toMatchObject({ language: 'fr-FR' });
    expect(server.said('list')).toEqual([{ op: 'list', on: true }]);
  });

  it('resumes after a break without gap or duplicate', async () => {
    const followed = new FollowedJob(aJob('a'));
    stream.follow(followed);
    await connected();
    server.log('a', '1\n');
    server.log('a', '2\n');
    server.socket.drop();
    expect(stream.isConnected).toBe(false);
    server.log('a', 'written while the page was away\n');
    await connected();
    expect(stream.isConnected).toBe(true);
    server.log('a', '3\n');
    expect(followed.log.text).toBe('1\n2\nwritten while the page was away\n3');
    expect(server.sockets).toHaveLength(2);
  });

  it('loses and repeats nothing on a socket that drops every two seconds, and does not complain of it', async () => {
    const followed = new FollowedJob(aJob('a'));
    stream.follow(followed);
    const complaints: boolean[] = [];
    stream.connectionChanged.connect(() => complaints.push(stream.isBroken));
    const written: string[] = [];
    for (let second = 0; second < 120; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      written.push(`line ${second}`);
      server.log('a', `line ${second}\n`);
      if (second % 2) {
        server.socket.drop();
      }
    }
    await connected();
    expect(followed.log.text).toBe(written.join('\n'));
    expect(complaints).not.toContain(true);
    expect(server.sockets.length).toBeGreaterThan(50);
    expect(server.sockets.length).toBeLessThan(70);
  });

  it('knocks less and less at a door that opens and closes at once, and says so', async () => {
    stream.list(() => undefined);
    for (let second = 0; second < 120; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      if (stream.isConnected) {
        server.socket.drop();
      }
    }
    expect(server.sockets.length).toBeLessThan(20);
    expect(stream.isBroken).toBe(true);
  });

  it('reads again what came cut, or what it cannot take', async () => {
    const followed = new FollowedJob(aJob('a'));
    stream.follow(followed);
    await connected();
    server.log('a', '1\n');
    server.socket.onmessage!({ data: '{"op": "events", "job": "a", "cursor": "2", "eve' });
    server.events.push({ ...server.events[0], text: '2\n' } as never);
    await connected();
    expect(followed.log.text).toBe('1\n2');
    server.socket.onmessage!({ data: '[null, 7, {"op": 5}, {"op": "news of tomorrow", "job": "a"}]' });
    server.socket.tell({ op: 'events', job: 'a', cursor: '3', events: null });
    expect(followed.error).toMatchObject({ hint: 'Reload the page and try again.' });
    server.log('a', '3\n');
    expect(followed.log.text).toBe('1\n2\n3');
  });

  it('tells who left the list', async () => {
    const listener = vi.fn();
    stream.list(listener);
    await connected();
    server.socket.tell({ op: 'jobs', jobs: [], gone: ['a'] });
    expect(listener).toHaveBeenCalledWith([], ['a']);
  });

  it('does not listen to a socket that it gave up', async () => {
    const followed = new FollowedJob(aJob('a'));
    stream.follow(followed);
    await connected();
    const old = server.socket;
    old.drop();
    await connected();
    old.tell({ op: 'events', job: 'a', cursor: '9', events: [] });
    expect(followed.cursor).toBe('');
  });

  it('leaves out what starts elsewhere than where the follower is', async () => {
    const followed = new FollowedJob(aJob('a'));
    stream.follow(followed);
    await connected();
    server.socket.tell({ op: 'events', job: 'a', since: '', cursor: '1', events: [] });
    server.socket.tell({ op: 'events', job: 'a', since: '', cursor: '2', events: [] });
    expect(followed.cursor).toBe('1');
  });

  it('comes back where it left when it unsubscribes and subscribes again', async () => {
    const followed = new FollowedJob(aJob('a'));
    const subscription = stream.follow(followed);
    await connected();
    server.log('a', '1\n');
    subscription.dispose();
    server.log('a', '2\n');
    expect(followed.log.text).toBe('1');
    stream.follow(followed);
    expect(server.said('subscribe').pop()).toEqual({ op: 'subscribe', jobs: { a: '1' } });
    expect(followed.log.text).toBe('1\n2');
  });

  it('keeps trying while the server is away, and hurries when the network is back', async () => {
    server.isUp = false;
    stream.list(() => undefined);
    await vi.advanceTimersByTimeAsync(120_000);
    const tries = server.sockets.length;
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(25);
    server.isUp = true;
    window.dispatchEvent(new window.Event('online'));
    await vi.advanceTimersByTimeAsync(1);
    expect(stream.isConnected).toBe(true);
  });

  it('hands an error to the follower it concerns', async () => {
    const followed = new FollowedJob(aJob('a'));
    stream.follow(followed);
    await connected();
    server.socket.tell({ op: 'error', job: 'a', error: { code: 'JobDamaged', message: 'm', hint: 'h' } });
    expect(followed.error).toMatchObject({ code: 'JobDamaged', message: 'm', hint: 'h' });
  });

  it('takes several messages that come as one', async () => {
    const followed = new FollowedJob(aJob('a'));
    stream.follow(followed);
    await connected();
    const message = { op: 'events', job: 'a', events: [] };
    server.socket.tell([
      { ...message, cursor: '1' },
      { ...message, cursor: '2' }
    ]);
    expect(followed.cursor).toBe('2');
  });

  it('answers the server that asks to save a notebook', async () => {
    const saver = vi.fn<Saver>(async () => 'saved');
    const answering = stream.answerSaves(saver);
    await connected();
    server.socket.tell({ op: 'save', id: 7, path: 'a.ipynb' });
    await connected();
    expect(saver).toHaveBeenCalledWith('a.ipynb');
    expect(server.said('saved')).toEqual([{ op: 'saved', id: 7, result: 'saved' }]);

    answering.dispose();
    server.socket.tell({ op: 'save', id: 8, path: 'a.ipynb' });
    await connected();
    expect(server.said('saved')).toContainEqual({ op: 'saved', id: 8, result: 'absent' });
  });
});

describe('backoff', () => {
  it('doubles up to a limit, spread over the upper half', () => {
    expect([1, 2, 3, 20].map(n => backoff(n, () => 1))).toEqual([500, 1000, 2000, 20_000]);
    expect(backoff(3, () => 0)).toBe(1000);
  });
});
