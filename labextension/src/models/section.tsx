import { filterIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Model } from '../api/types';
import { ago, dateTime } from '../jobs/format';
import { BarButton, SectionBar } from '../shell/bar';
import { CommandLine } from '../shell/command';
import { useChanges, useNow } from '../ui/hooks';
import { Empty, Problem } from '../ui/notes';
import { RowList } from '../ui/rowlist';
import { useWords } from '../ui/words';
import { modelIcon } from './icons';
import type { ModelsModel } from './model';

const ROW_HEIGHT = 50;

export interface IModelActions {
  open: (model: Model) => void;
  register: () => void;
}

/** The part of the sidebar that lists models, each by its newest version. */
export function ModelsSection({
  model,
  actions
}: {
  model: ModelsModel;
  actions: IModelActions;
}): React.ReactElement {
  const { trans } = useWords();
  useChanges(model.changed);
  const { archived } = model;
  const onNearEnd = React.useCallback(() => void model.loadMore(), [model]);
  return (
    <section className="azml-Part" aria-label={trans.__('Models')}>
      <SectionBar
        filter={model.filter}
        onFilter={text => (model.filter = text)}
        placeholder={trans.__('Search models')}
        add={{ label: trans.__('Register a model…'), run: actions.register }}
      >
        <BarButton
          label={trans.__('Archived models too')}
          icon={filterIcon}
          isPressed={archived === 'all'}
          run={() => (model.archived = archived === 'all' ? 'active' : 'all')}
        />
      </SectionBar>
      {model.error && !(model.error.isOffline && model.isKnown) && (
        <Problem error={model.error}>
          <button type="button" className="azml-Button" onClick={() => void model.refresh()}>
            {trans.__('Try again')}
          </button>
        </Problem>
      )}
      {model.items.length > 0 ? (
        <RowList
          label={trans.__('Models')}
          items={model.items}
          rowHeight={ROW_HEIGHT}
          keyOf={each => each.name}
          titleOf={each => [each.name, each.description].filter(Boolean).join('\n')}
          dataOf={each => ({ 'data-model': each.name, 'data-archived': String(each.archived) })}
          render={each => <Row model={each} />}
          onOpen={actions.open}
          onNearEnd={onNearEnd}
          isBusy={model.isLoading}
          filter={model.filter}
        />
      ) : (
        !model.error && <Nothing model={model} />
      )}
    </section>
  );
}

function Nothing({ model }: { model: ModelsModel }): React.ReactElement {
  const { trans } = useWords();
  if (!model.isKnown) {
    return <p className="azml-Loading">{trans.__('Loading models…')}</p>;
  }
  if (model.filter.trim()) {
    return (
      <p className="azml-Loading" role="status">
        {trans.__('No model matches. Tags are found as %1.', 'team=blue')}
      </p>
    );
  }
  return (
    <>
      <Empty title={trans.__('No models yet')}>
        {trans.__(
          'Log one by MLflow with registered_model_name, press + to register files, or do it in a cell.'
        )}
      </Empty>
      <CommandLine command="%azml model create -n churn -p FOLDER" />
    </>
  );
}

function Row({ model }: { model: Model }): React.ReactElement {
  const { trans, locale } = useWords();
  const now = useNow(60_000);
  const marks = [...(model.aliases ?? []).map(alias => `@${alias}`), model.stage].filter(Boolean);
  return (
    <>
      <modelIcon.react tag="span" className="azml-ListRow-icon" />
      <div className="azml-ListRow-text">
        <div className="azml-ListRow-line">
          <span className="azml-ListRow-name">{model.name}</span>
          {model.created && (
            <span className="azml-ListRow-aside" title={dateTime(model.created, locale)}>
              {ago(model.created, now, locale)}
            </span>
          )}
        </div>
        <div className="azml-ListRow-line azml-mod-faint">
          <span className="azml-ListRow-fixed">{trans.__('version %1', model.version)}</span>
          {model.archived && <span className="azml-Pill">{trans.__('archived')}</span>}
          <span className="azml-ListRow-end">{marks.join(' ')}</span>
        </div>
      </div>
    </>
  );
}
