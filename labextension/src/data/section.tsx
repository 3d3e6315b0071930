import { fileUploadIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { SectionBar } from '../shell/bar';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import { carry } from './insert';
import type { DataModel } from './model';
import { IRow, rowsOf } from './tree';
import { TreeView } from './treeview';

export interface IDataActions {
  preview: (row: IRow) => void;
  put: (row: IRow, transfer: DataTransfer) => void;
  upload: () => void;
}

interface IProps {
  model: DataModel;
  actions: IDataActions;
}

/** The part of the sidebar that shows data: assets with their versions, datastores down to the file. */
export function DataSection({ model, actions }: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(model.changed);
  React.useEffect(() => model.open(), [model]);
  const failed = [...model.branches.values()].find(branch => branch.error)?.error;
  const rows = rowsOf(model.roots, model.branches, model.expanded, {
    more: trans.__('Loading more…'),
    empty: trans.__('Nothing here yet.'),
    noAssets: trans.__('None yet: %azml data create'),
    failed: error =>
      error.isOffline || error.message === failed?.message ? trans.__('Could not be read.') : error.message
  });
  const onMore = React.useCallback(
    (parent: string) => {
      const node = model.find(parent);
      if (node) {
        void model.loadMore(node);
      }
    },
    [model]
  );
  return (
    <section className="azml-Data" aria-label={trans.__('Data')}>
      <SectionBar add={{ label: trans.__('Upload files…'), icon: fileUploadIcon, run: actions.upload }} />
      {failed && !failed.isOffline && (
        <Problem error={failed}>
          <button type="button" className="azml-Button" onClick={() => void model.refresh()}>
            {trans.__('Try again')}
          </button>
        </Problem>
      )}
      <TreeView
        label={trans.__('Data')}
        rows={rows}
        onActive={row => (model.current = row.key)}
        onToggle={(row, wanted) => model.toggle(row, wanted)}
        onOpen={actions.preview}
        onMore={onMore}
        onDragStart={(row, event) =>
          carry({ uri: row.uri, name: nameOf(row), isTable: row.isTable }, event.dataTransfer)
        }
        onDropFiles={actions.put}
      />
      <p className="azml-Data-hint">{trans.__('Drag data into a cell, or files onto a folder.')}</p>
    </section>
  );
}

/** A version is called by its number in the tree, and by its asset's name in code. */
export function nameOf(row: { kind: string; label: string; uri: string }): string {
  return row.kind === 'version' ? row.uri.split(':')[1] : row.label;
}
