export type LogStream = 'stdout' | 'stderr' | 'error';

/** Lines that follow one another from the same stream. */
export interface IBlock {
  stream: LogStream;
  text: string;
}

const MOST_LINES = 2_000;
/** A job that prints without a newline must not grow the page either. */
const LONGEST_LINE = 4_000;

/** The end of a job's log, as a terminal would show it: bounded, without escapes, `\r` overwrites. */
export class LogTail {
  /** Whether earlier lines were let go. */
  isCut = false;

  get isEmpty(): boolean {
    return this.lines.length === 0;
  }

  get text(): string {
    return this.lines.map(line => line.text).join('\n');
  }

  get blocks(): IBlock[] {
    const blocks: IBlock[] = [];
    for (const { stream, text } of this.lines) {
      const last = blocks[blocks.length - 1];
      if (last?.stream === stream) {
        last.text += `\n${text}`;
      } else {
        blocks.push({ stream, text });
      }
    }
    return blocks;
  }

  add(stream: LogStream, text: string): void {
    const pieces = plain(text).split('\n');
    pieces.forEach((piece, i) => {
      const last = this.lines[this.lines.length - 1];
      if (i === 0 && last && last.isOpen && last.stream === stream) {
        last.text = overwrite(last.text, piece);
      } else if (piece !== '' || i < pieces.length - 1) {
        this.lines.push({ stream, text: overwrite('', piece), isOpen: true });
      }
      if (i < pieces.length - 1 && this.lines.length) {
        this.lines[this.lines.length - 1].isOpen = false;
      }
    });
    if (this.lines.length > MOST_LINES) {
      this.lines.splice(0, this.lines.length - MOST_LINES);
      this.isCut = true;
    }
  }

  private lines: { stream: LogStream; text: string; isOpen: boolean }[] = [];
}

/** Tracebacks come coloured for a terminal. */
export const plain = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '').replace(/\r\n/g, '\n');

function overwrite(line: string, piece: string): string {
  const joined = line + piece;
  // A progress bar ends with \r and overwrites with its next state.
  const parts = joined.split('\r');
  const shown = parts[parts.length - 1] || (parts[parts.length - 2] ?? '');
  return (parts.length > 1 && parts[parts.length - 1] === '' ? `${shown}\r` : shown).slice(-LONGEST_LINE);
}
