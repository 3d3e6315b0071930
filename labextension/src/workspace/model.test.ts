import { Signal } from '@lumino/signaling';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AzmlError, Request } from '../api/request';
import type { WorkspaceInfo } from '../api/types';
import { isComplete, referenceOf } from './forms';
import { referenceTo, WorkspaceModel } from './model';
import { SignIn } from './signin';

const info = (name: string): WorkspaceInfo =>
  ({ name, kind: 'local', location: `/w/${name}` }) as WorkspaceInfo;

it('is attached by its place, or by the three names that Azure gave it', () => {
  expect(referenceTo(info('one'))).toEqual({ reference: '/w/one' });
  const cloud = { ...info('cloud'), kind: 'azure', location: 'sub/group' } as WorkspaceInfo;
  expect(referenceTo(cloud)).toEqual({
    subscription_id: 'sub',
    resource_group: 'group',
    workspace_name: 'cloud'
  });
});

describe('WorkspaceModel', () => {
  let stream: {
    workspaceChanged: Signal<unknown, WorkspaceInfo>;
    connectionChanged: Signal<unknown, void>;
    isConnected: boolean;
  };
  let now: string;
  let refuse: AzmlError | null;
  let attached: string[];
  let model: WorkspaceModel;

  beforeEach(async () => {
    stream = {
      workspaceChanged: new Signal<unknown, WorkspaceInfo>({}),
      connectionChanged: new Signal<unknown, void>({}),
      isConnected: true
    };
    now = 'one';
    refuse = null;
    attached = [];
    const request = vi.fn(
      async (_path: string, options?: { method?: string; body?: { reference: string } }) => {
        if (options?.method === 'POST') {
          if (refuse) {
            throw refuse;
          }
          now = options.body!.reference;
        }
        return info(now);
      }
    );
    model = new WorkspaceModel(request as unknown as Request, stream as never);
    model.attached.connect((_, { name }) => void attached.push(name));
    await model.refresh();
  });

  it('tells of another workspace once, whoever attached it', async () => {
    await model.attach({ reference: 'two' });
    stream.workspaceChanged.emit(info('two'));
    stream.workspaceChanged.emit(info('three'));
    expect(attached).toEqual(['two', 'three']);
  });

  it('notices, back from a break, what another page attached', async () => {
    now = 'two';
    stream.connectionChanged.emit();
    await vi.waitFor(() => expect(attached).toEqual(['two']));
  });

  it('stays where it is when it is refused', async () => {
    refuse = new AzmlError('NotSignedIn', 'no', 'sign in');
    await expect(model.attach({ reference: 'two' })).rejects.toThrow('no');
    expect([model.info?.name, model.isAttaching, attached]).toEqual(['one', false, []]);
  });
});

describe('what is attached', () => {
  const asked = { way: 'place' as const, place: '', subscription: '', group: '', name: '' };

  it.each([
    ['local', { reference: 'local' }],
    ['/data/ws', { reference: '/data/ws' }],
    ['~/ws', { reference: '~/ws' }],
    ['config.json', { path: 'config.json' }],
    ['./a/b', { path: 'a/b' }],
    [' a/b ', { path: 'a/b' }]
  ])('is a name, a place of the server or one of its files: %s', (place, reference) => {
    expect(referenceOf({ ...asked, place })).toEqual(reference);
  });

  it('needs all of Azure’s names', () => {
    const azure = { ...asked, way: 'azure' as const, subscription: 's', group: 'g' };
    expect(isComplete(azure)).toBe(false);
    expect(isComplete({ ...azure, name: 'w' })).toBe(true);
  });
});

describe('SignIn', () => {
  it('shows the code, waits, and says who it is', async () => {
    vi.useFakeTimers();
    const none = { user_code: '', verification_uri: '', expires: null, account: null, error: null };
    const told = [
      { ...none, state: 'waiting', user_code: 'ABC', verification_uri: 'https://x/' },
      { ...none, state: 'waiting', user_code: 'ABC', verification_uri: 'https://x/' },
      { ...none, state: 'done', account: { name: 'ada', credential: 'device code', tenant: 't' } }
    ];
    const request = vi.fn(async () => told.shift());
    const signIn = new SignIn(request as unknown as Request);
    await signIn.begin();
    expect(signIn.state?.user_code).toBe('ABC');
    await vi.advanceTimersByTimeAsync(5_000);
    vi.useRealTimers();
    expect(signIn.state?.account?.name).toBe('ada');
    expect(request).toHaveBeenCalledTimes(3);
    await signIn.stop();
    expect(request).toHaveBeenCalledTimes(3);
  });
});
