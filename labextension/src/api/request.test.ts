import { ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AzmlError, jobPath, requestThrough } from './request';

const words = { trans: nullTranslator.load('jupyter_azml'), locale: 'fr-FR' };

function answering(answer: (request: globalThis.Request) => Response | Promise<Response>) {
  const fetch = vi.fn(async (request: globalThis.Request) => answer(request));
  const settings = ServerConnection.makeSettings({ baseUrl: 'http://x/base/', fetch: fetch as never });
  return { fetch, request: requestThrough(settings, words) };
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

/** A server that has taken the question and says nothing. */
const silent = (request: globalThis.Request) =>
  new Promise<Response>((_, reject) =>
    request.signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
  );

describe('request', () => {
  afterEach(() => vi.useRealTimers());

  it('asks below azml/api, in the user’s language', async () => {
    const { fetch, request } = answering(() => json({ items: [] }));
    const query = { limit: 5, continuation: null, job: ['a b', 'c&d'], archived: false };
    expect(await request('jobs', { query })).toEqual({ items: [] });
    const [asked] = fetch.mock.calls[0];
    expect(asked.url).toContain('http://x/base/azml/api/jobs?limit=5&job=a+b&job=c%26d&archived=false');
    expect(asked.url).not.toContain('continuation');
    expect(asked.headers.get('Accept-Language')).toBe('fr-FR');
  });

  it('throws what the server says', async () => {
    const { request } = answering(() =>
      json({ code: 'NotFound', message: 'No such job', hint: 'List them' }, 404)
    );
    await expect(request('jobs/a')).rejects.toMatchObject({
      code: 'NotFound',
      message: 'No such job',
      hint: 'List them'
    });
  });

  it.each([
    ['<h1>Bad gateway</h1>', 502, { code: 'Http502', message: '502 Bad Gateway' }],
    ['{"message": "Forbidden", "reason": null}', 403, { code: 'Http403', message: 'Forbidden' }],
    ['{"message": {"not": "a text"}}', 500, { code: 'Http500', message: '500 Bad Gateway' }],
    ['null', 500, { code: 'Http500' }],
    ['{"code": "NotFo', 404, { code: 'Http404' }],
    ['', 418, { code: 'Http418' }]
  ])('makes do with %s as the body of a %s, and says what to do', async (body, status, error) => {
    const { request } = answering(() => new Response(body, { status, statusText: 'Bad Gateway' }));
    await expect(request('jobs')).rejects.toMatchObject({ ...error, hint: expect.stringMatching(/\w/) });
  });

  it.each(['<html>Sign in</html>', '{"items": [{"name": "a'])(
    'does not take %s for an answer',
    async body => {
      const { request } = answering(() => new Response(body));
      await expect(request('jobs')).rejects.toMatchObject({
        code: 'BadAnswer',
        hint: expect.stringMatching(/\w/)
      });
    }
  );

  it('says when the server is not reached, or leaves in the middle of its answer', async () => {
    const away = answering(() => Promise.reject(new TypeError('Failed to fetch')));
    const error = await away.request('jobs').catch((reason: AzmlError) => reason);
    expect(error).toBeInstanceOf(AzmlError);
    expect(error).toMatchObject({ isOffline: true, message: 'The server cannot be reached.' });

    const body = new ReadableStream({ start: control => control.error(new TypeError('network error')) });
    const cut = answering(() => new Response(body));
    await expect(cut.request('jobs')).rejects.toMatchObject({ isOffline: true });
  });

  it('does not wait for ever for an answer, but for what it changes', async () => {
    vi.useFakeTimers();
    const { fetch, request } = answering(silent);
    const asked = request('jobs', { patience: 5 });
    const changed = request('jobs', { method: 'POST', body: {} });
    const told = expect(asked).rejects.toMatchObject({ code: 'Late', isOffline: false });
    await vi.advanceTimersByTimeAsync(3_600_000);
    await told;
    expect(fetch.mock.calls.map(([one]) => one.signal.aborted)).toEqual([true, false]);
    void changed;
  });

  it('gives up when whoever asked does', async () => {
    const control = new AbortController();
    const { request } = answering(silent);
    const asked = request('jobs', { signal: control.signal });
    control.abort();
    await expect(asked).rejects.toMatchObject({ isAborted: true });
  });

  it('keeps a job’s name in its segment', () => {
    expect(jobPath('a/../b?c', 'cancel')).toBe('jobs/a%2F..%2Fb%3Fc/cancel');
  });
});

describe('AzmlError', () => {
  it('makes of anything that was thrown something that can be read and acted on', () => {
    const error = AzmlError.of(new TypeError('x is not iterable'));
    expect(error.message).toContain('x is not iterable');
    expect(error.hint).toBe('Reload the page and try again.');
    expect(AzmlError.of(error)).toBe(error);
  });
});
