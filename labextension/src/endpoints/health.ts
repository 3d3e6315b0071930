import type { OnlineDeployment } from '../api/types';
import { isSettled } from './state';

/** Whether anybody behind an endpoint answers. It may be ready itself while all that was deployed on it has failed. */
export type Health =
  | { kind: 'answers' }
  | { kind: 'empty' }
  /** The first one is on its way. */
  | { kind: 'coming'; deployment: OnlineDeployment }
  | { kind: 'failed'; deployment: OnlineDeployment };

export function healthOf(deployments: readonly OnlineDeployment[]): Health {
  if (deployments.some(each => each.is_answering || each.state === 'Succeeded')) {
    return { kind: 'answers' };
  }
  const coming = deployments.find(each => !isSettled(each.state) && each.state !== 'Deleting');
  if (coming) {
    return { kind: 'coming', deployment: coming };
  }
  const failed = deployments.find(each => each.state === 'Failed');
  return failed ? { kind: 'failed', deployment: failed } : { kind: 'empty' };
}

/** Why a request to a deployment, or to whoever gets the traffic, would find nobody; null where somebody answers. */
export function silenceOf(
  deployments: readonly OnlineDeployment[],
  traffic: Record<string, number>,
  chosen: string
): Health | { kind: 'no traffic' } | null {
  const asked = deployments.filter(({ name }) => (chosen ? name === chosen : (traffic[name] ?? 0) > 0));
  const health = healthOf(asked.length > 0 ? asked : deployments);
  if (health.kind !== 'answers') {
    return health;
  }
  return asked.length > 0 ? null : { kind: 'no traffic' };
}
