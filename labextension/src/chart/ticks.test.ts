import { describe, expect, it } from 'vitest';
import { heightTexts, xText } from './ticks';

describe('xText', () => {
  it('says steps, durations and times of day', () => {
    expect(xText(1234.5, 'number', 'en')).toBe('1,234.5');
    expect(xText(1_200_000, 'number', 'en', 100_000)).toBe('1.2M');
    expect(xText(1_234_560, 'number', 'en', 10)).toBe('1.23456M');
    expect(xText(125, 'seconds', 'en')).toBe('2m 5s');
    expect(xText(-5, 'seconds', 'en')).toBe('−5s');
    expect(xText(0, 'time', 'fr', 86_400)).toMatch(/1 janv\.|31 déc\./);
  });
});

describe('heightTexts', () => {
  it('has the digits that tell one from another', () => {
    expect(heightTexts([0, 0.5, 1], 'en')).toEqual(['0', '0.5', '1']);
    expect(heightTexts([0.99996, 0.99998, null, 1], 'en')).toEqual(['0.99996', '0.99998', '', '1']);
    expect(heightTexts([1_763_700_000_000, 1_763_700_020_000], 'en')).toEqual(['1.7637E12', '1.76370002E12']);
  });
});
