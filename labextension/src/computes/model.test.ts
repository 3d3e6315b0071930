import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AzmlError, Request } from '../api/request';
import type { Compute } from '../api/types';
import { ComputesModel } from './model';

const settled = () => new Promise(resolve => setTimeout(resolve, 0));

const aCompute = (name: string, changes: Partial<Compute> = {}): Compute => ({
  name,
  type: 'computeinstance',
  state: 'Running',
  description: '',
  tags: {},
  size: 'Standard_DS3_v2',
  tier: 'dedicated',
  min_nodes: 0,
  max_nodes: 1,
  idle_seconds_before_scale_down: 120,
  idle_minutes_before_shutdown: null,
  schedules: [],
  resource_id: '',
  busy_nodes: 0,
  idle_nodes: 1,
  created: null,
  notes: [],
  ...changes
});

describe('ComputesModel', () => {
  let computes: Compute[];
  let refuse: AzmlError | null;
  let release: (() => void) | null;
  let asked: string[];
  let model: ComputesModel;

  beforeEach(() => {
    computes = [aCompute('local', { type: 'local' }), aCompute('box')];
    refuse = null;
    release = null;
    asked = [];
    const request = vi.fn(async (path: string, options?: { method?: string }) => {
      asked.push(`${options?.method ?? 'GET'} ${path}`);
      if (path === 'computes') {
        return { items: computes, continuation: null };
      }
      if (path.endsWith('/nodes')) {
        return {
          items: [{ name: 'n1', compute: 'box', state: 'idle', job: null, created: null }],
          continuation: null
        };
      }
      await new Promise<void>(resolve => (release = resolve));
      if (refuse) {
        throw refuse;
      }
      return undefined;
    });
    model = new ComputesModel(request as unknown as Request);
  });

  const stateOf = (name: string) => model.computes.find(each => each.name === name)?.state;

  it('asks for nothing while nobody looks', async () => {
    await settled();
    expect(asked).toEqual([]);
    model.isVisible = true;
    await settled();
    expect(asked).toEqual(['GET computes']);
    model.isVisible = false;
  });

  it('asks for nodes of what is open alone', async () => {
    await model.refresh();
    model.toggle('box');
    await settled();
    expect(asked.filter(each => each.includes('nodes'))).toEqual(['GET computes/box/nodes']);
    expect(model.nodes.get('box')).toHaveLength(1);
  });

  it('shows a stop at once, and takes it back when it is refused', async () => {
    await model.refresh();
    refuse = new AzmlError('Conflict', 'A job runs there.', 'Cancel it.');
    const done = model.act('stop', 'box');
    expect(stateOf('box')).toBe('Stopping');
    release!();
    await done;
    expect(stateOf('box')).toBe('Running');
    expect(model.refusal?.hint).toBe('Cancel it.');
  });

  it('does not let an older answer undo what was asked for', async () => {
    await model.refresh();
    const done = model.remove('box');
    await model.refresh();
    expect(stateOf('box')).toBeUndefined();
    computes = computes.slice(0, 1);
    release!();
    await done;
    expect(model.computes.map(each => each.name)).toEqual(['local']);
  });

  it('drops what comes from the workspace that was left', async () => {
    const late = model.refresh();
    model.forget();
    await late;
    expect(model.computes).toEqual([]);
  });
});
