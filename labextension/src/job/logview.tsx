import { caretDownIcon, caretUpIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { fileSize, whole } from '../data/format';
import { useChanges } from '../ui/hooks';
import { CopyButton, Problem } from '../ui/notes';
import { useWindow } from '../ui/window';
import { useWords } from '../ui/words';
import { findIn, IFound, LogFile } from './logfile';

const ROW = 18;
/** Signs of a line that are drawn; the rest is there when it is copied. */
const LONGEST = 2_000;
const nothing = () => undefined;

interface IProps {
  log: LogFile;
  files: readonly string[];
  onChoose: (path: string) => void;
  onDownload: () => void;
}

/** A log with its lines numbered from where it is read: search, and follow its end. */
export function LogView({ log, files, onChoose, onDownload }: IProps): React.ReactElement {
  const { trans, locale } = useWords();
  useChanges(log.changed);
  const [isFollowing, setFollowing] = React.useState(true);
  const [wanted, setWanted] = React.useState('');
  const [at, setAt] = React.useState(0);
  const { lines } = log;
  const found = React.useMemo(() => findIn(lines, wanted), [lines, wanted]);
  const current = found[Math.min(at, found.length - 1)];

  React.useEffect(() => setAt(0), [wanted, log]);
  const step = (by: number) => setAt((at + by + found.length) % Math.max(1, found.length));
  const isNew = log.isLive;
  return (
    <section className="azml-LogFile" aria-label={trans.__('Log')}>
      <div className="azml-LogFile-bar">
        {files.length > 1 && (
          <select
            aria-label={trans.__('Log file')}
            value={log.path}
            onChange={event => onChoose(event.target.value)}
          >
            {files.map(file => (
              <option key={file} value={file}>
                {file.replace(/^logs\//, '')}
              </option>
            ))}
          </select>
        )}
        <span className="azml-LogFile-search">
          <input
            type="search"
            value={wanted}
            placeholder={trans.__('Search the log')}
            aria-label={trans.__('Search the log')}
            spellCheck={false}
            onChange={event => setWanted(event.target.value)}
            onKeyDown={event => {
              if (event.key === 'Enter') {
                event.preventDefault();
                step(event.shiftKey ? -1 : 1);
              }
            }}
          />
          {wanted && (
            <>
              <span className="azml-LogFile-count" role="status">
                {found.length === 0
                  ? trans.__('Not found')
                  : trans.__(
                      '%1 of %2',
                      whole(Math.min(at, found.length - 1) + 1, locale),
                      whole(found.length, locale)
                    )}
              </span>
              <Step
                icon={caretUpIcon}
                label={trans.__('Previous match')}
                isOff={!found.length}
                onClick={() => step(-1)}
              />
              <Step
                icon={caretDownIcon}
                label={trans.__('Next match')}
                isOff={!found.length}
                onClick={() => step(1)}
              />
            </>
          )}
        </span>
        <span className="azml-LogFile-rest">
          {isNew && (
            <label className="azml-Tick">
              <input
                type="checkbox"
                checked={isFollowing}
                onChange={event => setFollowing(event.target.checked)}
              />
              {trans.__('Follow')}
            </label>
          )}
          {lines.length > 0 && <CopyButton text={() => log.lines.join('\n')} />}
          {log.size > 0 && (
            <button
              type="button"
              className="azml-Button azml-mod-quiet"
              title={fileSize(log.size, locale)}
              onClick={onDownload}
            >
              {trans.__('Download')}
            </button>
          )}
        </span>
      </div>
      {log.error && (
        <Problem error={log.error}>
          <button type="button" className="azml-Button" onClick={() => void log.readOn()}>
            {trans.__('Try again')}
          </button>
        </Problem>
      )}
      {lines.length === 0 && !log.error ? (
        <p className="azml-Loading">{emptyWord(log, trans)}</p>
      ) : (
        <Lines
          log={log}
          found={found}
          current={current}
          isFollowing={isFollowing}
          isSearching={wanted !== ''}
          onFollow={setFollowing}
        />
      )}
    </section>
  );
}

interface ILinesProps {
  log: LogFile;
  found: readonly IFound[];
  current: IFound | undefined;
  isFollowing: boolean;
  isSearching: boolean;
  onFollow: (isFollowing: boolean) => void;
}

function Lines({ log, found, current, isFollowing, isSearching, onFollow }: ILinesProps): React.ReactElement {
  const { trans } = useWords();
  const box = React.useRef<HTMLDivElement>(null);
  const { lines } = log;
  const { first, last } = useWindow(box, lines.length, ROW, nothing);

  React.useLayoutEffect(() => {
    if (isFollowing && !isSearching && box.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [lines, isFollowing, isSearching]);
  // What is put before the first line must not move what somebody reads.
  const before = React.useRef(log.before);
  React.useLayoutEffect(() => {
    if (box.current && log.before !== before.current) {
      box.current.scrollTop += (log.before - before.current) * ROW;
    }
    before.current = log.before;
  }, [log, lines]);
  React.useEffect(() => {
    if (current && box.current) {
      const top = current.line * ROW;
      const { scrollTop, clientHeight } = box.current;
      if (top < scrollTop || top + ROW > scrollTop + clientHeight) {
        box.current.scrollTop = Math.max(0, top - clientHeight / 3);
      }
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [current?.line, current?.start, isSearching]);

  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < 2 * ROW;
    if (isAtEnd !== isFollowing) {
      onFollow(isAtEnd);
    }
    if (scrollTop < 4 * ROW && log.hasEarlier && !log.isLoading) {
      void log.readEarlier();
    }
  };
  return (
    <div
      ref={box}
      className="azml-LogFile-lines"
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={trans.__('Log')}
      onScroll={onScroll}
    >
      <div style={{ height: lines.length * ROW }}>
        <div style={{ transform: `translateY(${first * ROW}px)` }}>
          {lines.slice(first, last).map((line, i) => (
            <Line
              key={first + i}
              text={line}
              number={first + i}
              found={found}
              current={current}
              hasStart={!log.hasEarlier}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function Step({
  icon: Icon,
  label,
  isOff,
  onClick
}: {
  icon: typeof caretUpIcon;
  label: string;
  isOff: boolean;
  onClick: () => void;
}): React.ReactElement {
  return (
    <button
      type="button"
      className="azml-IconButton"
      title={label}
      aria-label={label}
      disabled={isOff}
      onClick={onClick}
    >
      <Icon.react tag="span" />
    </button>
  );
}

interface ILineProps {
  text: string;
  number: number;
  found: readonly IFound[];
  current: IFound | undefined;
  /** Whether the first line that is known is the first of the file: only then lines have numbers. */
  hasStart: boolean;
}

function Line({ text, number, found, current, hasStart }: ILineProps): React.ReactElement {
  const here = inLine(found, number);
  const shown = text.slice(0, LONGEST);
  const pieces: React.ReactNode[] = [];
  let from = 0;
  for (const each of here) {
    pieces.push(shown.slice(from, each.start));
    pieces.push(
      <mark key={each.start} className={each === current ? 'azml-mod-current' : ''}>
        {shown.slice(each.start, each.end)}
      </mark>
    );
    from = each.end;
  }
  pieces.push(shown.slice(from));
  return (
    <div className="azml-LogFile-line" style={{ height: ROW }}>
      {hasStart && (
        <span className="azml-LogFile-number" aria-hidden="true">
          {number + 1}
        </span>
      )}
      <span>{pieces}</span>
      {text.length > LONGEST && '…'}
    </div>
  );
}

/** Places are in order of their lines: those of one are found by halves. */
function inLine(found: readonly IFound[], line: number): readonly IFound[] {
  let [low, high] = [0, found.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (found[middle].line < line) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  let end = low;
  while (end < found.length && found[end].line === line) {
    end++;
  }
  return found.slice(low, end);
}

function emptyWord(log: LogFile, trans: ReturnType<typeof useWords>['trans']): string {
  if (log.isLoading) {
    return trans.__('Reading the log…');
  }
  return log.isLive ? trans.__('Nothing printed yet.') : trans.__('The job printed nothing.');
}
