import * as React from 'react';
import { useWindow } from '../ui/window';
import { useWords } from '../ui/words';
import { readDiff } from './diff';

const ROW = 18;
const SIGNS = { added: '+', removed: '−', same: ' ', place: '', note: '' };
const nothing = () => undefined;

/** A change line by line: what went is marked by a sign and a ground, never by colour alone. */
export function DiffView({ text, label }: { text: string; label: string }): React.ReactElement {
  const { trans } = useWords();
  const box = React.useRef<HTMLDivElement>(null);
  const lines = React.useMemo(() => readDiff(text), [text]);
  const { first, last } = useWindow(box, lines.length, ROW, nothing);
  const words: Record<string, string> = { added: trans.__('added'), removed: trans.__('removed') };
  return (
    <div ref={box} className="azml-Diff" tabIndex={0} role="region" aria-label={label}>
      <div style={{ height: lines.length * ROW }}>
        <div style={{ transform: `translateY(${first * ROW}px)` }}>
          {lines.slice(first, last).map((line, i) => (
            <div key={first + i} className={`azml-Diff-line azml-mod-${line.kind}`} style={{ height: ROW }}>
              <span className="azml-Diff-number" aria-hidden="true">
                {line.before ?? line.after ?? ''}
              </span>
              <span className="azml-Diff-sign" aria-hidden="true">
                {SIGNS[line.kind]}
              </span>
              {words[line.kind] && <span className="azml-mod-unseen">{words[line.kind]}</span>}
              <code>{line.text}</code>
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
