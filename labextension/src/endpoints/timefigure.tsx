import * as React from 'react';
import { isDark, lookOfLine } from '../chart/palette';
import { xText } from '../chart/ticks';
import { dateTime } from '../jobs/format';
import { ofNumbers, Table } from '../ui/table';
import { useWords } from '../ui/words';
import { DASHES, ILineOfTime, TimeChart } from './timechart';

interface IProps {
  title: string;
  times: number[];
  lines: readonly ILineOfTime[];
  /** Seconds of a point. */
  step: number;
  format: (value: number) => string;
  bounds?: [number, number];
}

const NOTHING = '–';

/** A chart over time, what it says under the pointer, and the same as a table. */
export function TimeFigure(props: IProps): React.ReactElement {
  const { title, times, lines, step, format, bounds } = props;
  const { trans, locale } = useWords();
  const host = React.useRef<HTMLDivElement>(null);
  const chart = React.useRef<TimeChart | null>(null);
  const [at, setAt] = React.useState<number | null>(null);
  const [isTable, setTable] = React.useState(false);
  const [dark, setDark] = React.useState(false);
  const told = (value: number | null) => (value === null ? NOTHING : format(value));

  React.useEffect(() => {
    if (isTable) {
      return undefined;
    }
    const made = new TimeChart(host.current!, locale, format, bounds ?? null);
    made.onHover = setAt;
    chart.current = made;
    setDark(isDark(host.current!));
    return () => {
      chart.current = null;
      made.dispose();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [locale, format, isTable]);
  React.useEffect(() => {
    chart.current?.show(times, lines);
  });

  const index = at !== null && at < times.length ? at : lastWithValue(lines);
  const label = lines
    .map(line => `${line.label}: ${told(index === null ? null : line.values[index])}`)
    .join(', ');
  return (
    <figure className="azml-TimeFigure" data-figure={title}>
      <figcaption>
        <h4>{title}</h4>
        <span className="azml-TimeFigure-legend">
          {lines.map((line, i) => (
            <span key={line.label}>
              {lines.length > 1 && (
                <Dash colour={lookOfLine(i, dark).colour} dash={DASHES[i % DASHES.length]} />
              )}
              {lines.length > 1 && `${line.label} `}
              <b>{told(index === null ? null : line.values[index])}</b>
            </span>
          ))}
          {at !== null && index !== null && (
            <span className="azml-mod-faint">{xText(times[index], 'time', locale, step)}</span>
          )}
        </span>
        <button
          type="button"
          className="azml-Button azml-mod-quiet"
          aria-pressed={isTable}
          aria-label={trans.__('%1 as a table', title)}
          onClick={() => setTable(!isTable)}
        >
          {isTable ? trans.__('Chart') : trans.__('Table')}
        </button>
      </figcaption>
      {isTable ? (
        <Table
          className="azml-TimeFigure-table"
          label={title}
          columns={[trans.__('From'), ...lines.map(line => ofNumbers(line.label))]}
        >
          {times
            .map((time, i) => ({ time, i }))
            .filter(({ i }) => lines.some(line => line.values[i] !== null && line.values[i] !== 0))
            .reverse()
            .map(({ time, i }) => (
              <tr key={time}>
                <th scope="row">{dateTime(new Date(time * 1000).toISOString(), locale)}</th>
                {lines.map(line => (
                  <td key={line.label} className="azml-mod-number">
                    {told(line.values[i])}
                  </td>
                ))}
              </tr>
            ))}
        </Table>
      ) : (
        <div
          ref={host}
          className="azml-TimeFigure-plot"
          role="img"
          aria-label={`${title}. ${trans.__('The last: %1', label)}`}
        />
      )}
    </figure>
  );
}

/** The last point that says anything; null where none does. */
function lastWithValue(lines: readonly ILineOfTime[]): number | null {
  const length = lines[0]?.values.length ?? 0;
  for (let i = length - 1; i >= 0; i--) {
    if (lines.some(line => line.values[i] !== null)) {
      return i;
    }
  }
  return null;
}

function Dash({ colour, dash }: { colour: string; dash: number[] }): React.ReactElement {
  return (
    <svg className="azml-Dash" width="18" height="6" aria-hidden="true">
      <line x1="0" y1="3" x2="18" y2="3" stroke={colour} strokeWidth="2" strokeDasharray={dash.join(' ')} />
    </svg>
  );
}
