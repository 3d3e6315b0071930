import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const sources = import.meta.glob('./**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const files = Object.entries(sources as Record<string, string>).filter(
  ([path]) => !/\.test\.|\/testing\//.test(path)
);

/** Attributes and properties that people read or hear. */
const TOLD = new Set(
  'title placeholder alt label aria-label ariaLabel aria-description aria-valuetext textContent innerText'.split(
    ' '
  )
);
/** A name as somebody might give one: the same everywhere. */
const EXAMPLE = /^\W*[\p{Ll}\d:/…-]+\W*$/u;
const LOCAL = new Set(['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']);

describe('the page', () => {
  it('says nothing in the words of its source', () => {
    expect(
      findings('a.tsx', '<p title="Jobs">{a ? "No jobs" : <b>Hello</b>}{trans.__("x y")}{"·"}</p>')
    ).toHaveLength(3);
    expect(findings('a.ts', 'e.textContent = `Job ${n}`; e.title = name; (5).toLocaleString()')).toHaveLength(
      2
    );
    expect(files.flatMap(([path, text]) => findings(path, text))).toEqual([]);
  });
});

/** Texts that bypass the catalogue; numbers and dates that bypass the user's locale. */
function findings(path: string, text: string): string[] {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  const found: string[] = [];
  const report = (node: ts.Node) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push(`${path}:${line} ${node.getText().trim().slice(0, 60)}`);
  };
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node) && isWords(node.text)) {
      report(node);
    } else if (ts.isJsxAttribute(node) && TOLD.has(node.name.getText()) && node.initializer) {
      const isExample = node.name.getText() === 'placeholder' && EXAMPLE.test(node.initializer.getText());
      (isExample ? [] : wordsIn(node.initializer)).forEach(report);
    } else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) {
      wordsIn(node).forEach(report);
    } else if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      ts.isPropertyAccessExpression(node.left) &&
      TOLD.has(node.left.name.text)
    ) {
      wordsIn(node.right).forEach(report);
    } else if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      LOCAL.has(node.expression.name.text) &&
      node.arguments.length === 0
    ) {
      report(node);
    }
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

/** Literals that an expression may come out as. */
function wordsIn(node: ts.Node | undefined): ts.Node[] {
  if (!node) {
    return [];
  }
  if (ts.isStringLiteralLike(node)) {
    return isWords(node.text) ? [node] : [];
  }
  if (ts.isTemplateExpression(node)) {
    const fixed = [node.head.text, ...node.templateSpans.map(span => span.literal.text)];
    return fixed.some(isWords) ? [node] : [];
  }
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) {
    return wordsIn(node.expression);
  }
  if (ts.isConditionalExpression(node)) {
    return [...wordsIn(node.whenTrue), ...wordsIn(node.whenFalse)];
  }
  if (ts.isBinaryExpression(node) && /^(&&|\|\||\?\?|\+)$/.test(node.operatorToken.getText())) {
    return [...wordsIn(node.left), ...wordsIn(node.right)];
  }
  return [];
}

/** Signs, units and identifiers are the same in every language. */
const isWords = (text: string): boolean =>
  /\p{L}{2}/u.test(text) && !/^\s*[%\w./:-]*[%_.:/-][%\w./:-]*\s*$/.test(text);
