import * as React from 'react';
import type { FileChange, FileDiff, SnapshotChanges } from '../api/types';
import { fileSize } from '../data/format';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { RowList } from '../ui/rowlist';
import { useWords } from '../ui/words';
import type { Asked } from './asked';
import { DiffView } from './diffview';
import { TextView } from './textview';

const ROW = 26;

interface IProps {
  changes: Asked<SnapshotChanges>;
  /** A file as it travelled, and how it has changed since. */
  fileOf: (path: string) => Asked<FileDiff>;
}

/** The code that travelled with a job, and what has become of it in its folder since. */
export function CodeView({ changes, fileOf }: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(changes.changed);
  React.useEffect(() => changes.open(), [changes]);
  const [chosen, setChosen] = React.useState<{ path: string; file: Asked<FileDiff> } | null>(null);
  const [onlyChanged, setOnlyChanged] = React.useState(false);
  const { value, error } = changes;
  const choose = (change: FileChange) => setChosen({ path: change.path, file: fileOf(change.path) });
  if (error && !value) {
    return (
      <Problem error={error}>
        <button type="button" className="azml-Button" onClick={() => void changes.load()}>
          {trans.__('Try again')}
        </button>
      </Problem>
    );
  }
  if (!value) {
    return <p className="azml-Loading">{trans.__('Reading what travelled…')}</p>;
  }
  if (value.files.length === 0) {
    return <p className="azml-Loading">{trans.__('No code travelled with this job.')}</p>;
  }
  const different = value.files.filter(file => file.state !== 'same');
  const shown = onlyChanged ? different : value.files;
  return (
    <div className="azml-Files">
      <div className="azml-Files-tree">
        <p className="azml-Code-summary" title={value.folder}>
          {summary(value, different.length, trans)}
        </p>
        {different.length > 0 && (
          <label className="azml-Tick">
            <input
              type="checkbox"
              checked={onlyChanged}
              onChange={event => setOnlyChanged(event.target.checked)}
            />
            {trans.__('Only what is different')}
          </label>
        )}
        <RowList
          label={trans.__('Code of the job')}
          items={shown}
          rowHeight={ROW}
          keyOf={file => file.path}
          titleOf={file => `${file.path}\n${stateWord(file.state, trans)}`}
          dataOf={file => ({ 'data-state': file.state })}
          onOpen={choose}
          render={file => <Row file={file} />}
        />
      </div>
      <div className="azml-Files-look">
        {chosen ? (
          <FileView key={chosen.path} path={chosen.path} file={chosen.file} folder={value.folder} />
        ) : (
          <p className="azml-Loading">
            {value.is_there
              ? trans.__('Choose a file to see it as the job had it, and how it has changed since.')
              : trans.__('Choose a file to see it as the job had it.')}
          </p>
        )}
      </div>
    </div>
  );
}

function Row({ file }: { file: FileChange }): React.ReactElement {
  const { trans, locale } = useWords();
  return (
    <span className="azml-Code-row">
      <span className="azml-Code-path">{file.path}</span>
      {file.state === 'same' ? (
        <span className="azml-mod-faint">{fileSize(file.size, locale)}</span>
      ) : (
        <span className={`azml-Code-state azml-mod-${file.state}`}>{stateWord(file.state, trans)}</span>
      )}
    </span>
  );
}

function FileView({
  path,
  file,
  folder
}: {
  path: string;
  file: Asked<FileDiff>;
  folder: string;
}): React.ReactElement {
  const { trans } = useWords();
  useChanges(file.changed);
  React.useEffect(() => file.open(), [file]);
  const { value, error } = file;
  const hasDiff = Boolean(value?.diff);
  const [side, setSide] = React.useState<'diff' | 'text'>('diff');
  if (error) {
    return (
      <Problem error={error}>
        <button type="button" className="azml-Button" onClick={() => void file.load()}>
          {trans.__('Try again')}
        </button>
      </Problem>
    );
  }
  if (!value) {
    return <p className="azml-Loading">{trans.__('Looking into %1…', path)}</p>;
  }
  return (
    <>
      <header className="azml-Code-title">
        <h3 title={`${folder}/${path}`}>{path}</h3>
        <span className={`azml-Code-state azml-mod-${value.state}`}>{stateWord(value.state, trans)}</span>
        {hasDiff && (
          <span className="azml-Switch" role="group" aria-label={trans.__('View')}>
            <button type="button" aria-pressed={side === 'diff'} onClick={() => setSide('diff')}>
              {trans.__('Changes since')}
            </button>
            <button type="button" aria-pressed={side === 'text'} onClick={() => setSide('text')}>
              {trans.__('As the job had it')}
            </button>
          </span>
        )}
      </header>
      {!value.is_text ? (
        <p className="azml-Loading">{trans.__('This file is no text.')}</p>
      ) : hasDiff && side === 'diff' ? (
        <DiffView text={value.diff} label={trans.__('Changes of %1 since the job', path)} />
      ) : (
        <TextView text={value.text} isCut={value.is_cut} label={trans.__('Content of %1', path)} />
      )}
    </>
  );
}

type Bundle = ReturnType<typeof useWords>['trans'];

function summary(value: SnapshotChanges, different: number, trans: Bundle): string {
  const files = trans._n(
    '%1 file travelled.',
    '%1 files travelled.',
    value.files.filter(each => each.state !== 'added').length
  );
  if (!value.is_there) {
    return `${files} ${trans.__('Its folder is not on this machine any more.')}`;
  }
  const rest =
    different === 0
      ? trans.__('The folder is as it was.')
      : trans._n('%1 is different now.', '%1 are different now.', different);
  return `${files} ${rest}`;
}

function stateWord(state: FileChange['state'], trans: Bundle): string {
  switch (state) {
    case 'changed':
      return trans.__('changed');
    case 'added':
      return trans.__('new since');
    case 'removed':
      return trans.__('gone since');
    default:
      return trans.__('as it was');
  }
}
