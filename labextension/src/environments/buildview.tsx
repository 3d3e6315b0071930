import * as React from 'react';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import type { Build } from './build';

/** What a build prints, followed to its end unless the reader scrolls up. */
export function BuildView({ build }: { build: Build }): React.ReactElement {
  const { trans } = useWords();
  useChanges(build.changed);
  const box = React.useRef<HTMLPreElement>(null);
  const follows = React.useRef(true);
  React.useEffect(() => {
    if (box.current && follows.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [build.text]);
  return (
    <div className="azml-Log">
      <pre
        ref={box}
        tabIndex={0}
        role="log"
        aria-label={trans.__('What the build prints')}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) =>
          (follows.current = scrollHeight - scrollTop - clientHeight < 8)
        }
      >
        {build.text ||
          (build.isRunning ? trans.__('Waiting for the first line…') : trans.__('It printed nothing.'))}
      </pre>
      {build.error && <Problem error={build.error} />}
    </div>
  );
}
