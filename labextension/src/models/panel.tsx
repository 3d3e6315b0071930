import { downloadIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Model } from '../api/types';
import { fileSize, whole } from '../data/format';
import { dateTime } from '../jobs/format';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { Tabs } from '../ui/tabs';
import { useWords } from '../ui/words';
import { FilesView } from './filesview';
import { LineageView } from './lineageview';
import type { ModelLook } from './look';
import { Overview } from './overview';
import { VersionsView } from './versionsview';
import { typeWord } from './words';

export interface IModelPanelActions {
  deploy: (model: Model) => void;
  download: (model: Model) => void;
  edit: (model: Model) => void;
  alias: (model: Model) => void;
  dropAlias: (model: Model, alias: string) => void;
  archive: (model: Model) => void;
  remove: (model: Model) => void;
  insert: (model: Model) => void;
  registerVersion: (model: Model) => void;
  compare: (references: string[]) => void;
  openData: (path: string) => void;
  openJob: (name: string) => void;
}

interface IProps {
  look: ModelLook;
  actions: IModelPanelActions;
}

/** A model: one version of it in all its parts, and the others to go to or to compare with. */
export function ModelPanel({ look, actions }: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(look.changed);
  const [tab, setTab] = React.useState('overview');
  const { model, error } = look;
  if (!model || look.isGone) {
    return error ? <Problem error={error} /> : <p className="azml-Loading">{trans.__('Loading…')}</p>;
  }
  return (
    <article className="azml-Thing" aria-label={trans.__('Model %1', model.name)} data-model={model.name}>
      <Head look={look} model={model} actions={actions} />
      {error && <Problem error={error} />}
      <Tabs
        label={trans.__('Views')}
        chosen={tab}
        onChoose={setTab}
        tabs={[
          {
            id: 'overview',
            label: trans.__('Overview'),
            render: () => <Overview model={model} actions={actions} />
          },
          {
            id: 'versions',
            label: trans.__('Versions'),
            render: () => <VersionsView look={look} actions={actions} />
          },
          {
            id: 'files',
            label: trans.__('Files'),
            render: () => <FilesView look={look} model={model} actions={actions} />
          },
          {
            id: 'lineage',
            label: trans.__('Lineage'),
            render: () => <LineageView model={model} actions={actions} />
          }
        ]}
      />
    </article>
  );
}

function Head({ look, model, actions }: IProps & { model: Model }): React.ReactElement {
  const { trans, locale } = useWords();
  const id = React.useId();
  const facts = [
    typeWord(model.type, trans),
    model.size > 0 ? fileSize(model.size, locale) : '',
    model.files > 0 ? trans._n('%1 file', '%1 files', model.files, whole(model.files, locale)) : '',
    model.created ? dateTime(model.created, locale) : ''
  ];
  const known = look.versions.some(each => each.version === model.version);
  return (
    <header className="azml-Thing-head">
      <div className="azml-Thing-what">
        <div className="azml-Thing-title">
          <h2 title={model.name}>{model.name}</h2>
          <label className="azml-Thing-version" htmlFor={id}>
            {trans.__('Version')}
          </label>
          <select id={id} value={model.version} onChange={event => look.choose(event.target.value)}>
            {!known && <option value={model.version}>{model.version}</option>}
            {look.versions.map(each => (
              <option key={each.version} value={each.version}>
                {[each.version, ...each.aliases.map(alias => `@${alias}`)].join(' ')}
              </option>
            ))}
          </select>
          {model.archived && <span className="azml-Pill">{trans.__('archived')}</span>}
          {model.stage && <span className="azml-Pill">{model.stage}</span>}
        </div>
        <p className="azml-mod-faint">{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <div className="azml-Actions">
        <button type="button" className="azml-Button azml-mod-main" onClick={() => actions.deploy(model)}>
          {trans.__('Deploy…')}
        </button>
        <button type="button" className="azml-Button" onClick={() => actions.download(model)}>
          <downloadIcon.react tag="span" className="azml-Button-icon" />
          {trans.__('Download')}
        </button>
        <button type="button" className="azml-Button" onClick={() => actions.insert(model)}>
          {trans.__('Insert code')}
        </button>
        <button type="button" className="azml-Button" onClick={() => actions.edit(model)}>
          {trans.__('Edit…')}
        </button>
        <button type="button" className="azml-Button" onClick={() => actions.archive(model)}>
          {model.archived ? trans.__('Restore') : trans.__('Archive')}
        </button>
        <button type="button" className="azml-Button azml-mod-danger" onClick={() => actions.remove(model)}>
          {trans.__('Delete…')}
        </button>
      </div>
    </header>
  );
}
