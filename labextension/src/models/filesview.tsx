import { fileIcon, folderIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import type { Model } from '../api/types';
import { fileSize } from '../data/format';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import type { ModelLook } from './look';
import type { IModelPanelActions } from './panel';
import { placeOf } from './place';

/** The files of a version, folder by folder; one opens in a preview. */
export function FilesView({
  look,
  model,
  actions
}: {
  look: ModelLook;
  model: Model;
  actions: IModelPanelActions;
}): React.ReactElement {
  const { trans, locale } = useWords();
  const { folder, files, filesError } = look;
  React.useEffect(() => {
    if (files === null && filesError === null) {
      void look.openFolder(folder);
    }
  }, [look, model.version, files, filesError, folder]);
  const parts = folder.split('/').filter(Boolean);
  return (
    <div className="azml-Thing-body" tabIndex={0} role="region" aria-label={trans.__('Files')}>
      <nav className="azml-Crumbs" aria-label={trans.__('Folders')}>
        {[model.name, ...parts].map((part, i) => (
          <button
            key={i}
            type="button"
            className="azml-Link"
            aria-current={i === parts.length ? 'page' : undefined}
            onClick={() => void look.openFolder(parts.slice(0, i).join('/'))}
          >
            {part}
          </button>
        ))}
      </nav>
      {filesError && (
        <Problem error={filesError}>
          <button type="button" className="azml-Button" onClick={() => void look.openFolder(folder)}>
            {trans.__('Try again')}
          </button>
        </Problem>
      )}
      {files === null && !filesError && <p className="azml-Loading">{trans.__('Loading…')}</p>}
      {files && (
        <ul className="azml-ModelFiles">
          {files.map(file => {
            const Icon = file.is_folder ? folderIcon : fileIcon;
            const name = file.path.slice(file.path.lastIndexOf('/') + 1);
            return (
              <li key={file.path}>
                <button
                  type="button"
                  className="azml-ModelFiles-row"
                  data-file={file.path}
                  onClick={() =>
                    file.is_folder
                      ? void look.openFolder(file.path)
                      : actions.openData(placeOf(model, file.path))
                  }
                >
                  <Icon.react tag="span" className="azml-ModelFiles-icon" />
                  <span className="azml-ModelFiles-name">{name}</span>
                  <span className="azml-ModelFiles-size">
                    {file.is_folder ? '' : fileSize(file.size, locale)}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
