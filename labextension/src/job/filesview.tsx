import * as React from 'react';
import { Look } from '../data/look';
import { PreviewView } from '../data/preview';
import { carry } from '../data/insert';
import { INode, rowsOf } from '../data/tree';
import { TreeView } from '../data/treeview';
import { useChanges } from '../ui/hooks';
import { useWords } from '../ui/words';
import type { FilesModel } from './files';

export interface IFileActions {
  insert: (uri: string, name: string, isTable: boolean) => void;
  copy: (uri: string) => void;
  /** In JupyterLab's own viewer; of a path in the job. */
  open: (path: string) => void;
  download: (path: string) => void;
}

interface IProps {
  model: FilesModel;
  look: (uri: string) => Look;
  actions: IFileActions;
}

/** Files of a job beside a look into the one that is chosen. */
export function FilesView({ model, look, actions }: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(model.changed);
  React.useEffect(() => model.open(), [model]);
  const [chosen, setChosen] = React.useState<{ node: INode; look: Look } | null>(null);
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
  const path = chosen && chosen.node.kind === 'file' ? model.pathOf(chosen.node) : null;
  return (
    <div className="azml-Files">
      <div className="azml-Files-tree">
        <TreeView
          label={trans.__('Files of the job')}
          rows={rows}
          onToggle={(row, wanted) => model.toggle(row, wanted)}
          onOpen={row => setChosen({ node: row, look: look(row.uri) })}
          onMore={onMore}
          onDragStart={(row, event) =>
            carry({ uri: row.uri, name: row.label, isTable: row.isTable }, event.dataTransfer)
          }
          onDropFiles={nothing}
        />
      </div>
      <div className="azml-Files-look">
        {chosen ? (
          <>
            {path !== null && (
              <div className="azml-Files-actions azml-Actions">
                <button type="button" className="azml-Button" onClick={() => actions.open(path)}>
                  {trans.__('Open')}
                </button>
                <button type="button" className="azml-Button" onClick={() => actions.download(path)}>
                  {trans.__('Download')}
                </button>
              </div>
            )}
            <PreviewView
              key={chosen.node.uri}
              look={chosen.look}
              actions={{
                insert: () => actions.insert(chosen.node.uri, chosen.node.label, chosen.node.isTable),
                copy: () => actions.copy(chosen.node.uri),
                open: uri =>
                  setChosen({ node: { ...chosen.node, uri, key: uri, label: uri }, look: look(uri) })
              }}
            />
          </>
        ) : (
          <p className="azml-Loading">
            {trans.__(
              'Choose a file to look into it. A job keeps what it writes to ./outputs, and what it logs with MLflow.'
            )}
          </p>
        )}
      </div>
    </div>
  );
}

const nothing = () => undefined;
