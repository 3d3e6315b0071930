import { describe, expect, it } from 'vitest';
import { pointsOf } from './buffer';

const values = Float64Array.from([1.5, NaN, -Infinity]);
const rest = { count: 3, reduced: false };

describe('pointsOf', () => {
  it('reads a buffer that begins anywhere', () => {
    const bytes = new Uint8Array(values.byteLength + 3);
    bytes.set(new Uint8Array(values.buffer), 3);
    const view = new DataView(bytes.buffer, 3);
    expect([...pointsOf({ x: view, y: view, ...rest }).y]).toEqual([1.5, NaN, -Infinity]);
  });

  it('reads what was saved as text', () => {
    const text = btoa(String.fromCharCode(...new Uint8Array(values.buffer)));
    expect([...pointsOf({ x: text, y: text, ...rest }).x]).toEqual([1.5, NaN, -Infinity]);
  });
});
