import * as React from 'react';
import { fileSize, whole } from '../data/format';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import type { FormModel } from './form';

/** Names that are shown of what travels, and of what does not. */
const SHOWN = 200;

/** What is sent along with the notebook, and what is not. */
export function Travelling({ form }: { form: FormModel }): React.ReactElement {
  const { trans, locale } = useWords();
  useChanges(form.snapshot.changed);
  const { value, error } = form.snapshot;
  if (error) {
    return <Problem error={error} />;
  }
  if (!value) {
    return <p className="azml-Loading">{trans.__('Looking at what travels…')}</p>;
  }
  const bySize = [...value.files].sort((a, b) => b.size - a.size);
  const told = trans._n(
    '%1 file travels with it, %2',
    '%1 files travel with it, %2',
    value.files.length,
    fileSize(value.size, locale)
  );
  const behind = value.ignored.length;
  return (
    <details className="azml-Submit-more" data-group="snapshot">
      <summary>
        {told}
        {behind > 0 && ` · ${trans._n('%1 stays behind', '%1 stay behind', behind)}`}
      </summary>
      <p className="azml-Field-hint" title={value.folder}>
        {value.ignored_by
          ? trans.__('What stays behind is named in %1.', value.ignored_by)
          : trans.__('What %1 names stays behind; outputs/ and environments always do.', '.amlignore')}
      </p>
      <div className="azml-Submit-travel">
        <ul aria-label={trans.__('What travels')}>
          {bySize.slice(0, SHOWN).map(file => (
            <li key={file.path}>
              <span>{file.path}</span>
              <span className="azml-mod-faint">{fileSize(file.size, locale)}</span>
            </li>
          ))}
          {bySize.length > SHOWN && <li>{trans.__('and %1 more', whole(bySize.length - SHOWN, locale))}</li>}
        </ul>
        {behind > 0 && (
          <ul aria-label={trans.__('What stays behind')} className="azml-mod-faint">
            {value.ignored.slice(0, SHOWN).map(name => (
              <li key={name}>
                <s>{name}</s>
              </li>
            ))}
            {behind > SHOWN && <li>{trans.__('and %1 more', whole(behind - SHOWN, locale))}</li>}
          </ul>
        )}
      </div>
    </details>
  );
}
