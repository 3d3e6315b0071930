import * as React from 'react';
import { asksForMenu, bringIntoSight, openMenu, rowAfter } from './listkeys';
import { useWindow } from './window';

interface IProps<T> {
  label: string;
  items: readonly T[];
  /** Pixels; all rows are equally high. */
  rowHeight: number;
  keyOf: (item: T) => string;
  /** What the browser tells on hovering. */
  titleOf?: (item: T) => string;
  /** For selectors of context menus: `data-…` attributes of a row. */
  dataOf?: (item: T) => Record<string, string | undefined>;
  render: (item: T) => React.ReactNode;
  /** A click, Enter or the space bar. */
  onOpen: (item: T) => void;
  onNearEnd?: () => void;
  isBusy?: boolean;
  /** A change of it is a new list, to be read from its top. */
  filter?: string;
}

/**
 * A list of any length. Rows out of sight are not there, so the box keeps the focus and points at its active row
 * (aria-activedescendant).
 */
export function RowList<T>(props: IProps<T>): React.ReactElement {
  const { items, rowHeight, keyOf, filter } = props;
  const box = React.useRef<HTMLDivElement>(null);
  const id = React.useId();
  const [active, setActive] = React.useState<string | null>(null);
  const { first, last } = useWindow(box, items.length, rowHeight, props.onNearEnd ?? nothing);
  const activeIndex = active === null ? -1 : items.findIndex(item => keyOf(item) === active);

  React.useEffect(() => {
    box.current!.scrollTop = 0;
  }, [filter]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const page = (box.current?.clientHeight ?? 0) / rowHeight;
    const index = rowAfter(event, { active: activeIndex, count: items.length, page });
    if (index !== null) {
      setActive(keyOf(items[index]));
      bringIntoSight(box.current!, index * rowHeight, (index + 1) * rowHeight);
    } else if ((event.key === 'Enter' || event.key === ' ') && activeIndex >= 0) {
      props.onOpen(items[activeIndex]);
    } else if (asksForMenu(event) && activeIndex >= 0) {
      openMenu(document.getElementById(`${id}-${activeIndex}`));
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={box}
      className="azml-RowList"
      role="listbox"
      tabIndex={0}
      aria-label={props.label}
      aria-busy={props.isBusy}
      aria-activedescendant={activeIndex >= first && activeIndex < last ? `${id}-${activeIndex}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="azml-RowList-rows" style={{ height: items.length * rowHeight }}>
        {items.slice(first, last).map((item, i) => {
          const index = first + i;
          const key = keyOf(item);
          return (
            <div
              key={index} // a server that tells a name twice must not leave rows behind
              id={`${id}-${index}`}
              role="option"
              aria-selected={key === active}
              aria-posinset={index + 1}
              aria-setsize={items.length}
              className={`azml-ListRow${key === active ? ' azml-mod-active' : ''}`}
              data-key={key}
              {...props.dataOf?.(item)}
              style={{ top: index * rowHeight, height: rowHeight }}
              title={props.titleOf?.(item)}
              onClick={() => {
                setActive(key);
                props.onOpen(item);
              }}
              onContextMenu={() => setActive(key)}
            >
              {props.render(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const nothing = () => undefined;
