import * as React from 'react';
import type { ColumnDrift, DriftReport } from '../api/types';
import { whole } from '../data/format';
import { metricValue } from '../jobs/format';
import { TextField } from '../ui/fields';
import { useChanges, useRedraw } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { ofNumbers, Table } from '../ui/table';
import { useWords } from '../ui/words';
import type { DriftLook } from './drift';
import type { EndpointLook } from './look';
import { ASSET_SHAPE } from './names';
import { WindowFields } from './windowfields';

/** Whether what comes and goes still looks like a data asset, column by column. */
export function DriftView({ look, drift }: { look: EndpointLook; drift: DriftLook }): React.ReactElement {
  const { trans } = useWords();
  useChanges(drift.changed);
  const redraw = useRedraw();
  const set = (change: Parameters<DriftLook['set']>[0]) => {
    drift.set(change);
    redraw();
  };
  React.useEffect(() => void drift.readAssets(), [drift]);
  const collects = look.deployments.some(each => each.data_collector !== null);
  const { report, error, isBusy } = drift;
  return (
    <div className="azml-Thing-body" tabIndex={0} role="region" aria-label={trans.__('Drift')}>
      {!collects && (
        <p className="azml-Reason">
          {trans.__(
            'No deployment keeps its inputs, so that there is nothing to compare. Choose “Keep inputs and predictions” under Overview.'
          )}
        </p>
      )}
      <form
        className="azml-Form"
        onSubmit={event => {
          event.preventDefault();
          void drift.compare();
        }}
      >
        <div className="azml-Form-row">
          <TextField
            label={trans.__('Compare with the data asset')}
            value={drift.baseline}
            options={drift.assets}
            placeholder={ASSET_SHAPE}
            onChange={baseline => set({ baseline })}
          />
          <TextField
            label={trans.__('Column of predictions')}
            value={drift.predictionColumn}
            placeholder={trans.__('of the same name')}
            onChange={predictionColumn => set({ predictionColumn })}
          />
        </div>
        <WindowFields
          window={drift.window}
          deployment={drift.deployment}
          deployments={look.deployments}
          onChange={set}
        />
        <div className="azml-Actions">
          <button type="submit" className="azml-Button azml-mod-main" disabled={!drift.baseline.trim()}>
            {trans.__('Compare')}
          </button>
        </div>
      </form>
      {isBusy && (
        <p className="azml-Loading" role="status">
          {trans.__('Reading what was collected…')}
        </p>
      )}
      {error && <Problem error={error} />}
      {report && !isBusy && <Report report={report} />}
    </div>
  );
}

function Report({ report }: { report: DriftReport }): React.ReactElement {
  const { trans, locale } = useWords();
  const said =
    report.is_drifting === null
      ? trans.__('No verdict: there are too few rows, or no column in common.')
      : report.is_drifting
        ? trans.__('It has drifted.')
        : trans.__('It looks as before.');
  return (
    <>
      <p className={`azml-Reason${report.is_drifting ? ' azml-mod-bad' : ''}`} role="status">
        <b>{said}</b>{' '}
        {trans.__(
          '%1 rows collected, %2 needed; %3 rows in the data asset.',
          whole(report.rows, locale),
          whole(report.needed, locale),
          whole(report.baseline_rows, locale)
        )}
      </p>
      {report.columns.length > 0 && (
        <Table
          label={trans.__('Drift by column')}
          columns={[
            trans.__('Column'),
            trans.__('Is'),
            trans.__('Verdict'),
            ofNumbers(trans.__('PSI')),
            ofNumbers(trans.__('Limit')),
            ofNumbers(trans.__('Missing')),
            ofNumbers(trans.__('Never seen before')),
            {
              label: (
                <>
                  <span className="azml-Bins-key" />
                  {trans.__('before')}
                  <span className="azml-Bins-key azml-mod-now" />
                  {trans.__('now')}
                </>
              )
            }
          ]}
        >
          {report.columns.map(column => (
            <Row key={`${column.source} ${column.column}`} column={column} />
          ))}
        </Table>
      )}
    </>
  );
}

function Row({ column }: { column: ColumnDrift }): React.ReactElement {
  const { trans, locale } = useWords();
  const percent = (share: number) => trans.__('%1 %', metricValue(share * 100, locale, 3));
  return (
    <tr data-column={column.column}>
      <th scope="row">{column.column}</th>
      <td>{column.source === 'input' ? trans.__('input') : trans.__('prediction')}</td>
      <td>
        {column.is_drifting ? <b className="azml-Drifts">{trans.__('drifts')}</b> : trans.__('as before')}
      </td>
      <td className="azml-mod-number">{metricValue(Number(column.psi), locale, 3)}</td>
      <td className="azml-mod-number">{metricValue(Number(column.threshold), locale, 3)}</td>
      <td className="azml-mod-number">{percent(column.missing)}</td>
      <td className="azml-mod-number">{column.kind === 'categorical' ? percent(column.unseen) : '–'}</td>
      <td>
        <Bins column={column} />
      </td>
    </tr>
  );
}

/** Two bars for each bin: before, and now. The title of each says the same in words. */
function Bins({ column }: { column: ColumnDrift }): React.ReactElement {
  const { trans, locale } = useWords();
  const most = Math.max(...column.bins.flatMap(bin => [bin.baseline, bin.current]), 1e-9);
  const percent = (share: number) => trans.__('%1 %', metricValue(share * 100, locale, 3));
  const told = (bin: ColumnDrift['bins'][number]) =>
    trans.__('%1: before %2, now %3', bin.label, percent(bin.baseline), percent(bin.current));
  return (
    <div className="azml-Bins" role="img" aria-label={column.bins.map(told).join('; ')}>
      {column.bins.map((bin, i) => (
        <div key={i} className="azml-Bins-pair" title={told(bin)}>
          <div style={{ height: `${(100 * bin.baseline) / most}%` }} />
          <div className="azml-mod-now" style={{ height: `${(100 * bin.current) / most}%` }} />
        </div>
      ))}
    </div>
  );
}
