const FIRST = 500;
const LONGEST = 20_000;

/** Milliseconds to wait before attempt n (from 1); spread, so that many pages do not knock at once. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** (attempt - 1));
  return Math.round(ceiling * (0.5 + random() / 2));
}
