import { caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

interface IProps<Item> {
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => string;
  opened: ReadonlySet<string>;
  onToggle: (key: string) => void;
  /** What stands beside the arrow, inside a button. */
  head: (item: Item) => React.ReactNode;
  /** Below it, once it is open. */
  body: (item: Item) => React.ReactNode;
  /** Buttons at the end of the row. */
  actions?: (item: Item) => React.ReactNode;
  className?: string;
  onNearEnd?: () => void;
}

/**
 * A list whose rows open. The arrow keys go from row to row, right and left open and close; one row is a stop of the
 * Tab key. Rows out of sight cost no layout: see `content-visibility` in shell.css.
 */
export function Rows<Item>(props: IProps<Item>): React.ReactElement {
  const { items, keyOf, opened, onToggle, onNearEnd } = props;
  const list = React.useRef<HTMLUListElement>(null);
  const end = React.useRef<HTMLLIElement>(null);
  const [stop, setStop] = React.useState<string | null>(null);
  const current = items.some(item => keyOf(item) === stop) ? stop : items.length ? keyOf(items[0]) : null;

  React.useEffect(() => {
    if (!end.current || !onNearEnd) {
      return;
    }
    const observer = new IntersectionObserver(seen => {
      if (seen.some(each => each.isIntersecting)) {
        onNearEnd();
      }
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [onNearEnd, items.length]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const heads = [...(list.current?.querySelectorAll<HTMLElement>('[data-head]') ?? [])];
    const at = heads.indexOf(event.target as HTMLElement);
    if (at < 0) {
      return;
    }
    const key = heads[at].dataset.head!;
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: heads.length - 1
    };
    if (event.key in moves) {
      const next = heads[Math.min(heads.length - 1, Math.max(0, moves[event.key]))];
      setStop(next.dataset.head!);
      next.focus();
    } else if (event.key === 'ArrowRight' && !opened.has(key)) {
      onToggle(key);
    } else if (event.key === 'ArrowLeft' && opened.has(key)) {
      onToggle(key);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <ul
      ref={list}
      className={`azml-Rows ${props.className ?? ''}`}
      aria-label={props.label}
      onKeyDown={onKeyDown}
    >
      {items.map(item => {
        const key = keyOf(item);
        const isOpen = opened.has(key);
        return (
          <li key={key} className="azml-Row" data-row={key}>
            <div className="azml-Row-line">
              <button
                type="button"
                className="azml-Row-head"
                data-head={key}
                aria-expanded={isOpen}
                tabIndex={key === current ? 0 : -1}
                onFocus={() => setStop(key)}
                onClick={() => onToggle(key)}
              >
                <caretRightIcon.react tag="span" className="azml-Row-caret" />
                {props.head(item)}
              </button>
              {props.actions && <div className="azml-Row-actions">{props.actions(item)}</div>}
            </div>
            {isOpen && <div className="azml-Row-body">{props.body(item)}</div>}
          </li>
        );
      })}
      <li ref={end} className="azml-Rows-end" aria-hidden="true" />
    </ul>
  );
}
