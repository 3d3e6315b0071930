import { showStatus } from '../card/badge';
import { element } from '../card/dom';
import { word } from '../card/state';
import type { ILook } from '../chart/palette';
import { swatch } from './legend';
import { extremesOf, ICell, IColumn, IRow, ITable } from './rows';

/** The jobs compared: columns can be sorted, what differs stands out. */
export class ComparisonTable {
  readonly node = element('div', 'azml-TableFrame');
  onSort: (column: string) => void = () => undefined;
  onPoint: (job: string | null) => void = () => undefined;

  constructor() {
    this.node.tabIndex = 0;
    this.node.setAttribute('role', 'region');
    const table = element('table', 'azml-Table');
    table.append(this.head, this.body);
    this.node.append(table);
  }

  show(
    table: ITable,
    sort: { column: string; down: boolean } | null,
    lookOf: (job: string) => ILook,
    labels: Record<string, string>
  ): void {
    this.node.setAttribute('aria-label', word(labels, 'table'));
    const extremes = extremesOf(table);
    const focused = (document.activeElement as HTMLElement | null)?.dataset?.column;
    const row = element('tr', '');
    row.append(...table.columns.map(column => this.header(column, sort)));
    this.head.replaceChildren(row);
    if (focused !== undefined && !this.head.contains(document.activeElement)) {
      this.head.querySelector<HTMLElement>(`[data-column="${CSS.escape(focused)}"]`)?.focus();
    }
    this.body.replaceChildren(
      ...table.rows.map(each => this.row(each, table.columns, extremes, lookOf(each.job.name), labels))
    );
  }

  private header(column: IColumn, sort: { column: string; down: boolean } | null): HTMLElement {
    const cell = element('th', `azml-mod-${column.kind}${column.isNumber ? ' azml-mod-number' : ''}`);
    cell.scope = 'col';
    cell.classList.toggle('azml-mod-differs', column.differs);
    const isSorted = sort?.column === column.id;
    cell.setAttribute('aria-sort', isSorted ? (sort.down ? 'descending' : 'ascending') : 'none');
    const button = element('button', 'azml-Table-sort');
    button.type = 'button';
    button.title = column.title;
    button.dataset.column = column.id;
    button.append(element('span', 'azml-Table-title', column.title));
    button.append(element('span', 'azml-Table-arrow', isSorted ? (sort.down ? '▼' : '▲') : ''));
    button.addEventListener('click', () => this.onSort(column.id));
    cell.append(button);
    return cell;
  }

  private row(
    { job, cells }: IRow,
    columns: IColumn[],
    extremes: ({ low: number; high: number } | null)[],
    look: ILook,
    labels: Record<string, string>
  ): HTMLElement {
    const row = element('tr', '');
    row.dataset.job = job.name;
    row.addEventListener('pointerenter', () => this.onPoint(job.name));
    row.addEventListener('pointerleave', () => this.onPoint(null));
    row.append(
      ...cells.map((cell, i) => {
        const made = cellOf(cell, columns[i], extremes[i]);
        if (columns[i].id === 'job') {
          made.replaceChildren(swatch(look), element('span', 'azml-Table-name', cell.text));
          made.title = `${job.display_name}\n${job.name}`;
        } else if (columns[i].id === 'status') {
          const badge = element('span', 'azml-Badge');
          showStatus(badge, job.status, word(labels, job.status));
          made.replaceChildren(badge);
          made.title = job.reason?.message ?? '';
        }
        return made;
      })
    );
    return row;
  }

  private head = element('thead', '');
  private body = element('tbody', '');
}

function cellOf(cell: ICell, column: IColumn, extremes: { low: number; high: number } | null): HTMLElement {
  const made = element(column.id === 'job' ? 'th' : 'td', '', cell.text);
  if (made instanceof HTMLTableCellElement && column.id === 'job') {
    made.scope = 'row';
  }
  made.title = cell.text;
  made.classList.toggle('azml-mod-number', column.isNumber);
  made.classList.toggle('azml-mod-differs', column.differs);
  made.classList.toggle('azml-mod-same', column.kind === 'parameter' && !column.differs);
  if (extremes && (cell.value === extremes.low || cell.value === extremes.high)) {
    // Which of them is better nobody has said: both are marked.
    made.dataset.extreme = cell.value === extremes.low ? 'low' : 'high';
  }
  return made;
}
