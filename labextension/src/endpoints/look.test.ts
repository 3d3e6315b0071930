import { beforeEach, describe, expect, it } from 'vitest';
import { AzmlError } from '../api/errors';
import { EndpointLook } from './look';

let refuses: string | null;
let patched: unknown[];
let look: EndpointLook;

beforeEach(async () => {
  refuses = null;
  patched = [];
  const request = async (path: string, options: { method?: string; body?: { traffic?: object } } = {}) => {
    if (refuses === (options.method ?? 'GET')) {
      throw new AzmlError('Conflict', 'No.', 'Look.');
    }
    if (options.method === 'PATCH') {
      patched.push(options.body);
      return { name: 'churn', state: 'Succeeded', mirror_traffic: {}, ...options.body };
    }
    return path.endsWith('deployments')
      ? {
          items: [
            { name: 'blue', state: 'Succeeded' },
            { name: 'Green', state: 'Creating' }
          ]
        }
      : { name: 'churn', state: 'Succeeded', traffic: { blue: 100 }, mirror_traffic: { green: 5 } };
  };
  look = new EndpointLook(request as never, 'churn');
  await look.load();
});

describe('an endpoint', () => {
  it('has a share for each deployment, whatever case the server writes names in', () => {
    expect(look.traffic).toEqual({ blue: 100, Green: 0 });
    expect(look.mirror).toEqual({ blue: 0, Green: 5 });
  });

  it('takes new shares at once, and names nobody who gets nothing', async () => {
    const set = look.setTraffic({ blue: 0, Green: 100 }, { blue: 0, Green: 0 });
    expect(look.traffic).toEqual({ blue: 0, Green: 100 });
    await set;
    expect(patched).toEqual([{ traffic: { Green: 100 }, mirror_traffic: {} }]);
  });

  it('asks for nothing when nothing changed', async () => {
    await look.setTraffic({ blue: 100, Green: 0 }, { blue: 0, Green: 5 });
    expect(patched).toEqual([]);
  });

  it('goes back to what was before when the server refuses', async () => {
    refuses = 'PATCH';
    await expect(look.setTraffic({ blue: 0, Green: 100 }, {})).rejects.toThrow('No.');
    expect(look.traffic).toEqual({ blue: 100, Green: 0 });
    refuses = 'DELETE';
    const removed = look.removeDeployment('blue');
    expect(look.deployments[0].state).toBe('Deleting');
    await expect(removed).rejects.toThrow('No.');
    expect(look.deployments[0].state).toBe('Succeeded');
  });
});
