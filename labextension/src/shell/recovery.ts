import { Poll } from '../ui/poll';
import type { IHere } from './here';

/** Milliseconds between two attempts. */
const PAUSE = 3_000;

/** While the server is away, and somebody looks, it is asked whether it is back; then what is shown is read anew. */
export function addRecovery({ jobs, sections, workspace }: IHere): void {
  const poll = new Poll(async () => {
    await workspace.refresh();
    if (!workspace.isOffline) {
      void jobs.refresh();
      if (sections.shown?.id !== 'jobs') {
        sections.shown?.refresh();
      }
    }
    return PAUSE;
  });
  const settle = () => {
    poll.isOn = sections.isVisible && (jobs.isOffline || workspace.isOffline);
  };
  jobs.changed.connect(settle);
  workspace.changed.connect(settle);
  sections.changed.connect(settle);
}
