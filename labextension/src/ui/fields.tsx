import * as React from 'react';

interface IField {
  label: string;
  hint?: string;
}

/** A label over what is asked for, and below it a word of help. */
export function Field({
  label,
  hint,
  children
}: IField & {
  children: (id: string, described: string | undefined) => React.ReactElement;
}): React.ReactElement {
  const id = React.useId();
  const described = hint ? `${id}-hint` : undefined;
  return (
    <div className="azml-Field">
      <label htmlFor={id}>{label}</label>
      {children(id, described)}
      {hint && (
        <p id={described} className="azml-Field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

interface IText extends IField {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  /** What may be meant. */
  options?: readonly string[];
  isLong?: boolean;
  isDisabled?: boolean;
}

export function TextField(props: IText): React.ReactElement {
  const list = React.useId();
  const { value, onChange, placeholder, options, isLong, isDisabled } = props;
  return (
    <Field label={props.label} hint={props.hint}>
      {(id, described) =>
        isLong ? (
          <textarea
            id={id}
            aria-describedby={described}
            value={value}
            rows={3}
            placeholder={placeholder}
            onChange={event => onChange(event.target.value)}
          />
        ) : (
          <>
            <input
              id={id}
              type="text"
              aria-describedby={described}
              value={value}
              placeholder={placeholder}
              disabled={isDisabled}
              list={options ? list : undefined}
              spellCheck={false}
              autoComplete="off"
              onChange={event => onChange(event.target.value)}
            />
            {options && (
              <datalist id={list}>
                {options.map(option => (
                  <option key={option} value={option} />
                ))}
              </datalist>
            )}
          </>
        )
      }
    </Field>
  );
}

export function NumberField({
  label,
  hint,
  value,
  onChange,
  min,
  max,
  step = 1
}: IField & {
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  step?: number | 'any';
}): React.ReactElement {
  return (
    <Field label={label} hint={hint}>
      {(id, described) => (
        <input
          id={id}
          type="number"
          aria-describedby={described}
          value={value ?? ''}
          min={min}
          max={max}
          step={step}
          onChange={event => onChange(event.target.value === '' ? null : event.target.valueAsNumber)}
        />
      )}
    </Field>
  );
}

export interface IChoice<Value extends string> {
  value: Value;
  label: string;
}

export function ChoiceField<Value extends string>({
  label,
  hint,
  value,
  choices,
  onChange
}: IField & {
  value: Value;
  choices: readonly IChoice<Value>[];
  onChange: (value: Value) => void;
}): React.ReactElement {
  return (
    <Field label={label} hint={hint}>
      {(id, described) => (
        <select
          id={id}
          aria-describedby={described}
          value={value}
          onChange={event => onChange(event.target.value as Value)}
        >
          {choices.map(choice => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckField({
  label,
  hint,
  value,
  onChange
}: IField & { value: boolean; onChange: (value: boolean) => void }): React.ReactElement {
  const id = React.useId();
  return (
    <div className="azml-Field azml-mod-check">
      <label>
        <input
          type="checkbox"
          checked={value}
          aria-describedby={hint ? id : undefined}
          onChange={event => onChange(event.target.checked)}
        />
        {label}
      </label>
      {hint && (
        <p id={id} className="azml-Field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

/** One of a few, all in sight. */
export function RadioField<Value extends string>({
  label,
  value,
  choices,
  onChange
}: IField & {
  value: Value;
  choices: readonly IChoice<Value>[];
  onChange: (value: Value) => void;
}): React.ReactElement {
  const name = React.useId();
  return (
    <fieldset className="azml-Field azml-mod-radio">
      <legend>{label}</legend>
      {choices.map(choice => (
        <label key={choice.value}>
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
