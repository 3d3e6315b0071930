import type { JobStatus } from '../api/types';

/** How a status is shown: a tone for the colour, and a shape, since colour alone says nothing to some. */
export interface ILook {
  tone: 'waiting' | 'running' | 'good' | 'bad' | 'stopped';
  /** Path in a box of 16 by 16, filled even-odd. */
  shape: string;
  spins?: boolean;
}

export const lookOf = (status: JobStatus): ILook => LOOKS[status] ?? LOOKS.NotStarted;

/** Terminal states have no exits. */
export const isTerminal = (status: JobStatus): boolean => ENDS.has(status);

/** A CancelRequested job was asked already. */
export const canCancel = (status: JobStatus): boolean => !isTerminal(status) && status !== 'CancelRequested';

const ENDS = new Set<JobStatus>(['Completed', 'Failed', 'Canceled']);
const DISC = 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Z';

const WAITING: ILook = {
  tone: 'waiting',
  shape: `${DISC}m0 1.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 8 2.6ZM7.2 4.6h1.5v3l2.2 1.4-.8 1.2-2.9-1.8V4.6Z`
};
const RUNNING: ILook = {
  tone: 'running',
  shape: 'M8 1a7 7 0 1 0 7 7h-1.8A5.2 5.2 0 1 1 8 2.8V1Zm0 4.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8Z',
  spins: true
};

const LOOKS: Record<JobStatus, ILook> = {
  NotStarted: WAITING,
  Queued: WAITING,
  Preparing: WAITING,
  Provisioning: WAITING,
  Starting: RUNNING,
  Running: RUNNING,
  Finalizing: RUNNING,
  CancelRequested: { ...RUNNING, tone: 'stopped' },
  Completed: { tone: 'good', shape: `${DISC}m3.2 4.6L7 9.8 4.8 7.6l-1.1 1.1L7 12l5.3-5.3-1.1-1.1Z` },
  Failed: {
    tone: 'bad',
    shape: `${DISC}M5.8 4.7 4.7 5.8 6.9 8l-2.2 2.2 1.1 1.1L8 9.1l2.2 2.2 1.1-1.1L9.1 8l2.2-2.2-1.1-1.1L8 6.9 5.8 4.7Z`
  },
  Canceled: { tone: 'stopped', shape: `${DISC}M4.5 7.2v1.6h7V7.2h-7Z` },
  NotResponding: {
    tone: 'bad',
    shape: 'M8 1.4 15.4 14.2H.6L8 1.4ZM7.2 6v4.2h1.6V6H7.2Zm0 5.2v1.6h1.6v-1.6H7.2Z'
  },
  Paused: { tone: 'stopped', shape: `${DISC}M5.5 5v6h1.7V5H5.5Zm3.3 0v6h1.7V5H8.8Z` }
};
