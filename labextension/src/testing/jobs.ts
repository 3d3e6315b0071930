import type { Job } from '../api/types';

/** A job for tests, complete but for what the test is about. */
export function aJob(name: string, changes: Partial<Job> = {}): Job {
  return {
    name,
    display_name: name,
    experiment: 'Default',
    type: 'notebook',
    spec: {} as Job['spec'],
    status: 'Running',
    reason: null,
    created: '2026-01-01T00:00:00Z',
    started: null,
    ended: null,
    compute: 'local',
    parameters: {},
    outputs: {},
    tags: {},
    parent: null,
    snapshot: null,
    git: {},
    owner: '',
    progress: null,
    metrics: [],
    ...changes
  };
}
