import {
  caretDownIcon,
  caretRightIcon,
  fileIcon,
  folderIcon,
  LabIcon,
  spreadsheetIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';
import { asksForMenu, bringIntoSight, openMenu, rowAfter } from '../ui/listkeys';
import { useWindow } from '../ui/window';
import { assetIcon, datastoreIcon } from './icons';
import { fileSize } from './format';
import type { INode, IRow } from './tree';
import { useWords } from '../ui/words';
import { dateTime } from '../jobs/format';

export const ROW_HEIGHT = 26;

interface IProps {
  label: string;
  rows: readonly IRow[];
  onToggle: (row: IRow, wanted?: boolean) => void;
  /** Enter or a double click on what can be looked at. */
  onOpen: (row: IRow) => void;
  onMore: (parent: string) => void;
  /** The user is at another row. */
  onActive?: (row: IRow) => void;
  onDragStart: (row: IRow, event: React.DragEvent) => void;
  /** Files of the desktop over a datastore or one of its folders. */
  onDropFiles: (row: IRow, transfer: DataTransfer) => void;
}

/**
 * A tree of any length. Rows out of sight are not there, so the box keeps the focus and points at its active row
 * (aria-activedescendant).
 */
export function TreeView(props: IProps): React.ReactElement {
  const { rows } = props;
  const box = React.useRef<HTMLDivElement>(null);
  const id = React.useId();
  const [active, setActive] = React.useState<string | null>(null);
  const [target, setTarget] = React.useState<string | null>(null);
  const { first, last } = useWindow(box, rows.length, ROW_HEIGHT, nothing);
  const activeIndex = rows.findIndex(row => row.key === active);

  // The row that says that there is more loads it as soon as it is in sight.
  const more = rows.slice(first, last).find(row => row.kind === 'more' && row.parent)?.parent;
  const { onMore, onActive } = props;
  const activeRow = rows[activeIndex];
  React.useEffect(() => {
    if (activeRow) {
      onActive?.(activeRow);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [activeRow?.key]);
  React.useEffect(() => {
    if (more) {
      onMore(more);
    }
  }, [more, rows.length, onMore]);

  const go = (index: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, index));
    if (rows[next]) {
      setActive(rows[next].key);
      bringIntoSight(box.current!, next * ROW_HEIGHT, (next + 1) * ROW_HEIGHT);
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const row = rows[activeIndex];
    const page = (box.current?.clientHeight ?? 0) / ROW_HEIGHT;
    const next = rowAfter(event, { active: activeIndex, count: rows.length, page });
    if (next !== null) {
      go(next);
    } else if (event.key === 'ArrowRight' && row) {
      if (row.isExpandable && !row.isExpanded) {
        props.onToggle(row, true);
      } else if (row.isExpanded) {
        go(activeIndex + 1);
      }
    } else if (event.key === 'ArrowLeft' && row) {
      if (row.isExpanded) {
        props.onToggle(row, false);
      } else if (row.parent) {
        go(rows.findIndex(each => each.key === row.parent));
      }
    } else if (event.key === 'Enter' && row) {
      activate(props, row);
    } else if (event.key === ' ' && row) {
      props.onToggle(row);
    } else if (asksForMenu(event) && row) {
      openMenu(box.current!.querySelector(`[data-key="${CSS.escape(row.key)}"]`));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={box}
      className="azml-Tree"
      role="tree"
      tabIndex={0}
      aria-label={props.label}
      aria-activedescendant={activeIndex >= first && activeIndex < last ? `${id}-${activeIndex}` : undefined}
      onKeyDown={onKeyDown}
      onDragLeave={() => setTarget(null)}
    >
      <div role="presentation" className="azml-Tree-rows" style={{ height: rows.length * ROW_HEIGHT }}>
        {rows.slice(first, last).map((row, i) => (
          <TreeRow
            key={first + i} // a server that tells a name twice must not leave rows behind
            id={`${id}-${first + i}`}
            row={row}
            top={(first + i) * ROW_HEIGHT}
            isActive={row.key === active}
            isTarget={row.key === target}
            onClick={() => {
              setActive(row.key);
              if (row.isExpandable) {
                props.onToggle(row);
              } else if (row.kind === 'more' && row.parent) {
                props.onMore(row.parent);
              } else {
                activate(props, row);
              }
            }}
            onMenu={() => setActive(row.key)}
            onDragStart={event => props.onDragStart(row, event)}
            onDragOver={event => {
              if (row.place && event.dataTransfer.types.includes('Files')) {
                event.preventDefault();
                event.stopPropagation();
                event.dataTransfer.dropEffect = 'copy';
                setTarget(row.key);
              }
            }}
            onDrop={event => {
              setTarget(null);
              if (row.place && event.dataTransfer.types.includes('Files')) {
                event.preventDefault();
                event.stopPropagation();
                props.onDropFiles(row, event.dataTransfer);
              }
            }}
          />
        ))}
      </div>
    </div>
  );
}

function activate(props: IProps, row: IRow): void {
  if (row.uri && row.kind !== 'datastore') {
    props.onOpen(row);
  } else {
    props.onToggle(row);
  }
}

interface IRowProps {
  id: string;
  row: IRow;
  top: number;
  isActive: boolean;
  isTarget: boolean;
  onClick: () => void;
  onMenu: () => void;
  onDragStart: (event: React.DragEvent) => void;
  onDragOver: (event: React.DragEvent) => void;
  onDrop: (event: React.DragEvent) => void;
}

function TreeRow({ row, ...props }: IRowProps): React.ReactElement {
  const { locale } = useWords();
  const icon = iconOf(row);
  const Caret = row.isExpanded ? caretDownIcon : caretRightIcon;
  const told = [
    row.label,
    row.hint,
    row.size === null ? '' : fileSize(row.size, locale),
    row.modified ? dateTime(row.modified, locale) : '',
    row.uri
  ];
  return (
    <div
      id={props.id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={row.isExpandable ? row.isExpanded : undefined}
      aria-selected={props.isActive}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-busy={row.isLoading || undefined}
      className={`azml-TreeRow${props.isActive ? ' azml-mod-active' : ''}${props.isTarget ? ' azml-mod-target' : ''}`}
      data-kind={row.kind}
      data-key={row.key}
      data-uri={row.uri || undefined}
      data-takes={row.kind === 'datastore' || row.kind === 'folder' ? 'files' : undefined}
      data-stored={row.kind === 'folder' || row.kind === 'file' ? row.kind : undefined}
      style={{ top: props.top, height: ROW_HEIGHT, paddingLeft: 6 + 14 * row.depth }}
      title={told.filter(Boolean).join('\n')}
      draggable={Boolean(row.uri)}
      onClick={props.onClick}
      onContextMenu={props.onMenu}
      onDragStart={props.onDragStart}
      onDragOver={props.onDragOver}
      onDrop={props.onDrop}
    >
      <span className="azml-TreeRow-caret">{row.isExpandable && <Caret.react tag="span" />}</span>
      {icon && <icon.react tag="span" className="azml-TreeRow-icon" />}
      <span className="azml-TreeRow-label">{row.label}</span>
      {row.isLoading ? (
        <span className="azml-TreeRow-hint">…</span>
      ) : (
        <span className="azml-TreeRow-hint">{row.size === null ? row.hint : fileSize(row.size, locale)}</span>
      )}
    </div>
  );
}

function iconOf(node: INode): LabIcon | null {
  switch (node.kind) {
    case 'asset':
      return assetIcon;
    case 'datastore':
      return datastoreIcon;
    case 'folder':
      return folderIcon;
    case 'file':
      return node.isTable ? spreadsheetIcon : fileIcon;
    default:
      return null;
  }
}

const nothing = () => undefined;
