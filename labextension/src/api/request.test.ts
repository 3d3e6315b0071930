import { ServerConnection } from '@jupyterlab/services';
import { describe, expect, it, vi } from 'vitest';
import { AzmlError, jobPath, requestThrough } from './request';

function answering(answer: () => Response | Promise<Response>) {
  const fetch = vi.fn(async () => answer());
  const settings = ServerConnection.makeSettings({ baseUrl: 'http://x/base/', fetch: fetch as never });
  return { fetch, request: requestThrough(settings, 'fr_FR', 'Away') };
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

describe('request', () => {
  it('asks below azml/api, in the user’s language', async () => {
    const { fetch, request } = answering(() => json({ items: [] }));
    expect(await request('jobs', { query: { limit: 5, continuation: null } })).toEqual({ items: [] });
    const asked = (fetch.mock.calls as unknown as [Request][])[0][0];
    expect(asked.url).toContain('http://x/base/azml/api/jobs?limit=5');
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

  it('makes do with an answer that is not ours', async () => {
    const { request } = answering(
      () => new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' })
    );
    await expect(request('jobs')).rejects.toMatchObject({ code: 'Http502', message: '502 Bad Gateway' });
  });

  it('says when the server is not reached', async () => {
    const { request } = answering(() => Promise.reject(new TypeError('Failed to fetch')));
    const error = await request('jobs').catch((reason: AzmlError) => reason);
    expect(error).toBeInstanceOf(AzmlError);
    expect(error).toMatchObject({ isOffline: true, message: 'Away' });
  });

  it('keeps a job’s name in its segment', () => {
    expect(jobPath('a/../b?c', 'cancel')).toBe('jobs/a%2F..%2Fb%3Fc/cancel');
  });
});
