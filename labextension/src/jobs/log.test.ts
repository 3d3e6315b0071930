import { describe, expect, it } from 'vitest';
import { LogTail } from './log';

function tail(...texts: string[]): LogTail {
  const log = new LogTail();
  texts.forEach(text => log.add('stdout', text));
  return log;
}

describe('LogTail', () => {
  it('joins a line that comes in pieces', () => {
    expect(tail('epo', 'ch 1\nepoch', ' 2\n').text).toBe('epoch 1\nepoch 2');
  });

  it('keeps empty lines', () => {
    expect(tail('a\n\nb\n').text).toBe('a\n\nb');
  });

  it('overwrites on carriage return, as progress bars do', () => {
    expect(tail('10%\r', '20%\r', '100%\n', 'done\n').text).toBe('100%\ndone');
    expect(tail('\r10%', '\r20%').text).toBe('20%');
  });

  it('drops colours', () => {
    expect(tail('\u001b[0;31mValueError\u001b[0m: x\n').text).toBe('ValueError: x');
  });

  it('is bounded and says so', () => {
    const log = tail(Array.from({ length: 3000 }, (_, i) => `${i}\n`).join(''));
    expect(log.isCut).toBe(true);
    expect(log.text.split('\n')).toHaveLength(2000);
    expect(log.text.endsWith('2999')).toBe(true);
  });

  it('keeps streams apart', () => {
    const log = tail('a\n');
    log.add('stderr', 'b\n');
    log.add('stderr', 'c\n');
    expect(log.blocks).toEqual([
      { stream: 'stdout', text: 'a' },
      { stream: 'stderr', text: 'b\nc' }
    ]);
  });
});
