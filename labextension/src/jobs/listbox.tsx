import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { useNow } from '../ui/hooks';
import { asksForMenu, bringIntoSight, openMenu, rowAfter } from '../ui/listkeys';
import { useWindow } from '../ui/window';
import { useWords } from '../ui/words';
import type { Marks } from './marks';
import { JobRow } from './row';
import { Row, rowAt, startsOf, UNIT } from './rows';

interface IProps {
  /** A change of it is a new list, to be read from its top. */
  filter: string;
  rows: readonly Row[];
  marks: Marks;
  /** The job that is followed. */
  selected: string | null;
  isBusy: boolean;
  /** A click or the space bar: to be followed here. */
  onSelect: (name: string) => void;
  /** A double click or Enter: to be seen whole. */
  onOpen: (name: string) => void;
  onToggle: (experiment: string) => void;
  onNearEnd: () => void;
}

/**
 * The list of jobs. Rows out of sight are not there, so the box keeps the focus and points at its active row
 * (aria-activedescendant) instead of handing the focus around. Click and space follow a job, Enter and a double click
 * open it; with Ctrl or Shift rows are marked.
 */
export function JobListbox(props: IProps): React.ReactElement {
  const { filter, rows, marks, selected, onSelect, onOpen, onToggle } = props;
  const { trans } = useWords();
  const box = React.useRef<HTMLDivElement>(null);
  const id = React.useId();
  const now = useNow(30_000);
  const [active, setActive] = React.useState<string | null>(null);
  const starts = React.useMemo(() => startsOf(rows), [rows]);
  const units = starts[rows.length];
  const sight = useWindow(box, units, UNIT, props.onNearEnd);
  const first = rowAt(starts, sight.first);
  const last = rows.length ? rowAt(starts, sight.last) + 1 : 0;
  const wanted = active ?? selected;
  const activeIndex = React.useMemo(
    () => (wanted === null ? -1 : rows.findIndex(row => row.key === wanted)),
    [rows, wanted]
  );
  const isGrouped = rows.length > 0 && rows[0].kind === 'group';

  // A job selected from elsewhere (a notification, the command) is brought into sight.
  React.useEffect(() => {
    setActive(selected);
    const index = rows.findIndex(row => row.key === selected);
    if (index >= 0) {
      bringIntoSight(box.current!, starts[index] * UNIT, starts[index + 1] * UNIT);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);

  React.useEffect(() => {
    box.current!.scrollTop = 0;
  }, [filter]);

  const latest = React.useRef(rows);
  latest.current = rows;
  const names = () => latest.current.flatMap(row => (row.kind === 'job' ? [row.job.name] : []));
  // The same for all time: rows that did not change are not drawn again.
  const onClick = React.useCallback(
    (name: string, event: React.MouseEvent) => {
      setActive(name);
      if (event.shiftKey) {
        marks.extend(name, names());
      } else if (event.ctrlKey || event.metaKey || (event.target as Element).closest('[data-mark]')) {
        marks.toggle(name);
      } else {
        onSelect(name);
      }
    },
    [marks, onSelect]
  );
  const move = (index: number, isMarking: boolean) => {
    const row = rows[index];
    const from = rows[activeIndex];
    if (isMarking && row.kind === 'job') {
      if (from?.kind === 'job' && !marks.has(from.job.name)) {
        marks.toggle(from.job.name);
      }
      marks.extend(row.job.name, names());
    }
    setActive(row.key);
    bringIntoSight(box.current!, starts[index] * UNIT, starts[index + 1] * UNIT);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const page = (box.current?.clientHeight ?? 0) / (2 * UNIT);
    const next = rowAfter(event, { active: activeIndex, count: rows.length, page });
    const row = rows[activeIndex] as Row | undefined;
    const isMarking = event.ctrlKey || event.metaKey;
    if (next !== null) {
      move(next, event.shiftKey);
    } else if (isMarking && event.key.toLowerCase() === 'a') {
      marks.all(names());
    } else if (event.key === 'Escape' && marks.names.size > 0) {
      marks.clear();
    } else if (
      row?.kind === 'group' &&
      'Enter ArrowLeft ArrowRight'.split(' ').concat(' ').includes(event.key)
    ) {
      const isWanted = event.key === 'ArrowRight' ? true : event.key === 'ArrowLeft' ? false : !row.isOpen;
      if (isWanted !== row.isOpen) {
        onToggle(row.experiment);
      }
    } else if (row?.kind === 'job' && event.key === ' ') {
      if (isMarking) {
        marks.toggle(row.job.name);
      } else {
        onSelect(row.job.name);
      }
    } else if (row?.kind === 'job' && event.key === 'Enter') {
      onOpen(row.job.name);
    } else if (row && asksForMenu(event)) {
      openMenu(document.getElementById(rowId(activeIndex)));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const rowId = (index: number) => `${id}-${index}`;
  const role = isGrouped ? 'treeitem' : 'option';
  return (
    <div
      ref={box}
      className="azml-JobList"
      role={isGrouped ? 'tree' : 'listbox'}
      tabIndex={0}
      aria-label={trans.__('Jobs')}
      aria-busy={props.isBusy}
      aria-multiselectable={true}
      aria-activedescendant={activeIndex >= first && activeIndex < last ? rowId(activeIndex) : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="azml-JobList-rows" style={{ height: units * UNIT }}>
        {rows.slice(first, last).map((row, i) => {
          const index = first + i;
          const top = starts[index] * UNIT;
          const height = starts[index + 1] * UNIT - top;
          const isActive = index === activeIndex;
          return row.kind === 'group' ? (
            <GroupRow
              key={row.key}
              id={rowId(index)}
              row={row}
              style={{ top, height }}
              isActive={isActive}
              onClick={() => {
                setActive(row.key);
                onToggle(row.experiment);
              }}
            />
          ) : (
            <JobRow
              key={row.key}
              id={rowId(index)}
              role={role}
              job={row.job}
              index={index}
              count={rows.length}
              top={top}
              height={height}
              now={now}
              isActive={isActive}
              isFollowed={row.job.name === selected}
              isMarked={marks.has(row.job.name)}
              onClick={onClick}
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

function GroupRow({
  id,
  row,
  style,
  isActive,
  onClick
}: {
  id: string;
  row: Extract<Row, { kind: 'group' }>;
  style: React.CSSProperties;
  isActive: boolean;
  onClick: () => void;
}): React.ReactElement {
  const Caret = (row.isOpen ? caretDownIcon : caretRightIcon).react;
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={1}
      aria-expanded={row.isOpen}
      aria-selected={false}
      className={`azml-JobGroup${isActive ? ' azml-mod-active' : ''}`}
      style={style}
      title={row.experiment}
      data-experiment={row.experiment}
      onClick={onClick}
    >
      <Caret tag="span" className="azml-JobGroup-caret" />
      <span className="azml-JobGroup-name">{row.experiment}</span>
      <span className="azml-JobGroup-count">{row.count}</span>
    </div>
  );
}
