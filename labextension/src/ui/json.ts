/** Longer lists have an item on each line. */
const LINE = 80;

/** Of Unicode's private use: a string that begins with it is a number as it was written. */
const MARK = '\uE000';

/** What is wrong with a text as JSON, in the browser's words, and in which line. */
export function jsonFault(text: string): { message: string; line: number | null } | null {
  try {
    JSON.parse(text);
    return null;
  } catch (reason) {
    const message = String((reason as Error).message ?? reason);
    const position = /position (\d+)/.exec(message);
    const line = /line (\d+)/.exec(message);
    const at = position ? text.slice(0, Number(position[1])).split('\n').length : null;
    return { message, line: line ? Number(line[1]) : at };
  }
}

/**
 * The same JSON, with lines and indents. Numbers stand as they were written, since to a model 1.0 is another type than 1,
 * and 9007199254740993 is a number that browsers do not have. Throws SyntaxError.
 */
export function indented(text: string): string {
  JSON.parse(text);
  const tokens = text.match(TOKENS) ?? [];
  const told: string[] = [];
  let depth = 0;
  const breakLine = () => told.push(`\n${'  '.repeat(depth)}`);
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (token === '{' || token === '[') {
      const end = endOfLine(tokens, i);
      if (end > 0) {
        told.push(...tokens.slice(i, end + 1).map(each => (each === ',' ? ', ' : each)));
        i = end;
        continue;
      }
      depth++;
      told.push(token);
      breakLine();
    } else if (token === '}' || token === ']') {
      depth--;
      breakLine();
      told.push(token);
    } else if (token === ',') {
      told.push(token);
      breakLine();
    } else {
      told.push(token === ':' ? ': ' : token);
    }
  }
  return told.join('');
}

/** A number that `layOut` writes just so. */
export const asWritten = (number: string): string => MARK + number;

/** As JSON.parse, but numbers are marked texts, which `layOut` writes as they were. Null for what is no JSON. */
export function parseAsWritten(text: string): unknown {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return JSON.parse(text.replace(TOKENS, token => (/^-?\d/.test(token) ? `"${asWritten(token)}"` : token)));
}

export const layOut = (value: unknown): string =>
  indented(JSON.stringify(value).replace(new RegExp(`"${MARK}(-?\\d[^"]*)"`, 'g'), '$1'));

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g;

/** Where a list of plain values ends that has room on a line; 0 for everything else. */
function endOfLine(tokens: readonly string[], start: number): number {
  let length = 0;
  for (let i = start + 1; i < tokens.length && length < LINE; i++) {
    const token = tokens[i];
    if (token === ']' || (token === '}' && i === start + 1)) {
      return i;
    }
    if (/[[{}:]/.test(token[0])) {
      return 0;
    }
    length += token.length + 1;
  }
  return 0;
}
