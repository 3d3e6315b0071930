import * as React from 'react';
import type { AzmlError } from '../api/errors';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import { SectionBar } from './bar';
import { Refusal } from './refusal';
import { Rows } from './rows';

interface IRowsModel {
  isRead: boolean;
  /** Why the list could not be read. */
  error: AzmlError | null;
  /** What was asked for and not done. */
  refusal: AzmlError | null;
  hasMore: boolean;
  dismiss: () => void;
  refresh: () => Promise<void>;
  loadMore: () => Promise<void>;
  toggle: (name: string) => void;
}

interface IProps<Item> {
  label: string;
  placeholder: string;
  loading: string;
  add: { label: string; run: () => void };
  model: IRowsModel;
  items: readonly Item[];
  opened: ReadonlySet<string>;
  /** What the words of the filter are looked for in. */
  textOf: (item: Item) => string;
  head: (item: Item) => React.ReactNode;
  body: (item: Item) => React.ReactNode;
  /** Below the rows while nothing is filtered, once they are there. */
  empty: React.ReactNode;
  /** In the bar, between filter and +. */
  children?: React.ReactNode;
}

/** A part of the sidebar whose rows open: its bar, what went wrong, the rows that match. Drawn anew by who follows the model. */
export function RowsSection<Item extends { name: string }>(props: IProps<Item>): React.ReactElement {
  const { label, model } = props;
  const { trans } = useWords();
  const [filter, setFilter] = React.useState('');
  const more = React.useCallback(() => void model.loadMore(), [model]);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = props.items.filter(item => {
    const text = props.textOf(item).toLowerCase();
    return words.every(word => text.includes(word));
  });
  return (
    <section className="azml-List" aria-label={label}>
      <SectionBar filter={filter} onFilter={setFilter} placeholder={props.placeholder} add={props.add}>
        {props.children}
      </SectionBar>
      {model.refusal && <Refusal error={model.refusal} onClose={() => model.dismiss()} />}
      {model.error && !model.error.isOffline && (
        <Problem error={model.error}>
          <button type="button" className="azml-Button" onClick={() => void model.refresh()}>
            {trans.__('Try again')}
          </button>
        </Problem>
      )}
      {!model.isRead && !model.error && <p className="azml-Loading">{props.loading}</p>}
      <div className="azml-List-rows">
        <Rows
          label={label}
          items={shown}
          keyOf={item => item.name}
          opened={props.opened}
          onToggle={name => model.toggle(name)}
          head={props.head}
          body={props.body}
          onNearEnd={model.hasMore ? more : undefined}
        />
        {model.isRead && words.length > 0 && shown.length === 0 && (
          <p className="azml-Loading" role="status">
            {trans.__('Nothing matches.')}
          </p>
        )}
        {model.isRead && words.length === 0 && props.empty}
      </div>
    </section>
  );
}
