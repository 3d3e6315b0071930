import { INotebookTracker, NotebookActions, NotebookPanel } from '@jupyterlab/notebook';
import { codeFor, IDataItem } from './code';

/** How our own drags are told from all others. */
export const DRAGGED = 'application/vnd.jupyter-azml.code';

/** What a drag carries: editors take the text themselves, where it is dropped. */
export function carry(item: IDataItem, transfer: DataTransfer): void {
  const code = codeFor(item);
  transfer.setData('text/plain', code);
  transfer.setData(DRAGGED, code);
  transfer.effectAllowed = 'copy';
}

/** Into the active cell when it is empty, else into a new one below it. */
export function insertCode(item: IDataItem, panel: NotebookPanel): void {
  insertText(codeFor(item), panel);
}

/** The same for any code. */
export function insertText(code: string, panel: NotebookPanel): void {
  putInCell(code, panel);
  panel.content.activate();
}

/** Code that is dropped beside an editor, between cells or below the last one, becomes a cell of its own there. */
export function takeDrops(notebooks: INotebookTracker): void {
  notebooks.widgetAdded.connect((_, panel) => {
    const { node } = panel.content;
    const isOurs = (event: DragEvent) =>
      event.dataTransfer?.types.includes(DRAGGED) && !(event.target as Element).closest?.('.cm-content');
    node.addEventListener('dragover', event => {
      if (isOurs(event)) {
        event.preventDefault();
        event.dataTransfer!.dropEffect = 'copy';
      }
    });
    node.addEventListener('drop', event => {
      if (isOurs(event)) {
        event.preventDefault();
        event.stopPropagation();
        goTo(event, panel);
        putInCell(event.dataTransfer!.getData(DRAGGED), panel);
        panel.content.activate();
      }
    });
  });
}

/** The cell that the pointer is at, or the last one above it. */
function goTo(event: DragEvent, panel: NotebookPanel): void {
  const { widgets } = panel.content;
  const below = widgets.findIndex(
    cell => cell.node.isConnected && cell.node.getBoundingClientRect().bottom >= event.clientY
  );
  panel.content.activeCellIndex = below < 0 ? widgets.length - 1 : below;
}

function putInCell(code: string, panel: NotebookPanel): void {
  const { content } = panel;
  const isEmpty = content.activeCell?.model.sharedModel.getSource().trim() === '';
  if (!isEmpty || content.activeCell?.model.type !== 'code') {
    NotebookActions.insertBelow(content);
  }
  content.activeCell?.model.sharedModel.setSource(code);
}
