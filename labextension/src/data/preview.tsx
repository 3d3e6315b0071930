import { copyIcon, refreshIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Preview } from '../api/types';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { Tabs } from '../ui/tabs';
import { useWords } from '../ui/words';
import { fileSize, whole } from './format';
import { Grid } from './grid';
import type { Look } from './look';
import { ProfileView } from './profile';

export interface IPreviewActions {
  insert: () => void;
  copy: () => void;
  /** Gives it a name of its own; absent for what has one. */
  create?: (() => void) | null;
  open: (path: string) => void;
}

/** Details that say enough without their names; the others are there on hovering. */
const TOLD = ['encoding', 'compression', 'kernel', 'size', 'files'];

interface IProps {
  look: Look;
  actions: IPreviewActions;
}

/** A look into data: what it is, its rows or its content, and what its columns are like. */
export function PreviewView({ look, actions }: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(look.changed);
  const [tab, setTab] = React.useState('rows');
  React.useEffect(() => {
    if (!look.preview && !look.isLoading) {
      void look.load();
    }
  }, [look]);
  const { preview, error } = look;
  const isProfile = tab === 'profile' && preview?.kind === 'table';
  React.useEffect(() => {
    if (isProfile) {
      void look.measure();
    }
  }, [look, isProfile, preview]);
  if (error && !preview) {
    return (
      <Problem error={error}>
        <TryAgain onClick={() => void look.load()} />
      </Problem>
    );
  }
  if (!preview) {
    return <p className="azml-Loading">{trans.__('Looking into %1…', look.path)}</p>;
  }
  return (
    <article className="azml-Preview" aria-label={preview.name} aria-busy={look.isLoading}>
      <Title preview={preview} look={look} actions={actions} />
      {error && <Problem error={error} />}
      {preview.notes.map(note => (
        <p key={note} className="azml-Reason">
          {note}
        </p>
      ))}
      {preview.kind === 'table' ? (
        <Tabs
          label={trans.__('Views')}
          chosen={tab}
          onChoose={setTab}
          tabs={[
            { id: 'rows', label: trans.__('Rows'), render: () => <Grid preview={preview} /> },
            { id: 'profile', label: trans.__('Profile'), render: () => <Measured look={look} /> }
          ]}
        />
      ) : (
        <Content preview={preview} actions={actions} />
      )}
    </article>
  );
}

function Title({ preview, look, actions }: { preview: Preview } & IProps): React.ReactElement {
  const { trans, locale } = useWords();
  const facts = [preview.format, preview.size > 0 ? fileSize(preview.size, locale) : ''];
  if (preview.kind === 'table') {
    if (preview.row_count !== null) {
      const count = whole(preview.row_count, locale);
      facts.push(preview.is_row_count_exact ? trans.__('%1 rows', count) : trans.__('about %1 rows', count));
    }
    facts.push(trans.__('%1 columns', whole(preview.column_count, locale)));
  }
  facts.push(...TOLD.map(name => preview.details[name] ?? ''));
  const rest = Object.entries(preview.details).map(([name, value]) => `${name}: ${value}`);
  return (
    <header className="azml-Preview-title">
      <div className="azml-Preview-what">
        <h2 title={look.path}>{preview.name}</h2>
        <p title={rest.join('\n')}>{facts.filter(Boolean).join(' · ')}</p>
      </div>
      <div className="azml-Actions">
        <button type="button" className="azml-Button azml-mod-main" onClick={actions.insert}>
          {trans.__('Insert code')}
        </button>
        <button type="button" className="azml-Button" onClick={actions.copy}>
          <copyIcon.react tag="span" className="azml-Button-icon" />
          {trans.__('Copy address')}
        </button>
        {actions.create && (
          <button type="button" className="azml-Button" onClick={actions.create}>
            {trans.__('Create data asset…')}
          </button>
        )}
        <button
          type="button"
          className="azml-IconButton"
          title={trans.__('Refresh')}
          aria-label={trans.__('Refresh')}
          onClick={() => void look.load()}
        >
          <refreshIcon.react tag="span" />
        </button>
      </div>
    </header>
  );
}

function Measured({ look }: { look: Look }): React.ReactElement {
  const { trans } = useWords();
  if (look.profileError) {
    return (
      <Problem error={look.profileError}>
        <TryAgain onClick={() => void look.measure()} />
      </Problem>
    );
  }
  if (!look.profile) {
    return (
      <p className="azml-Loading" role="status">
        {trans.__('Measuring columns…')}
      </p>
    );
  }
  return <ProfileView profile={look.profile} />;
}

function Content({ preview, actions }: { preview: Preview; actions: IPreviewActions }): React.ReactElement {
  const { trans } = useWords();
  if (preview.kind === 'image') {
    return (
      <div className="azml-Preview-image">
        <img src={preview.image} alt={preview.name} />
      </div>
    );
  }
  if (preview.kind === 'folder') {
    const base = preview.path.replace(/\/*$/, '/');
    return (
      <ul className="azml-Preview-files">
        {preview.files.map(file => (
          <li key={file.path}>
            <button
              type="button"
              className="azml-Button azml-mod-quiet"
              onClick={() => actions.open(base + file.path)}
            >
              {file.path + (file.is_folder ? '/' : '')}
            </button>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <pre className="azml-Preview-text" tabIndex={0} aria-label={trans.__('Content of %1', preview.name)}>
      {preview.text}
      {preview.is_text_cut ? '\n…' : ''}
    </pre>
  );
}

function TryAgain({ onClick }: { onClick: () => void }): React.ReactElement {
  const { trans } = useWords();
  return (
    <button type="button" className="azml-Button" onClick={onClick}>
      {trans.__('Try again')}
    </button>
  );
}
