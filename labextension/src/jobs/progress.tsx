import * as React from 'react';
import type { JobStatus } from '../api/types';
import { isTerminal } from '../ui/status';
import { useWords } from '../ui/words';
import { useNow } from '../ui/hooks';
import type { FollowedJob } from './followed';
import { duration } from './format';

/** More cells than this would be slivers: then one bar stands for all. */
const MOST_SEGMENTS = 60;

/** The cells of the notebook: one segment each, coloured as it went, and the one that runs by its title. */
export function ProgressView({ followed }: { followed: FollowedJob }): React.ReactElement | null {
  const { trans } = useWords();
  const { progress, job } = followed;
  if (!progress || progress.cells === 0) {
    return null;
  }
  const { cell, cells } = progress;
  const label = cell > 0 ? trans.__('Cell %1 of %2', cell, cells) : trans._n('%1 cell', '%1 cells', cells);
  const ended = [...followed.cells.values()].filter(each => each.state !== 'running').length;
  const done = job.status === 'Completed' ? cells : Math.max(ended, cell - 1, 0);
  return (
    <section className="azml-Section" aria-label={trans.__('Progress')}>
      <div className="azml-Progress-caption">
        <span>{label}</span>
        <CellTime followed={followed} />
      </div>
      <div
        className={`azml-Progress azml-mod-${isTerminal(job.status) ? 'ended' : 'running'}`}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={cells}
        aria-valuenow={done}
      >
        {cells <= MOST_SEGMENTS ? (
          <Segments followed={followed} cells={cells} />
        ) : (
          <div className="azml-Progress-bar" style={{ width: `${(100 * done) / cells}%` }} />
        )}
      </div>
      {followed.cell?.title && job.status !== 'Completed' && (
        <p className="azml-Progress-title" title={followed.cell.title}>
          {followed.cell.title}
        </p>
      )}
    </section>
  );
}

function Segments({ followed, cells }: { followed: FollowedJob; cells: number }): React.ReactElement {
  const { trans, locale } = useWords();
  const { cell: last } = followed.progress!;
  const { status } = followed.job;
  const isOver = isTerminal(status);
  return (
    <>
      {Array.from({ length: cells }, (_, i) => {
        const known = followed.cells.get(i + 1);
        const state =
          known && !(isOver && known.state === 'running') ? known.state : guess(i + 1, last, status);
        const time = known?.seconds ? ` · ${duration(known.seconds, locale)}` : '';
        const title = known
          ? `${trans.__('Cell %1', i + 1)}${time}\n${known.title}`
          : trans.__('Cell %1', i + 1);
        return <div key={i} className={`azml-Segment azml-mod-${state}`} title={title} />;
      })}
    </>
  );
}

/** What became of a cell that said nothing of its end. */
function guess(cell: number, last: number, status: JobStatus): string {
  if (cell < last || status === 'Completed') {
    return 'completed';
  }
  if (cell > last) {
    return 'waiting';
  }
  return { Failed: 'failed', Canceled: 'stopped' }[status as string] ?? 'running';
}

/** How long the running cell has been at it. */
function CellTime({ followed }: { followed: FollowedJob }): React.ReactElement | null {
  const { locale } = useWords();
  const { cell, job } = followed;
  const isRunning = cell?.state === 'running' && !isTerminal(job.status);
  const now = useNow(isRunning ? 1_000 : null);
  if (!isRunning || !cell) {
    return null;
  }
  return (
    <span className="azml-mod-faint">{duration(Math.floor((now - Date.parse(cell.at)) / 1000), locale)}</span>
  );
}
