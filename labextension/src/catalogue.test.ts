import { describe, expect, it } from 'vitest';
import french from '../../jupyter_azml/locale/fr_FR/LC_MESSAGES/jupyter_azml.json';

const sources = import.meta.glob('./**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const code = Object.entries(sources as Record<string, string>)
  .filter(([path]) => !path.includes('.test.'))
  .map(([, text]) => text)
  .join('\n');

const STRING = `'((?:[^'\\\\]|\\\\.)*)'`;
const single = [...code.matchAll(new RegExp(`\\.__\\(\\s*${STRING}`, 'g'))].map(match => match[1]);
const plural = [...code.matchAll(new RegExp(`\\._n\\(\\s*${STRING},\\s*${STRING}`, 'g'))].map(
  match => match[1]
);
const entries = french as unknown as Record<string, string[]>;
const holes = (text: string) => [...text.matchAll(/%\d/g)].map(String).sort();

describe('the French catalogue', () => {
  it('finds the texts at all', () => {
    expect(single).toContain('Run as job');
    expect(single.length + plural.length).toBe(code.match(/\.(__|_n)\(/g)!.length);
  });

  it.each([...new Set(single)])('has “%s”', text => {
    expect(entries[text]).toHaveLength(1);
    expect(holes(entries[text][0])).toEqual(holes(text));
  });

  it.each(plural)('has both forms of “%s”', text => {
    expect(entries[text]).toHaveLength(2);
    entries[text].forEach(form => expect(holes(form)).toEqual(holes(text)));
  });
});
