import * as React from 'react';
import type { Job } from '../api/types';
import { StatusIcon } from '../ui/badge';
import { isTerminal } from '../ui/status';
import { statusWord, useWords } from '../ui/words';
import { ago, dateTime } from './format';

interface IProps {
  job: Job;
  id: string;
  role: 'option' | 'treeitem';
  index: number;
  count: number;
  /** Pixels. */
  top: number;
  height: number;
  now: number;
  isActive: boolean;
  isFollowed: boolean;
  isMarked: boolean;
  onClick: (name: string, event: React.MouseEvent) => void;
  onOpen: (name: string) => void;
}

/** One line of the list of jobs. */
export const JobRow = React.memo(function JobRow(props: IProps): React.ReactElement {
  const { trans, locale } = useWords();
  const { job, index, role, isActive, isFollowed, isMarked } = props;
  const { progress } = job;
  const state =
    progress && progress.cell > 0 && !isTerminal(job.status)
      ? trans.__('cell %1 of %2', progress.cell, progress.cells)
      : statusWord(job.status, trans);
  return (
    <div
      id={props.id}
      role={role}
      aria-level={role === 'treeitem' ? 2 : undefined}
      aria-selected={isMarked || isFollowed}
      aria-posinset={index + 1}
      aria-setsize={props.count}
      className={`azml-JobRow${isActive ? ' azml-mod-active' : ''}${isMarked ? ' azml-mod-marked' : ''}${isFollowed ? ' azml-mod-followed' : ''}`}
      data-job={job.name}
      data-status={job.status}
      style={{ top: props.top, height: props.height }}
      title={`${job.display_name}\n${job.experiment}\n${dateTime(job.created, locale)}`}
      onClick={event => props.onClick(job.name, event)}
      onDoubleClick={() => props.onOpen(job.name)}
    >
      <span className="azml-JobRow-mark" data-mark="" title={trans.__('Mark (Ctrl+click)')}>
        <StatusIcon status={job.status} />
        <span className="azml-JobRow-box" aria-hidden="true" />
      </span>
      <div className="azml-JobRow-text">
        <div className="azml-JobRow-line">
          <span className="azml-JobRow-name">{job.display_name || job.name}</span>
          <span className="azml-JobRow-time">{ago(job.created, props.now, locale)}</span>
        </div>
        <div className="azml-JobRow-line azml-mod-faint">
          <span className="azml-JobRow-state">{state}</span>
          {role === 'option' && <span className="azml-JobRow-experiment">{job.experiment}</span>}
        </div>
      </div>
      {progress && progress.cells > 0 && !isTerminal(job.status) && (
        <div className="azml-JobRow-progress" aria-hidden="true">
          <div style={{ transform: `scaleX(${Math.max(0, progress.cell - 1) / progress.cells})` }} />
        </div>
      )}
    </div>
  );
});
