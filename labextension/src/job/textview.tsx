import * as React from 'react';
import { useWindow } from '../ui/window';
import { useWords } from '../ui/words';

const ROW = 18;
const nothing = () => undefined;

/** A text with its lines numbered, however long. */
export function TextView({
  text,
  isCut,
  label
}: {
  text: string;
  isCut: boolean;
  label: string;
}): React.ReactElement {
  const { trans } = useWords();
  const box = React.useRef<HTMLDivElement>(null);
  const lines = React.useMemo(() => text.split('\n'), [text]);
  const { first, last } = useWindow(box, lines.length, ROW, nothing);
  return (
    <>
      {isCut && <p className="azml-Reason">{trans.__('Only the beginning is shown.')}</p>}
      <div ref={box} className="azml-Diff" tabIndex={0} role="region" aria-label={label}>
        <div style={{ height: lines.length * ROW }}>
          <div style={{ transform: `translateY(${first * ROW}px)` }}>
            {lines.slice(first, last).map((line, i) => (
              <div key={first + i} className="azml-Diff-line" style={{ height: ROW }}>
                <span className="azml-Diff-number" aria-hidden="true">
                  {first + i + 1}
                </span>
                <code>{line}</code>
              </div>
            ))}
          </div>
        </div>
      </div>
    </>
  );
}
