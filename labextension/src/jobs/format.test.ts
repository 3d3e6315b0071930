import { describe, expect, it } from 'vitest';
import { ago, duration, localeOf, metricValue } from './format';

// French puts no-break spaces before units.
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('format', () => {
  it('knows the translator’s codes', () => {
    expect(localeOf('fr_FR')).toBe('fr-FR');
    expect(localeOf('default-nonsense-x!')).toBe('en');
  });

  it.each([
    [3.27, 'en', '3.2s'],
    [42.9, 'en', '42s'],
    [125, 'en', '2m 5s'],
    [3_840, 'en', '1h 4m'],
    [3_600, 'en', '1h'],
    [90_000, 'en', '1d 1h'],
    [-1, 'en', '0s'],
    [3.27, 'fr', '3,2 s']
  ])('duration %d in %s', (seconds, locale, text) => expect(plain(duration(seconds, locale))).toBe(text));

  it('says how long ago', () => {
    const now = Date.parse('2026-01-10T12:00:00Z');
    expect(ago('2026-01-10T11:59:50Z', now, 'en')).toBe('now');
    expect(ago('2026-01-10T11:55:00Z', now, 'en')).toMatch(/^5\s?m.* ago$/);
    expect(plain(ago('2026-01-10T11:55:00Z', now, 'fr'))).toBe('il y a 5 min');
    expect(ago('2026-01-09T11:00:00Z', now, 'fr')).toBe('hier');
    expect(ago('2026-01-01T12:00:00Z', now, 'en')).toBe('Jan 1, 2026');
  });

  it.each([
    [0.123456, '0.1235'],
    [0.00001234, '1.23E-5'],
    [12_345_678, '1.23E7'],
    [0, '0'],
    [NaN, 'NaN'],
    [-Infinity, '−∞']
  ])('metric %d', (value, text) => expect(metricValue(value, 'en')).toBe(text));
});
