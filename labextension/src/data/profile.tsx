import * as React from 'react';
import type { ColumnProfile, Profile } from '../api/types';
import { useWords } from '../ui/words';
import { cellText, heights, measure, whole } from './format';

/** Every column with what its values are like. */
export function ProfileView({ profile }: { profile: Profile }): React.ReactElement {
  const { trans, locale } = useWords();
  return (
    <div
      className="azml-Profile"
      tabIndex={0}
      role="region"
      aria-label={trans.__('Columns of %1', profile.name)}
    >
      <p className="azml-Profile-basis">
        {profile.is_sample
          ? trans.__('Measured on the first %1 rows.', whole(profile.rows_read, locale))
          : trans.__('Measured on all %1 rows.', whole(profile.rows_read, locale))}
      </p>
      <ul>
        {profile.columns.map((column, i) => (
          <ColumnCard key={i} column={column} />
        ))}
      </ul>
    </div>
  );
}

function ColumnCard({ column }: { column: ColumnProfile }): React.ReactElement {
  const { trans, locale } = useWords();
  const all = column.count + column.missing;
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const facts: [string, string][] = [
    [
      trans.__('Missing'),
      column.missing ? `${whole(column.missing, locale)} · ${share.format(column.missing / all)}` : '0'
    ],
    [trans.__('Distinct'), `${column.is_distinct_exact ? '' : '≈ '}${whole(column.distinct, locale)}`]
  ];
  const measures: [string, unknown][] = [
    [trans.__('Lowest'), column.min],
    ['25 %', column.q25],
    [trans.__('Median'), column.median],
    ['75 %', column.q75],
    [trans.__('Highest'), column.max],
    [trans.__('Mean'), column.mean],
    [trans.__('Deviation'), column.std]
  ];
  for (const [name, value] of measures) {
    if (value !== null && value !== undefined) {
      facts.push([name, measure(value, locale)]);
    }
  }
  return (
    <li className="azml-Column">
      <header>
        <span className="azml-Column-name" title={column.name}>
          {column.name}
        </span>
        <span className="azml-Column-type">{column.type}</span>
      </header>
      {all > 0 && column.missing > 0 && (
        <div className="azml-Column-missing" aria-hidden="true">
          <div style={{ width: `${(100 * column.count) / all}%` }} />
        </div>
      )}
      {column.histogram.length > 0 ? <Histogram column={column} /> : <Frequent column={column} />}
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function Histogram({ column }: { column: ColumnProfile }): React.ReactElement {
  const { trans, locale } = useWords();
  const { histogram } = column;
  const tall = heights(histogram.map(bin => bin.count));
  const ends = [histogram[0].low, histogram[histogram.length - 1].high].map(end => measure(end, locale));
  return (
    <figure
      className="azml-Histogram"
      role="img"
      aria-label={trans.__('Distribution of %1 from %2 to %3', column.name, ...ends)}
    >
      <div className="azml-Histogram-bars">
        {histogram.map((bin, i) => (
          <div
            key={i}
            title={trans.__(
              '%1 to %2: %3',
              measure(bin.low, locale),
              measure(bin.high, locale),
              whole(bin.count, locale)
            )}
          >
            <div style={{ height: `${100 * tall[i]}%` }} />
          </div>
        ))}
      </div>
      <figcaption>
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </figcaption>
    </figure>
  );
}

function Frequent({ column }: { column: ColumnProfile }): React.ReactElement | null {
  const { trans, locale } = useWords();
  const { top } = column;
  if (top.length === 0) {
    return null;
  }
  const wide = heights(top.map(each => each.count));
  return (
    <ol className="azml-Frequent" aria-label={trans.__('Most frequent values of %1', column.name)}>
      {top.map((each, i) => (
        <li key={i} title={`${cellText(each.value)}: ${whole(each.count, locale)}`}>
          <div className="azml-Frequent-bar" style={{ width: `${100 * wide[i]}%` }} aria-hidden="true" />
          <span className="azml-Frequent-value">
            {each.value === '' ? trans.__('(empty)') : cellText(each.value)}
          </span>
          <span className="azml-Frequent-count">{whole(each.count, locale)}</span>
        </li>
      ))}
    </ol>
  );
}
