import type { ITable } from './rows';

type Value = string | number | undefined;

/** As RFC 4180 has it, with a mark for spreadsheets that the text is UTF-8. */
export function csv(rows: Value[][]): string {
  return `\ufeff${rows.map(row => row.map(field).join(',')).join('\r\n')}\r\n`;
}

/** The table as it is shown, with names of jobs, and numbers as they are. */
export function csvOfTable({ columns, rows }: ITable): string {
  return csv([
    ['name', ...columns.map(column => column.title)],
    ...rows.map(({ job, cells }) => [
      job.name,
      ...cells.map(({ value, text }) => (typeof value === 'number' && text !== '' ? value : text))
    ])
  ]);
}

function field(value: Value): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const text = value ?? '';
  // A spreadsheet would run what begins like a formula.
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** Hands a file to the browser's downloads. */
export function save(name: string, content: BlobPart, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
