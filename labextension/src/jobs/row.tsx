import * as React from 'react';
import type { Job } from '../api/types';
import { StatusIcon } from '../ui/badge';
import { isTerminal } from '../ui/status';
import { statusWord, useWords } from '../ui/words';
import { ago, dateTime } from './format';

export const ROW_HEIGHT = 50;

interface IProps {
  job: Job;
  id: string;
  index: number;
  count: number;
  now: number;
  isActive: boolean;
  isSelected: boolean;
  onSelect: (job: Job, index: number) => void;
}

/** One line of the list of jobs. */
export const JobRow = React.memo(function JobRow(props: IProps): React.ReactElement {
  const { trans, locale } = useWords();
  const { job, index, isActive, isSelected } = props;
  const { progress } = job;
  const state =
    progress && progress.cell > 0 && !isTerminal(job.status)
      ? trans.__('cell %1 of %2', progress.cell, progress.cells)
      : statusWord(job.status, trans);
  return (
    <div
      id={props.id}
      role="option"
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={props.count}
      className={`azml-JobRow${isActive ? ' azml-mod-active' : ''}`}
      data-job={job.name}
      data-status={job.status}
      style={{ top: index * ROW_HEIGHT, height: ROW_HEIGHT }}
      title={`${job.display_name}\n${job.experiment}\n${dateTime(job.created, locale)}`}
      onClick={() => props.onSelect(job, index)}
    >
      <StatusIcon status={job.status} />
      <div className="azml-JobRow-text">
        <div className="azml-JobRow-line">
          <span className="azml-JobRow-name">{job.display_name || job.name}</span>
          <span className="azml-JobRow-time">{ago(job.created, props.now, locale)}</span>
        </div>
        <div className="azml-JobRow-line azml-mod-faint">
          <span className="azml-JobRow-state">{state}</span>
          <span className="azml-JobRow-experiment">{job.experiment}</span>
        </div>
      </div>
      {progress && progress.cells > 0 && !isTerminal(job.status) && (
        <div className="azml-JobRow-progress" aria-hidden="true">
          <div style={{ width: `${(100 * Math.max(0, progress.cell - 1)) / progress.cells}%` }} />
        </div>
      )}
    </div>
  );
});
