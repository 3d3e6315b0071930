import { describe, expect, it } from 'vitest';
import { Marks } from './marks';

const shown = ['a', 'b', 'c', 'd', 'e'];

describe('Marks', () => {
  it('are set and taken one by one', () => {
    const marks = new Marks();
    marks.toggle('b');
    marks.toggle('d');
    marks.toggle('b');
    expect([...marks.names]).toEqual(['d']);
  });

  it('extend from the last one, up and down', () => {
    const marks = new Marks();
    marks.toggle('c');
    marks.extend('e', shown);
    marks.extend('b', shown);
    expect([...marks.names].sort()).toEqual(['b', 'c', 'd', 'e']);
  });

  it('begin anew where the last one has left the list', () => {
    const marks = new Marks();
    marks.toggle('gone');
    marks.extend('b', shown);
    expect([...marks.names].sort()).toEqual(['b', 'gone']);
    marks.keep(name => shown.includes(name));
    expect([...marks.names]).toEqual(['b']);
  });
});
