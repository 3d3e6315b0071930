import type { PanelJob } from './state';

const LEAST = 12;

/**
 * What jobs are called side by side. Those that are called the same have their names added, and a long beginning that
 * all have in common, as in a sweep, is left out: what differs has to be seen.
 */
export function titlesOf(jobs: readonly PanelJob[]): Map<string, string> {
  const counts = new Map<string, number>();
  const shown = (job: PanelJob) => job.display_name || job.name;
  jobs.forEach(job => counts.set(shown(job), (counts.get(shown(job)) ?? 0) + 1));
  const titles = jobs.map(job => (counts.get(shown(job))! > 1 ? `${shown(job)} · ${job.name}` : shown(job)));
  const common = titles.length > 1 ? commonBeginning(titles) : 0;
  return new Map(
    jobs.map((job, i) => [job.name, common >= LEAST ? `…${titles[i].slice(common)}` : titles[i]])
  );
}

/** Up to where a word begins. */
function commonBeginning(texts: string[]): number {
  const [first, ...others] = texts;
  let length = 0;
  while (length < first.length && others.every(each => each[length] === first[length])) {
    length++;
  }
  const shared = first.slice(0, length);
  const words = shared.match(/^.*[\s,;/·]/s) ?? shared.match(/^.*[_\-=:]/s);
  return words ? words[0].length : 0;
}
