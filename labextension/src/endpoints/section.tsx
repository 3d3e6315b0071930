import * as React from 'react';
import type { Alert, OnlineEndpoint } from '../api/types';
import { SectionBar } from '../shell/bar';
import { CommandLine } from '../shell/command';
import { Sign } from '../ui/badge';
import { useChanges } from '../ui/hooks';
import { Empty, Problem } from '../ui/notes';
import { RowList } from '../ui/rowlist';
import { useWords } from '../ui/words';
import type { Firing } from './firing';
import { batchIcon } from './icons';
import type { EndpointsModel, Listed } from './model';
import type { Health } from './health';
import { healthLook, lookOfAlert } from './state';

const ROW_HEIGHT = 50;

export interface IEndpointActions {
  open: (listed: Listed) => void;
  create: () => void;
}

/** The part of the sidebar that lists endpoints, online and batch. */
export function EndpointsSection({
  model,
  firing,
  actions
}: {
  model: EndpointsModel;
  firing: Firing;
  actions: IEndpointActions;
}): React.ReactElement {
  const { trans } = useWords();
  useChanges(model.changed);
  useChanges(firing.changed);
  const { items } = model;
  return (
    <section className="azml-Part" aria-label={trans.__('Endpoints')}>
      <SectionBar
        filter={model.filter}
        onFilter={text => (model.filter = text)}
        placeholder={trans.__('Filter endpoints')}
        add={{ label: trans.__('New endpoint…'), run: actions.create }}
      />
      {model.error && !(model.error.isOffline && model.isKnown) && (
        <Problem error={model.error}>
          <button type="button" className="azml-Button" onClick={() => model.refresh()}>
            {trans.__('Try again')}
          </button>
        </Problem>
      )}
      {items.length > 0 && (
        <RowList
          label={trans.__('Endpoints')}
          items={items}
          rowHeight={ROW_HEIGHT}
          keyOf={each => each.key}
          titleOf={each => [each.name, descriptionOf(each)].filter(Boolean).join('\n')}
          dataOf={each => ({ 'data-endpoint': each.name, 'data-kind': each.kind })}
          render={each =>
            each.kind === 'online' ? (
              <OnlineRow
                endpoint={each.online}
                health={model.healthOf(each.name)}
                burning={firing.of(each.name)}
              />
            ) : (
              <BatchRow name={each.name} deployment={each.batch.default_deployment} />
            )
          }
          onOpen={actions.open}
          filter={model.filter}
        />
      )}
      {items.length === 0 && !model.error && <Nothing model={model} />}
    </section>
  );
}

const descriptionOf = (listed: Listed): string =>
  listed.kind === 'online' ? listed.online.description : listed.batch.description;

function Nothing({ model }: { model: EndpointsModel }): React.ReactElement {
  const { trans } = useWords();
  if (!model.isKnown) {
    return <p className="azml-Loading">{trans.__('Loading endpoints…')}</p>;
  }
  if (!model.isEmpty) {
    return (
      <p className="azml-Loading" role="status">
        {trans.__('No endpoint matches.')}
      </p>
    );
  }
  return (
    <>
      <Empty title={trans.__('No endpoints yet')}>
        {trans.__('Open a model and press “Deploy…”, or do it in a cell.')}
      </Empty>
      <CommandLine command="%azml endpoint deploy NAME --model MODEL:VERSION" />
    </>
  );
}

function OnlineRow({
  endpoint,
  health,
  burning
}: {
  endpoint: OnlineEndpoint;
  health: Health | null;
  burning: readonly Alert[];
}): React.ReactElement {
  const { trans } = useWords();
  const shares = Object.entries(endpoint.traffic ?? {})
    .filter(([, share]) => share > 0)
    .map(([name, share]) => `${name} ${share} %`);
  const isReady = endpoint.state === 'Succeeded';
  const shown = healthLook(endpoint.state, health, trans);
  return (
    <>
      <Sign look={shown.look} />
      <div className="azml-ListRow-text">
        <div className="azml-ListRow-line">
          <span className="azml-ListRow-name">{endpoint.name}</span>
          {burning.length > 0 && (
            <span className="azml-ListRow-alert azml-mod-bad">
              <Sign look={lookOfAlert('firing')} />
              {trans._n('%1 alert', '%1 alerts', burning.length)}
            </span>
          )}
        </div>
        <div className="azml-ListRow-line azml-mod-faint">
          <span className="azml-ListRow-fixed">{shown.word}</span>
          <span className="azml-ListRow-end">
            {isReady ? shares.join(', ') || trans.__('no traffic') : (endpoint.reason?.message ?? '')}
          </span>
        </div>
      </div>
    </>
  );
}

function BatchRow({ name, deployment }: { name: string; deployment: string }): React.ReactElement {
  const { trans } = useWords();
  return (
    <>
      <batchIcon.react tag="span" className="azml-ListRow-icon" />
      <div className="azml-ListRow-text">
        <div className="azml-ListRow-line">
          <span className="azml-ListRow-name">{name}</span>
        </div>
        <div className="azml-ListRow-line azml-mod-faint">
          <span className="azml-ListRow-fixed">{trans.__('Batch')}</span>
          <span className="azml-ListRow-end">{deployment || trans.__('no deployment')}</span>
        </div>
      </div>
    </>
  );
}
