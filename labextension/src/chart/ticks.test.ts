import { describe, expect, it } from 'vitest';
import { xText } from './ticks';

describe('xText', () => {
  it('says steps, durations and times of day', () => {
    expect(xText(1234.5, 'number', 'en')).toBe('1,234.5');
    expect(xText(1_200_000, 'number', 'en', 100_000)).toBe('1.2M');
    expect(xText(125, 'seconds', 'en')).toBe('2m 5s');
    expect(xText(-5, 'seconds', 'en')).toBe('−5s');
    expect(xText(0, 'time', 'fr', 86_400)).toMatch(/1 janv\.|31 déc\./);
  });
});
