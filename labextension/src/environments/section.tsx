import * as React from 'react';
import type { Environment } from '../api/types';
import { CommandLine, quoted } from '../shell/command';
import { RowsSection } from '../shell/rowssection';
import { useChanges } from '../ui/hooks';
import { Empty, Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import { BuildView } from './buildview';
import type { EnvironmentsModel, IOpenEnvironment, Shelf } from './model';
import { buildTone, buildWord } from './words';

export interface IEnvironmentActions {
  archive: (environment: Environment) => void;
  create: () => void;
}

interface IProps {
  model: EnvironmentsModel;
  actions: IEnvironmentActions;
}

/** The part of the sidebar that shows what jobs' Pythons find. */
export function EnvironmentsSection({ model, actions }: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(model.changed);
  const shelves: [Shelf, string][] = [
    ['own', trans.__('Own')],
    ['curated', trans.__('Curated')],
    ['archived', trans.__('In the archive')]
  ];
  return (
    <RowsSection
      label={trans.__('Environments')}
      placeholder={trans.__('Filter environments')}
      loading={trans.__('Loading environments…')}
      add={{ label: trans.__('New environment…'), run: actions.create }}
      model={model}
      items={model.items}
      opened={new Set(model.opened.keys())}
      textOf={each => `${each.name} ${each.description} ${each.packages.join(' ')}`}
      head={each => <Head environment={each} />}
      body={each => (
        <Body open={model.opened.get(each.name)!} model={model} environment={each} actions={actions} />
      )}
      empty={model.items.length === 0 && <Nothing shelf={model.shelf} />}
    >
      <select
        className="azml-Select"
        value={model.shelf}
        aria-label={trans.__('Which environments')}
        onChange={event => (model.shelf = event.target.value as Shelf)}
      >
        {shelves.map(([id, label]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </RowsSection>
  );
}

function Nothing({ shelf }: { shelf: Shelf }): React.ReactElement {
  const { trans } = useWords();
  if (shelf !== 'own') {
    return <p className="azml-Loading">{trans.__('Nothing here yet.')}</p>;
  }
  return (
    <>
      <Empty title={trans.__('No environments yet')}>
        {trans.__('Name what a job needs with +, or capture in a cell what its notebook imports.')}
      </Empty>
      <CommandLine command="%azml environment capture NAME" />
    </>
  );
}

function Head({ environment }: { environment: Environment }): React.ReactElement {
  const { trans } = useWords();
  const { name, version, state } = environment;
  return (
    <>
      <span className={`azml-Dot azml-mod-${buildTone(state)}`} aria-hidden="true" />
      <span className="azml-Row-text">
        <span className="azml-Row-name" title={name}>
          {name}
        </span>
        <span className="azml-Row-second">{buildWord(state, trans)}</span>
      </span>
      {version && <span className="azml-Pill">{version}</span>}
    </>
  );
}

function Body({
  open,
  model,
  environment,
  actions
}: {
  open: IOpenEnvironment;
  model: EnvironmentsModel;
  environment: Environment;
  actions: IEnvironmentActions;
}): React.ReactElement {
  const { trans } = useWords();
  const shown = open.shown ?? environment;
  const build = model.buildOf(shown);
  const isBuilding = build?.isRunning ?? shown.state === 'Building';
  const canBuild = !isBuilding && (shown.state === 'NotBuilt' || shown.state === 'Failed');
  const resolved = Object.entries(shown.resolved);
  return (
    <>
      {open.error && <Problem error={open.error} />}
      {shown.description && (
        <p className="azml-Clamped" title={shown.description}>
          {shown.description}
        </p>
      )}
      {open.versions.length > 1 && (
        <label className="azml-Versions">
          {trans.__('Version')}
          <select
            className="azml-Select"
            value={shown.version}
            onChange={event => void model.open(shown.name, event.target.value)}
          >
            {open.versions.map(each => (
              <option key={each.version} value={each.version}>
                {each.version}
              </option>
            ))}
          </select>
        </label>
      )}
      <p className="azml-Row-state">
        <span className={`azml-Badge azml-mod-${buildTone(isBuilding ? 'Building' : shown.state)}`}>
          {buildWord(isBuilding ? 'Building' : shown.state, trans)}
        </span>
      </p>
      {shown.reason && !build && <p className="azml-Reason azml-mod-bad">{shown.reason.message}</p>}
      <MadeOf environment={shown} />
      {build && <BuildView build={build} />}
      {resolved.length > 0 && (
        <details className="azml-Section">
          <summary>{trans._n('%1 package installed', '%1 packages installed', resolved.length)}</summary>
          <dl className="azml-Parameters azml-Packages">
            {resolved.map(([name, version]) => (
              <React.Fragment key={name}>
                <dt title={name}>{name}</dt>
                <dd>{version}</dd>
              </React.Fragment>
            ))}
          </dl>
        </details>
      )}
      {shown.notes.map(note => (
        <p key={note.code} className="azml-Row-note">
          {note.message}
        </p>
      ))}
      <div className="azml-Actions">
        {canBuild && (
          <button type="button" className="azml-Button azml-mod-main" onClick={() => void model.build(shown)}>
            {trans.__('Build')}
          </button>
        )}
        {model.shelf === 'own' && (
          <button type="button" className="azml-Button" onClick={() => actions.archive(shown)}>
            {trans.__('Archive')}
          </button>
        )}
        {model.shelf === 'archived' && (
          <button type="button" className="azml-Button" onClick={() => void model.restore(shown.name)}>
            {trans.__('Restore')}
          </button>
        )}
      </div>
      <CommandLine
        command={`%azml run --environment ${quoted(shown.version ? `${shown.name}:${shown.version}` : shown.name)}`}
      />
    </>
  );
}

/** What it asks for, as it was written. */
function MadeOf({ environment }: { environment: Environment }): React.ReactElement | null {
  const { trans } = useWords();
  const { packages, conda_file, image, build } = environment;
  const conda = Object.keys(conda_file).length > 0 ? JSON.stringify(conda_file, null, 2) : '';
  if (!packages.length && !conda && !image && !build) {
    return null;
  }
  return (
    <dl className="azml-Parameters">
      {packages.length > 0 && (
        <>
          <dt>{trans.__('Packages')}</dt>
          <dd>{packages.join('\n')}</dd>
        </>
      )}
      {conda && (
        <>
          <dt>{trans.__('Conda file')}</dt>
          <dd>{conda}</dd>
        </>
      )}
      {image && (
        <>
          <dt>{trans.__('Image')}</dt>
          <dd>{image}</dd>
        </>
      )}
      {build && (
        <>
          <dt>{trans.__('Build context')}</dt>
          <dd>{build.path}</dd>
        </>
      )}
    </dl>
  );
}
