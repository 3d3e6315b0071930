import * as React from 'react';
import type { Model } from '../api/types';
import { assetIcon } from '../data/icons';
import { jobsIcon } from '../shell/icons';
import { FactList } from '../ui/facts';
import { useWords } from '../ui/words';
import { modelIcon } from './icons';
import { IOrigin, lineageOf } from './lineage';
import type { IModelPanelActions } from './panel';

const ICONS = { data: assetIcon, job: jobsIcon, model: modelIcon };

/** What a model came from: data, then the job, then the model; and with which settings. */
export function LineageView({
  model,
  actions
}: {
  model: Model;
  actions: IModelPanelActions;
}): React.ReactElement {
  const { trans } = useWords();
  const { lineage } = model;
  const columns = lineageOf(model);
  const open = (origin: IOrigin) =>
    origin.kind === 'data' ? actions.openData(origin.name) : actions.openJob(origin.name);
  const words = { data: trans.__('Data'), job: trans.__('Job'), model: trans.__('Model') };
  const told = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  return (
    <div className="azml-Thing-body" tabIndex={0} role="region" aria-label={trans.__('Lineage')}>
      <ol className="azml-Lineage" aria-label={trans.__('From the data to the model')}>
        {columns.map((column, i) => (
          <li key={i}>
            <ul>
              {column.map(origin => {
                const Icon = ICONS[origin.kind];
                const inside = (
                  <>
                    <Icon.react tag="span" className="azml-Lineage-icon" />
                    <span className="azml-Lineage-text">
                      <span className="azml-mod-faint">
                        {[words[origin.kind], origin.role].filter(Boolean).join(' · ')}
                      </span>
                      <span className="azml-Lineage-name">{origin.label}</span>
                    </span>
                  </>
                );
                return (
                  <li key={`${origin.kind} ${origin.role} ${origin.name}`}>
                    {origin.kind === 'model' ? (
                      <div className="azml-Lineage-box azml-mod-own" title={origin.name}>
                        {inside}
                      </div>
                    ) : (
                      <button
                        type="button"
                        className="azml-Lineage-box"
                        title={origin.name}
                        onClick={() => open(origin)}
                      >
                        {inside}
                      </button>
                    )}
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ol>
      {!lineage.job && (
        <p className="azml-Reason">
          {trans.__(
            'No job is known to have made it: it was registered from files. A model that a job logs or leaves in its outputs keeps its lineage.'
          )}
        </p>
      )}
      <FactList
        title={trans.__('Parameters of the job')}
        facts={Object.entries(lineage.parameters).map(([name, value]) => [name, told(value)])}
      />
      <FactList
        title={trans.__('Code and environment')}
        facts={[
          [trans.__('Snapshot of the code (SHA-256)'), lineage.snapshot ?? ''],
          ...Object.entries(lineage.git).map(([name, value]) => [`git ${name}`, value] as const),
          ...Object.entries(lineage.environment).map(([name, value]) => [name, told(value)] as const)
        ]}
      />
    </div>
  );
}
