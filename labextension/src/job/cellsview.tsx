import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import * as React from 'react';
import type { CellChanged, Job, NotebookCell } from '../api/types';
import { duration } from '../jobs/format';
import type { LogTail } from '../jobs/log';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { isTerminal } from '../ui/status';
import { useWords } from '../ui/words';
import type { CellsModel } from './cells';
import { Outputs, Source } from './rendered';
import { useSeen } from './seen';

interface IProps {
  model: CellsModel;
  rendermime: IRenderMimeRegistry;
}

/** The notebook as it fills up: each cell with what came of it. */
export function CellsView({ model, rendermime }: IProps): React.ReactElement {
  const { trans } = useWords();
  const box = React.useRef<HTMLDivElement>(null);
  useChanges(model.changed);
  const { followed, cells, error } = model;
  const isLive = !isTerminal(followed.job.status);
  const running = followed.cell?.state === 'running' && isLive ? followed.cell.cell : null;
  const [isFollowing, setFollowing] = React.useState(true);
  React.useEffect(() => {
    if (isFollowing && running !== null) {
      box.current?.querySelector(`[data-cell="${running}"]`)?.scrollIntoView({ block: 'nearest' });
    }
  }, [isFollowing, running, model.isRead]);
  if (error && cells.length === 0) {
    return (
      <Problem error={error}>
        <button type="button" className="azml-Button" onClick={() => void model.read(true)}>
          {trans.__('Try again')}
        </button>
      </Problem>
    );
  }
  if (!model.isRead) {
    return <p className="azml-Loading">{trans.__('Reading the notebook…')}</p>;
  }
  const failed = [...followed.cells.values()].find(cell => stateOf(cell, followed.job) === 'failed')?.cell;
  const goTo = (number: number) =>
    box.current?.querySelector(`[data-cell="${number}"]`)?.scrollIntoView({ block: 'start' });
  return (
    <div className="azml-Cells" ref={box} tabIndex={0} role="region" aria-label={trans.__('Cells')}>
      {(isLive || failed !== undefined) && (
        <div className="azml-Cells-bar">
          {isLive && (
            <label className="azml-Tick">
              <input
                type="checkbox"
                checked={isFollowing}
                onChange={event => setFollowing(event.target.checked)}
              />
              {trans.__('Go along with the running cell')}
            </label>
          )}
          {failed !== undefined && (
            <button type="button" className="azml-Button" onClick={() => goTo(failed)}>
              {trans.__('Go to the cell that failed')}
            </button>
          )}
        </div>
      )}
      {cells.length === 0 && (
        <p className="azml-mod-faint">{trans.__('Nothing of the notebook can be shown.')}</p>
      )}
      {cells.map(cell => (
        <CellView
          key={cell.index}
          cell={cell}
          told={cell.number === null ? undefined : followed.cells.get(cell.number)}
          printed={cell.number === null ? undefined : followed.printed.get(cell.number)}
          job={followed.job}
          language={model.language}
          rendermime={rendermime}
        />
      ))}
    </div>
  );
}

interface ICellProps {
  cell: NotebookCell;
  told: CellChanged | undefined;
  printed: LogTail | undefined;
  job: Job;
  language: string;
  rendermime: IRenderMimeRegistry;
}

/** One cell. It is drawn when it is first near to the eye: a notebook may have a thousand. */
function CellView({ cell, told, printed, job, language, rendermime }: ICellProps): React.ReactElement {
  const { trans, locale } = useWords();
  const host = React.useRef<HTMLElement>(null);
  const isNear = useSeen(host);
  const state = stateOf(told, job);
  if (cell.kind !== 'code') {
    return (
      <section ref={host} className="azml-Cell azml-mod-text">
        {isNear ? (
          <Source
            text={cell.source}
            language={cell.kind === 'markdown' ? null : 'text'}
            rendermime={rendermime}
          />
        ) : (
          <pre>{cell.source}</pre>
        )}
      </section>
    );
  }
  // What is printed arrives by the socket; pictures and tables when the notebook is saved.
  const isLive = Boolean(printed && !printed.isEmpty) && state === 'running';
  const kept = isLive ? withoutText(cell.outputs) : cell.outputs;
  const label = cell.number === null ? trans.__('Cell that does not run') : trans.__('Cell %1', cell.number);
  return (
    <section
      ref={host}
      className={`azml-Cell azml-mod-${cell.number === null ? 'skipped' : state}`}
      data-cell={cell.number ?? undefined}
      data-state={state}
      aria-label={label}
    >
      <header className="azml-Cell-head">
        <span>{label}</span>
        {cell.number !== null && <span>{stateWord(state, trans)}</span>}
        {typeof told?.seconds === 'number' && told.seconds >= 0.1 && (
          <span>{duration(told.seconds, locale)}</span>
        )}
      </header>
      {isNear ? (
        <Source text={cell.source} language={language} rendermime={rendermime} />
      ) : (
        <pre className="azml-Cell-code">{cell.source}</pre>
      )}
      {isLive && <Printed text={printed!.text} label={trans.__('Output of the running cell')} />}
      {isNear && kept.length > 0 && <Outputs values={kept} rendermime={rendermime} />}
      {cell.is_cut && (
        <p className="azml-mod-faint">
          {trans.__('More output than can be shown here: open the notebook to see all of it.')}
        </p>
      )}
    </section>
  );
}

/** What a cell prints, at its end unless the reader has gone up. */
function Printed({ text, label }: { text: string; label: string }): React.ReactElement {
  const box = React.useRef<HTMLPreElement>(null);
  const isAtEnd = React.useRef(true);
  React.useLayoutEffect(() => {
    if (isAtEnd.current) {
      box.current!.scrollTop = box.current!.scrollHeight;
    }
  }, [text]);
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < 24;
  };
  return (
    <pre ref={box} className="azml-Cell-printed" tabIndex={0} aria-label={label} onScroll={onScroll}>
      {text}
    </pre>
  );
}

/** Of a canceled job no cell is to blame, and one that was running when all was over did not end by itself. */
export function stateOf(told: CellChanged | undefined, job: Job): string {
  const wasStopped =
    (told?.state === 'running' && isTerminal(job.status)) ||
    (told?.state === 'failed' && job.status === 'Canceled');
  return wasStopped ? 'stopped' : (told?.state ?? 'waiting');
}

type Bundle = ReturnType<typeof useWords>['trans'];

function stateWord(state: string, trans: Bundle): string {
  switch (state) {
    case 'completed':
      return trans.__('Completed');
    case 'failed':
      return trans.__('Failed');
    case 'running':
      return trans.__('Running');
    case 'stopped':
      return trans.__('Stopped');
    default:
      return trans.__('Not run');
  }
}

const cache = new WeakMap<readonly unknown[], readonly unknown[]>();

/** The same list for the same outputs, so that nothing is drawn anew. */
function withoutText(outputs: readonly unknown[]): readonly unknown[] {
  let kept = cache.get(outputs);
  if (!kept) {
    kept = outputs.filter(output => (output as { output_type?: string })?.output_type !== 'stream');
    cache.set(outputs, kept);
  }
  return kept;
}
