import * as React from 'react';

/** Names and values under a heading; nothing where there are none. */
export function FactList({
  title,
  facts
}: {
  title: string;
  facts: readonly (readonly [string, React.ReactNode])[];
}): React.ReactElement | null {
  const shown = facts.filter(([, value]) => value !== '' && value !== null && value !== undefined);
  if (shown.length === 0) {
    return null;
  }
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl className="azml-FactList">
        {shown.map(([name, value]) => (
          <React.Fragment key={name}>
            <dt title={name}>{name}</dt>
            <dd>{value}</dd>
          </React.Fragment>
        ))}
      </dl>
    </section>
  );
}
