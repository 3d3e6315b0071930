/** The translator says `fr_FR`, Intl wants `fr-FR`; what it does not know becomes English. */
export function localeOf(languageCode: string): string {
  try {
    return Intl.getCanonicalLocales(languageCode.replace('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}

/** Made once: an axis or a list asks for one many times a second, and it takes longer to make than to use. */
function madeOnce<Format, Options>(
  Kind: new (locale: string, options: Options) => Format
): (locale: string, options: Options) => Format {
  const made = new Map<string, Format>();
  return (locale, options) => {
    const name = `${locale} ${JSON.stringify(options)}`;
    let format = made.get(name);
    if (!format) {
      format = new Kind(locale, options);
      made.set(name, format);
    }
    return format;
  };
}

export const numberFormat = madeOnce<Intl.NumberFormat, Intl.NumberFormatOptions>(Intl.NumberFormat);
const dateFormat = madeOnce<Intl.DateTimeFormat, Intl.DateTimeFormatOptions>(Intl.DateTimeFormat);
const relativeFormat = madeOnce<Intl.RelativeTimeFormat, Intl.RelativeTimeFormatOptions>(
  Intl.RelativeTimeFormat
);

/** English has the shortest forms; elsewhere they are cryptic ("-2 min" for "il y a 2 min"). */
const brevity = (locale: string) => (locale.startsWith('en') ? 'narrow' : 'short');

/** "3.2s", "2m 5s", "1h 4m": two units at most, in the locale's own letters. */
export function duration(seconds: number, locale: string): string {
  const whole = Math.max(0, seconds);
  const unit = (name: string, value: number, digits = 0) =>
    numberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: brevity(locale),
      maximumFractionDigits: digits
    }).format(value);
  if (whole < 60) {
    return unit('second', whole < 10 ? Math.floor(whole * 10) / 10 : Math.floor(whole), 1);
  }
  const [large, small, size] = UNITS.find(([, , threshold]) => whole >= threshold)!;
  const rest = Math.floor((whole % size) / (SECONDS[small] ?? 1));
  return unit(large, Math.floor(whole / size)) + (rest ? ` ${unit(small, rest)}` : '');
}

/** "now", "5 min ago", "yesterday"; after a week, the date. */
export function ago(moment: string, now: number, locale: string): string {
  const seconds = (now - Date.parse(moment)) / 1000;
  if (seconds >= 7 * 86_400) {
    return dateFormat(locale, { dateStyle: 'medium' }).format(Date.parse(moment));
  }
  const relative = relativeFormat(locale, { numeric: 'auto', style: brevity(locale) });
  if (seconds < 45) {
    return relative.format(0, 'second');
  }
  const [unit, size] =
    seconds < 3_570
      ? (['minute', 60] as const)
      : seconds < 86_400
        ? (['hour', 3_600] as const)
        : (['day', 86_400] as const);
  return relative.format(-Math.max(1, Math.round(seconds / size)), unit);
}

export function dateTime(moment: string, locale: string): string {
  return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(Date.parse(moment));
}

/** The digits that say something; very small and very large ones as powers of ten. */
export function metricValue(value: number, locale: string, digits = 4): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  }
  const size = Math.abs(value);
  const isExtreme = size !== 0 && (size < 1e-3 || size >= 1e6);
  return numberFormat(locale, {
    maximumSignificantDigits: isExtreme ? digits - 1 : digits,
    notation: isExtreme ? 'scientific' : 'standard'
  }).format(value);
}

const UNITS: [string, string, number][] = [
  ['day', 'hour', 86_400],
  ['hour', 'minute', 3_600],
  ['minute', 'second', 60]
];
const SECONDS: Record<string, number> = { hour: 3_600, minute: 60, second: 1 };
