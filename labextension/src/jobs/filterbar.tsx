import { filterIcon, treeViewIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { BarButton, SearchField } from '../shell/bar';
import { useWords } from '../ui/words';
import { countOf, IJobFilter } from './filter';

interface IProps {
  filter: IJobFilter;
  onFilter: (filter: IJobFilter) => void;
  isGrouped: boolean;
  onGroup: (isOn: boolean) => void;
  experiments: () => Promise<readonly string[]>;
}

/** What is looked for among the jobs: a text, and what the funnel opens. */
export function FilterBar(props: IProps): React.ReactElement {
  const { isGrouped, onGroup, experiments } = props;
  const { trans } = useWords();
  // Fields that are drawn a frame after the key have lost the place of their cursor.
  const [filter, setFilter] = React.useState(props.filter);
  React.useEffect(() => setFilter(props.filter), [props.filter]);
  const put = (change: Partial<IJobFilter>) => {
    const next = { ...filter, ...change };
    setFilter(next);
    props.onFilter(next);
  };
  const count = countOf(filter);
  const [isOpen, setOpen] = React.useState(count > 0);
  return (
    <>
      <div className="azml-Bar">
        <SearchField
          text={filter.text}
          placeholder={trans.__('Filter jobs')}
          onText={text => put({ text })}
        />
        <BarButton
          label={trans.__('More filters')}
          icon={filterIcon}
          isPressed={isOpen || count > 0}
          run={() => setOpen(!isOpen)}
        />
        <BarButton
          label={trans.__('Group by experiment')}
          icon={treeViewIcon}
          isPressed={isGrouped}
          run={() => onGroup(!isGrouped)}
        />
      </div>
      {isOpen && <More filter={filter} put={put} experiments={experiments} />}
    </>
  );
}

function More({
  filter,
  put,
  experiments
}: Pick<IProps, 'filter' | 'experiments'> & {
  put: (change: Partial<IJobFilter>) => void;
}): React.ReactElement {
  const { trans } = useWords();
  const [names, setNames] = React.useState<readonly string[]>([]);
  const list = React.useId();
  React.useEffect(() => {
    let isWanted = true;
    experiments().then(
      found => isWanted && setNames(found),
      () => undefined // then the name has to be typed
    );
    return () => {
      isWanted = false;
    };
  }, [experiments]);
  const statuses: [IJobFilter['status'], string][] = [
    ['', trans.__('Any status')],
    ['active', trans.__('Waiting or running')],
    ['Completed', trans.__('Completed')],
    ['Failed', trans.__('Failed')],
    ['Canceled', trans.__('Canceled')]
  ];
  const ages: [IJobFilter['age'], string][] = [
    ['', trans.__('Any age')],
    ['1h', trans.__('Last hour')],
    ['24h', trans.__('Last 24 hours')],
    ['7d', trans.__('Last 7 days')],
    ['30d', trans.__('Last 30 days')]
  ];
  return (
    <div className="azml-Filters">
      <Choice
        label={trans.__('Status')}
        value={filter.status}
        choices={statuses}
        onChoose={status => put({ status })}
      />
      <Choice label={trans.__('Age')} value={filter.age} choices={ages} onChoose={age => put({ age })} />
      <input
        type="text"
        list={list}
        value={filter.experiment}
        placeholder={trans.__('Experiment')}
        aria-label={trans.__('Experiment')}
        spellCheck={false}
        maxLength={500}
        onChange={event => put({ experiment: event.target.value })}
      />
      <datalist id={list}>
        {names.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <input
        type="text"
        value={filter.tag}
        placeholder={trans.__('Tag, or tag=value')}
        aria-label={trans.__('Tag, or tag=value')}
        spellCheck={false}
        maxLength={500}
        onChange={event => put({ tag: event.target.value })}
      />
      <label className="azml-Check">
        <input
          type="checkbox"
          checked={filter.isArchived}
          onChange={event => put({ isArchived: event.target.checked })}
        />
        {trans.__('Archived jobs')}
      </label>
    </div>
  );
}

function Choice<Value extends string>({
  label,
  value,
  choices,
  onChoose
}: {
  label: string;
  value: Value;
  choices: readonly [Value, string][];
  onChoose: (value: Value) => void;
}): React.ReactElement {
  return (
    <select
      className="azml-Select"
      value={value}
      aria-label={label}
      onChange={event => onChoose(event.target.value as Value)}
    >
      {choices.map(([id, word]) => (
        <option key={id} value={id}>
          {word}
        </option>
      ))}
    </select>
  );
}
