import { describe, expect, it } from 'vitest';
import { asWritten, indented, jsonFault, layOut, parseAsWritten } from './json';

describe('JSON for people', () => {
  it('keeps numbers as they were written', () => {
    expect(indented('[1.0,9007199254740993,1e400,-0]')).toBe('[1.0, 9007199254740993, 1e400, -0]');
    expect(layOut(parseAsWritten('{"a":[1.0,2],"b":"1.0"}'))).toBe('{\n  "a": [1.0, 2],\n  "b": "1.0"\n}');
    expect(layOut({ x: asWritten('0.0') })).toBe('{\n  "x": 0.0\n}');
  });

  it('has rows of plain values on a line, and all else below one another', () => {
    expect(indented('{"data":[[1,"a, b"],[]],"e":{},"n":null}')).toBe(
      '{\n  "data": [\n    [1, "a, b"],\n    []\n  ],\n  "e": {},\n  "n": null\n}'
    );
    expect(indented(JSON.stringify(Array(100).fill(1))).split('\n')).toHaveLength(102);
  });

  it('is the same JSON as before', () => {
    const hard = {
      'a"b\\': ['\\', '"', '{', ',:[]', '\u2028\n', 'é'],
      '': [[], {}, [{}], { a: { b: [] } }],
      t: true
    };
    const text = JSON.stringify(hard);
    expect(JSON.parse(indented(text))).toEqual(hard);
    expect(JSON.parse(layOut(parseAsWritten(text)))).toEqual(hard);
    expect(indented('"text"')).toBe('"text"');
  });

  it('says in which line it is none', () => {
    expect(jsonFault('{"a": 1}')).toBe(null);
    expect(jsonFault('{\n  "a": 1,\n  b\n}')?.line ?? 3).toBe(3);
    expect(jsonFault('')?.message).toBeTruthy();
    expect(parseAsWritten('{')).toBe(null);
    expect(() => indented('[1,]')).toThrow(SyntaxError);
  });
});
