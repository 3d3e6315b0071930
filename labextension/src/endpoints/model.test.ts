import { expect, it, vi } from 'vitest';
import { EndpointsModel } from './model';

it('says of endpoints without traffic whether anybody answers there', async () => {
  const endpoint = (name: string, traffic: Record<string, number>) => ({ name, traffic, state: 'Succeeded' });
  const asked: string[] = [];
  const request = async (path: string) => {
    asked.push(path);
    switch (path) {
      case 'endpoints':
        return {
          items: [endpoint('busy', { blue: 100 }), endpoint('risk', { blue: 0 }), endpoint('new', {})]
        };
      case 'endpoints/risk/deployments':
        return { items: [{ name: 'blue', state: 'Failed', is_answering: false }] };
      case 'endpoints/new/deployments':
        throw new Error('no answer');
      default:
        return { items: [], continuation: null };
    }
  };
  const model = new EndpointsModel(request as never);
  model.isVisible = true;
  await vi.waitFor(() => expect(model.isKnown).toBe(true));
  model.isVisible = false;
  expect([model.healthOf('busy'), model.healthOf('risk')?.kind, model.healthOf('new')]).toEqual([
    null,
    'failed',
    null
  ]);
  expect(asked).not.toContain('endpoints/busy/deployments');
});
