/** What a line of a unified diff is, and where it stands on both sides. */
export interface IDiffLine {
  kind: 'same' | 'added' | 'removed' | 'place' | 'note';
  text: string;
  before: number | null;
  after: number | null;
}

/** Reads a unified diff, or nbdime's story of one: lines that begin with +, - or a blank, and headings between them. */
export function readDiff(text: string): IDiffLine[] {
  const lines: IDiffLine[] = [];
  let [before, after] = [0, 0];
  for (const line of text === '' ? [] : text.split('\n')) {
    const place = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    if (place) {
      [before, after] = [Number(place[1]), Number(place[2])];
      lines.push({ kind: 'place', text: line, before: null, after: null });
    } else if (/^(##|---|\+\+\+) /.test(line) || line.startsWith('\\')) {
      lines.push({ kind: 'note', text: line.replace(/^## /, ''), before: null, after: null });
      before = after = 0;
    } else if (line.startsWith('+')) {
      lines.push({ kind: 'added', text: line.slice(1), before: null, after: after ? after++ : null });
    } else if (line.startsWith('-')) {
      lines.push({ kind: 'removed', text: line.slice(1), before: before ? before++ : null, after: null });
    } else {
      lines.push({
        kind: 'same',
        text: line.startsWith(' ') ? line.slice(1) : line,
        before: before ? before++ : null,
        after: after ? after++ : null
      });
    }
  }
  return lines;
}
