import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { EndpointFigures } from '../api/types';
import { whole } from '../data/format';
import { metricValue } from '../jobs/format';
import { ChoiceField } from '../ui/fields';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import type { EndpointLook } from './look';
import { courseOf, IMeasure, MetricsLook, Window, WINDOWS } from './metrics';
import { TimeFigure } from './timefigure';

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
      <div className="azml-Form-row">
        <ChoiceField
          label={trans.__('Over')}
          value={String(metrics.window)}
          choices={WINDOWS.map(window => ({ value: String(window), label: windowWord(window, trans) }))}
          onChange={window => metrics.choose({ window: Number(window) as Window })}
        />
        <ChoiceField
          label={trans.__('Deployment')}
          value={metrics.deployment}
          choices={[
            { value: '', label: trans.__('all together') },
            ...look.deployments.map(({ name }) => ({ value: name, label: name }))
          ]}
          onChange={deployment => metrics.choose({ deployment })}
        />
      </div>
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
    <div className="azml-Table" tabIndex={0} role="region" aria-label={trans.__('Figures in all')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{trans.__('Deployment')}</th>
            <th scope="col" className="azml-mod-number">
              {trans.__('Requests')}
            </th>
            <th scope="col" className="azml-mod-number">
              {trans.__('Answered well')}
            </th>
            <th scope="col" className="azml-mod-number">
              {trans.__('Errors')}
            </th>
            {QUANTILES.map(label => (
              <th key={label} scope="col" className="azml-mod-number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, figures], i) => (
            <tr key={`${i} ${name}`}>
              <th scope="row">{name}</th>
              <td className="azml-mod-number">{whole(figures.requests, locale)}</td>
              <td className="azml-mod-number">
                {figures.success_rate === null
                  ? '–'
                  : trans.__('%1 %', metricValue(figures.success_rate * 100, locale))}
              </td>
              <td className="azml-mod-number">{whole(figures.errors, locale)}</td>
              <td className="azml-mod-number">{milliseconds(figures.latency_p50)}</td>
              <td className="azml-mod-number">{milliseconds(figures.latency_p95)}</td>
              <td className="azml-mod-number">{milliseconds(figures.latency_p99)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function windowWord(seconds: Window, trans: TranslationBundle): string {
  const words: Record<Window, string> = {
    300: trans.__('the last 5 minutes'),
    3600: trans.__('the last hour'),
    21600: trans.__('the last 6 hours'),
    86400: trans.__('the last day'),
    604800: trans.__('the last 7 days'),
    2592000: trans.__('the last 30 days')
  };
  return words[seconds];
}
