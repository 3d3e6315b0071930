import * as React from 'react';
import { useWords } from './words';

const LEAST = 15;
const STEP = 5;
const UNTOUCHED = 40;

/** Two views over one another; the line between them is dragged, or moved with the arrow keys. */
export function Split({
  above,
  below
}: {
  above: React.ReactNode;
  below: React.ReactNode;
}): React.ReactElement {
  const { trans } = useWords();
  const box = React.useRef<HTMLDivElement>(null);
  // Until somebody moves the line, the upper view takes no more than it needs: a short list leaves room below.
  const [chosen, setChosen] = React.useState<number | null>(null);
  const share = chosen ?? UNTOUCHED;
  const move = (next: number) => setChosen(Math.min(100 - LEAST, Math.max(LEAST, next)));
  const size = chosen === null ? { flex: '0 1 auto', maxHeight: `${share}%` } : { flex: `0 0 ${share}%` };

  const onPointerMove = (event: React.PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      const { top, height } = box.current!.getBoundingClientRect();
      move((100 * (event.clientY - top)) / height);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = { ArrowUp: -STEP, ArrowDown: STEP }[event.key];
    if (by) {
      event.preventDefault();
      move(share + by);
    }
  };
  return (
    <div className="azml-Split" ref={box}>
      <div className="azml-Split-part" style={below ? size : undefined}>
        {above}
      </div>
      {below && (
        <>
          <div
            className="azml-Split-line"
            role="separator"
            aria-orientation="horizontal"
            aria-label={trans.__('Size of the list')}
            aria-valuenow={Math.round(share)}
            aria-valuemin={LEAST}
            aria-valuemax={100 - LEAST}
            tabIndex={0}
            onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
            onKeyDown={onKeyDown}
          />
          <div className="azml-Split-part azml-mod-grows">{below}</div>
        </>
      )}
    </div>
  );
}
