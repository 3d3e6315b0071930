/** Shares of the traffic in whole per cents: all together 100, or 0 while nothing is to be answered. */
export type Shares = Readonly<Record<string, number>>;

export const sum = (shares: Shares): number => Object.values(shares).reduce((all, share) => all + share, 0);

/**
 * One share is moved to `value`; what that gives or takes goes to the others in their proportions, so that the sum stays
 * 100. Those in `fixed` do not move. From nothing at all, the one that is moved takes everything.
 */
export function moved(
  shares: Shares,
  name: string,
  value: number,
  fixed: ReadonlySet<string> = NONE
): Shares {
  if (sum(shares) === 0) {
    return value > 0 ? { ...shares, [name]: 100 } : shares;
  }
  const held = Object.keys(shares).filter(each => each !== name && fixed.has(each));
  const others = Object.keys(shares).filter(each => each !== name && !fixed.has(each));
  const room = 100 - held.reduce((all, each) => all + shares[each], 0);
  if (others.length === 0) {
    return { ...shares, [name]: room };
  }
  const wanted = Math.round(Math.min(room, Math.max(0, value)));
  return { ...shares, [name]: wanted, ...split(others, shares, room - wanted) };
}

/** All of the traffic to one. */
export const allTo = (shares: Shares, name: string): Shares => ({ ...none(shares), [name]: 100 });

/** The same to all of them. */
export function evenly(shares: Shares): Shares {
  return { ...shares, ...split(Object.keys(shares), none(shares), 100) };
}

export const none = (shares: Shares): Shares =>
  Object.fromEntries(Object.keys(shares).map(name => [name, 0]));

/** Whether both give everyone the same: a share of nothing is the same as none. */
export function areSame(one: Shares, other: Shares): boolean {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
    name => (one[name] ?? 0) === (other[name] ?? 0)
  );
}

/** Whole per cents in the proportions of `shares`; the largest fractions take what rounding leaves. */
function split(names: readonly string[], shares: Shares, whole: number): Record<string, number> {
  const total = names.reduce((all, name) => all + shares[name], 0);
  const exact = names.map(name => (whole * (total ? shares[name] : 1)) / (total || names.length));
  const parts = exact.map(Math.floor);
  const rest = whole - parts.reduce((all, part) => all + part, 0);
  const order = names
    .map((_, i) => i)
    .sort((a, b) => exact[b] - parts[b] - (exact[a] - parts[a]) || a - b)
    .slice(0, rest);
  order.forEach(i => (parts[i] += 1));
  return Object.fromEntries(names.map((name, i) => [name, parts[i]]));
}

const NONE: ReadonlySet<string> = new Set();
