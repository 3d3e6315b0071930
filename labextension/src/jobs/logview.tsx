import * as React from 'react';
import { CopyButton } from '../ui/notes';
import { useWords } from '../ui/words';
import type { LogTail } from './log';

/** Pixels from the end that still count as being at the end. */
const NEAR = 24;

/** What the job printed; stays at the end unless the reader scrolled up. */
export function LogView({ log, isRunning }: { log: LogTail; isRunning: boolean }): React.ReactElement {
  const { trans } = useWords();
  const box = React.useRef<HTMLPreElement>(null);
  const isAtEnd = React.useRef(true);
  React.useLayoutEffect(() => {
    if (box.current && isAtEnd.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  });
  const onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = box.current!;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
  };
  const nothing = isRunning ? trans.__('Nothing printed yet.') : trans.__('The job printed nothing.');
  return (
    <section className="azml-Section azml-Log" aria-label={trans.__('Log')}>
      <div className="azml-Log-caption">
        <h3>{trans.__('Log')}</h3>
        {!log.isEmpty && <CopyButton text={() => log.text} />}
      </div>
      {log.isEmpty ? (
        <p className="azml-mod-faint">{nothing}</p>
      ) : (
        <pre
          ref={box}
          onScroll={onScroll}
          tabIndex={0}
          aria-label={trans.__('Log')}
          role="log"
          aria-live="off"
        >
          {log.isCut && (
            <span className="azml-mod-faint">{trans.__('Earlier lines are left out.') + '\n'}</span>
          )}
          {log.blocks.map((block, i) => (
            <span key={i} className={`azml-mod-${block.stream}`}>
              {block.text + '\n'}
            </span>
          ))}
        </pre>
      )}
    </section>
  );
}
