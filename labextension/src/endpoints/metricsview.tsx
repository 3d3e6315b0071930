import * as React from 'react';
import type { EndpointFigures } from '../api/types';
import { whole } from '../data/format';
import { metricValue } from '../jobs/format';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { ofNumbers, Table } from '../ui/table';
import { useWords } from '../ui/words';
import type { EndpointLook } from './look';
import { courseOf, IMeasure, MetricsLook } from './metrics';
import { TimeFigure } from './timefigure';
import { WindowFields } from './windowfields';

/** How an endpoint does: how many ask, how many are answered well, how long it takes. */
export function MetricsView({
  look,
  metrics
}: {
  look: EndpointLook;
  metrics: MetricsLook;
}): React.ReactElement {
  const { trans, locale } = useWords();
  useChanges(metrics.changed);
  React.useEffect(() => metrics.setVisible(look.isVisible), [metrics, look.isVisible]);
  React.useEffect(() => () => metrics.setVisible(false), [metrics]);
  const found = metrics.metrics;
  const course = React.useMemo(() => (found ? courseOf(found) : null), [found]);
  const rate = React.useCallback((value: number) => metricValue(value, locale, 3), [locale]);
  const percent = React.useCallback(
    (value: number) => trans.__('%1 %', metricValue(value, locale, 4)),
    [locale, trans]
  );
  const time = React.useCallback(
    (value: number) => trans.__('%1 ms', metricValue(value, locale, 3)),
    [locale, trans]
  );
  const valuesOf = (id: IMeasure['id']) => course?.measures.find(each => each.id === id)?.values ?? [];
  return (
    <div className="azml-Thing-body" tabIndex={0} role="region" aria-label={trans.__('Monitoring')}>
      <WindowFields
        window={metrics.window}
        deployment={metrics.deployment}
        deployments={look.deployments}
        onChange={change => metrics.choose(change)}
      />
      {metrics.error && <Problem error={metrics.error} />}
      {!found && !metrics.error && <p className="azml-Loading">{trans.__('Loading…')}</p>}
      {found && course && (
        <>
          <Totals total={found.total} deployments={metrics.deployment ? {} : found.deployments} />
          {found.total.requests === 0 && (
            <p className="azml-Reason">
              {trans.__('Nobody asked in this time. Requests that you test count, too.')}
            </p>
          )}
          <div className="azml-Figures">
            <TimeFigure
              title={trans.__('Requests per second')}
              times={course.times}
              lines={[{ label: trans.__('requests'), values: valuesOf('rate') }]}
              step={found.step}
              format={rate}
            />
            <TimeFigure
              title={trans.__('Answered well')}
              times={course.times}
              lines={[{ label: trans.__('share'), values: valuesOf('success') }]}
              step={found.step}
              format={percent}
              bounds={PERCENT}
            />
            <TimeFigure
              title={trans.__('Latency')}
              times={course.times}
              lines={QUANTILES.map(label => ({ label, values: valuesOf(label) }))}
              step={found.step}
              format={time}
            />
          </div>
        </>
      )}
    </div>
  );
}

/** Shares of the requests that took no longer, as people write them everywhere. */
const QUANTILES = ['p50', 'p95', 'p99'] as const;

/** Room above 100, so that the line is seen. */
const PERCENT: [number, number] = [0, 104];

function Totals({
  total,
  deployments
}: {
  total: EndpointFigures;
  deployments: Record<string, EndpointFigures>;
}): React.ReactElement {
  const { trans, locale } = useWords();
  const rows: [string, EndpointFigures][] = [[trans.__('All'), total], ...Object.entries(deployments)];
  const milliseconds = (value: number | null) =>
    value === null ? '–' : trans.__('%1 ms', metricValue(value * 1000, locale, 3));
  return (
    <Table
      label={trans.__('Figures in all')}
      columns={[
        trans.__('Deployment'),
        ofNumbers(trans.__('Requests')),
        ofNumbers(trans.__('Answered well')),
        ofNumbers(trans.__('Errors')),
        ...QUANTILES.map(ofNumbers)
      ]}
    >
      {rows.map(([name, figures], i) => (
        <tr key={`${i} ${name}`}>
          <th scope="row">{name}</th>
          <td className="azml-mod-number">{whole(figures.requests, locale)}</td>
          <td className="azml-mod-number">
            {figures.success_rate === null
              ? '–'
              : trans.__('%1 %', metricValue(figures.success_rate * 100, locale))}
            <Refusals figures={figures} />
          </td>
          <td className="azml-mod-number">{whole(figures.errors, locale)}</td>
          <td className="azml-mod-number">{milliseconds(figures.latency_p50)}</td>
          <td className="azml-mod-number">{milliseconds(figures.latency_p95)}</td>
          <td className="azml-mod-number">{milliseconds(figures.latency_p99)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** What was answered otherwise: a script that fails, and a caller's mistake, are no errors of the service. */
function Refusals({ figures }: { figures: EndpointFigures }): React.ReactElement | null {
  const { locale } = useWords();
  const told = Object.entries(figures.statuses)
    .filter(([status]) => Number(status) >= 400)
    .map(([status, count]) => `${status} × ${whole(count, locale)}`);
  return told.length > 0 ? <span className="azml-mod-faint"> ({told.join(', ')})</span> : null;
}
