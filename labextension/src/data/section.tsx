import * as React from 'react';
import { useChanges } from '../ui/hooks';
import { useWords } from '../ui/words';
import { carry } from './insert';
import type { DataModel } from './model';
import { IRow, rowsOf } from './tree';
import { TreeView } from './treeview';

export interface IDataActions {
  preview: (row: IRow) => void;
  put: (row: IRow, transfer: DataTransfer) => void;
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
  const rows = rowsOf(model.roots, model.branches, model.expanded, {
    more: trans.__('Loading more…'),
    empty: trans.__('Nothing here yet.'),
    failed: error => [error.message, error.hint].filter(Boolean).join(' ')
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
      <TreeView
        label={trans.__('Data')}
        rows={rows}
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
