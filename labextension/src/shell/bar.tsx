import { addIcon, LabIcon, searchIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

interface IBarAction {
  label: string;
  icon?: LabIcon;
  run: () => void;
}

/** Over a section's list: what to look for, and what can be added. */
export function SectionBar({
  filter,
  onFilter,
  placeholder,
  add,
  children
}: {
  filter?: string;
  onFilter?: (text: string) => void;
  placeholder?: string;
  /** The one thing that most come to make. */
  add?: IBarAction;
  children?: React.ReactNode;
}): React.ReactElement {
  return (
    <div className="azml-Bar" role="toolbar" aria-label={placeholder ?? add?.label}>
      {onFilter && <SearchField text={filter ?? ''} placeholder={placeholder ?? ''} onText={onFilter} />}
      {children}
      {add && <BarButton {...add} icon={add.icon ?? addIcon} />}
    </div>
  );
}

export function SearchField({
  text,
  placeholder,
  onText
}: {
  text: string;
  placeholder: string;
  onText: (text: string) => void;
}): React.ReactElement {
  // A field that is drawn a frame after the key has lost the place of its cursor.
  const [typed, setTyped] = React.useState(text);
  React.useEffect(() => setTyped(text), [text]);
  return (
    <div className="azml-Filter">
      <searchIcon.react tag="span" className="azml-Filter-icon" />
      <input
        type="search"
        value={typed}
        placeholder={placeholder}
        aria-label={placeholder}
        spellCheck={false}
        maxLength={500}
        onChange={event => {
          setTyped(event.target.value);
          onText(event.target.value);
        }}
      />
    </div>
  );
}

export function BarButton({
  label,
  icon,
  run,
  isPressed
}: IBarAction & { icon: LabIcon; isPressed?: boolean }): React.ReactElement {
  return (
    <button
      type="button"
      className="azml-IconButton"
      title={label}
      aria-label={label}
      aria-pressed={isPressed}
      onClick={run}
    >
      <icon.react tag="span" />
    </button>
  );
}
