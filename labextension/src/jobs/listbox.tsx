import * as React from 'react';
import type { Job } from '../api/types';
import { useNow } from '../ui/hooks';
import { useWindow } from '../ui/window';
import { useWords } from '../ui/words';
import { JobRow, ROW_HEIGHT } from './row';

interface IProps {
  /** A change of it is a new list, to be read from its top. */
  filter: string;
  jobs: readonly Job[];
  selected: string | null;
  isBusy: boolean;
  onSelect: (name: string) => void;
  onNearEnd: () => void;
}

/**
 * The list of jobs. Rows out of sight are not there, so the box keeps the focus and points at its active row
 * (aria-activedescendant) instead of handing the focus around.
 */
export function JobListbox({
  filter,
  jobs,
  selected,
  isBusy,
  onSelect,
  onNearEnd
}: IProps): React.ReactElement {
  const { trans } = useWords();
  const box = React.useRef<HTMLDivElement>(null);
  const id = React.useId();
  const now = useNow(30_000);
  const [active, setActive] = React.useState<string | null>(null);
  const { first, last } = useWindow(box, jobs.length, ROW_HEIGHT, onNearEnd);
  const activeIndex = jobs.findIndex(job => job.name === (active ?? selected));

  // A job selected from elsewhere (a notification, the command) is brought into sight.
  React.useEffect(() => {
    setActive(selected);
    const index = jobs.findIndex(job => job.name === selected);
    if (index >= 0) {
      intoSight(box.current!, index);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);

  React.useEffect(() => {
    box.current!.scrollTop = 0;
  }, [filter]);

  const select = React.useCallback((job: Job) => onSelect(job.name), [onSelect]);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const moves: Record<string, number> = {
      ArrowDown: activeIndex + 1,
      ArrowUp: activeIndex - 1,
      PageDown: activeIndex + page,
      PageUp: activeIndex - page,
      Home: 0,
      End: jobs.length - 1
    };
    if (event.key in moves && jobs.length > 0) {
      const index = Math.min(jobs.length - 1, Math.max(0, moves[event.key]));
      setActive(jobs[index].name);
      intoSight(box.current!, index);
    } else if ((event.key === 'Enter' || event.key === ' ') && activeIndex >= 0) {
      onSelect(jobs[activeIndex].name);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const rowId = (index: number) => `${id}-${index}`;
  return (
    <div
      ref={box}
      className="azml-JobList"
      role="listbox"
      tabIndex={0}
      aria-label={trans.__('Jobs')}
      aria-busy={isBusy}
      aria-activedescendant={activeIndex >= first && activeIndex < last ? rowId(activeIndex) : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="azml-JobList-rows" style={{ height: jobs.length * ROW_HEIGHT }}>
        {jobs.slice(first, last).map((job, i) => (
          <JobRow
            key={job.name}
            id={rowId(first + i)}
            job={job}
            index={first + i}
            count={jobs.length}
            now={now}
            isActive={first + i === activeIndex}
            isSelected={job.name === selected}
            onSelect={select}
          />
        ))}
      </div>
    </div>
  );
}

function intoSight(box: HTMLElement, index: number): void {
  const top = index * ROW_HEIGHT;
  box.scrollTop = Math.min(top, Math.max(box.scrollTop, top + ROW_HEIGHT - box.clientHeight));
}
