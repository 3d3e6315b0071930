import type uPlot from 'uplot';
import { duration, metricValue, numberFormat } from '../jobs/format';

export type XKind = 'number' | 'seconds' | 'time';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const STEPS_OF_TIME = [
  ...[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map(each => each * MINUTE),
  ...[1, 2, 3, 6, 12].map(each => each * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map(each => each * DAY)
];

/** Where labels stand on the x axis, and what they say. */
export function ticks(kind: XKind, locale: string): Pick<uPlot.Axis, 'incrs' | 'values'> {
  const shown = (value: number, increment: number) => xText(value, kind, locale, increment);
  return {
    ...(kind === 'seconds' ? { incrs: STEPS_OF_TIME } : {}),
    values: (_plot, splits, _axis, _space, increment) => splits.map(each => shown(each, increment))
  };
}

/** A place on the x axis in words; `increment` is the distance of two of them. */
export function xText(value: number, kind: XKind, locale: string, increment = 0): string {
  if (kind === 'seconds') {
    return value < 0 ? `−${duration(-value, locale)}` : duration(value, locale);
  }
  if (kind === 'time') {
    const style: Intl.DateTimeFormatOptions =
      increment >= DAY
        ? { month: 'short', day: 'numeric' }
        : { hour: '2-digit', minute: '2-digit', ...(increment < MINUTE ? { second: '2-digit' } : {}) };
    return new Intl.DateTimeFormat(locale, style).format(value * 1000);
  }
  const isCompact = increment > 0 && Math.abs(value) >= 10_000;
  const told = isCompact ? Math.ceil(Math.log10(Math.abs(value) / increment)) + 1 : 12;
  return numberFormat(locale, {
    maximumSignificantDigits: Math.min(15, Math.max(4, told)),
    notation: isCompact ? 'compact' : 'standard'
  }).format(value);
}

/** What stands at the y axis: with as many digits as tell one from another. Null is left out. */
export function heightTexts(values: (number | null)[], locale: string): string[] {
  const shown = new Set(values.filter(each => each !== null)).size;
  for (let digits = 4; ; digits++) {
    const texts = values.map(each => (each === null ? '' : metricValue(each, locale, digits)));
    if (digits === 15 || new Set(texts.filter(Boolean)).size >= shown) {
      return texts;
    }
  }
}
