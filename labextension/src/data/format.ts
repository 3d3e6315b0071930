import { numberFormat } from '../jobs/format';

/** "512 B", "3.4 MB": of 1024 to a step, as files are told everywhere else in the product. */
export function fileSize(bytes: number, locale: string): string {
  const [unit, size] =
    bytes < 1024
      ? (['byte', 1] as const)
      : bytes < 1024 ** 2
        ? (['kilobyte', 1024] as const)
        : bytes < 1024 ** 3
          ? (['megabyte', 1024 ** 2] as const)
          : (['gigabyte', 1024 ** 3] as const);
  const told = numberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: unit === 'byte' ? 'narrow' : 'short',
    maximumFractionDigits: bytes / size < 10 && unit !== 'byte' ? 1 : 0
  }).format(bytes / size);
  // English writes the short form of bytes alone without a space.
  return told.replace(/(\d)(\p{L})/u, '$1 $2');
}

export const whole = (count: number, locale: string): string => numberFormat(locale, {}).format(count);

/** A value of a cell, as a person reads it. Numbers keep every digit: this is data, not a measure of it. */
export function cellText(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** Five digits that say something; a text as it is. */
export function measure(value: unknown, locale: string): string {
  if (typeof value !== 'number') {
    return cellText(value);
  }
  const size = Math.abs(value);
  const isExtreme = size !== 0 && (size < 1e-4 || size >= 1e12);
  return numberFormat(locale, {
    maximumSignificantDigits: Number.isInteger(value) && !isExtreme ? 12 : 5,
    notation: isExtreme ? 'scientific' : 'standard'
  }).format(value);
}

/** Shares from 0 to 1 of the highest bar; one that is there at all is seen. */
export function heights(counts: readonly number[]): number[] {
  const most = Math.max(1, ...counts);
  return counts.map(count => (count === 0 ? 0 : Math.max(0.04, count / most)));
}
