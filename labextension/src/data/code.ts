/** What a dragged asset, file or folder is about, for whoever writes code for it. */
export interface IDataItem {
  /** Any spelling that the workspace takes: `azureml:diabetes:3`, `azureml://datastores/raw/paths/a.csv`. */
  uri: string;
  name: string;
  /** Whether its rows can become a DataFrame. */
  isTable: boolean;
}

/** Lines that run in any notebook whose kernel has jupyter_azml. */
export function codeFor({ uri, name, isTable }: IDataItem): string {
  const variable = variableOf(name);
  const [asked, looked] = isTable ? ['to_pandas()', `${variable}.head()`] : ['path()', variable];
  return `import jupyter_azml\n\n${variable} = jupyter_azml.data(${pythonText(uri)}).${asked}\n${looked}`;
}

/** Files that `to_pandas()` understands, by their names, as the server tells them apart. */
export function isTableFile(name: string): boolean {
  return /\.(csv|tsv|tab|psv|parquet|pq|json|jsonl|ndjson)(\.(gz|bz2|xz))?$/i.test(name);
}

/** A name of Python's that reads like the file's: `2024 sales (final).csv` becomes `data_2024_sales_final`. */
export function variableOf(name: string): string {
  const stem = name
    .replace(/\/+$/, '')
    .replace(/^.*\//, '')
    .replace(/(\.[A-Za-z][A-Za-z0-9]{0,7}){1,2}$/, '');
  const words = stem
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase()
    .slice(0, 40)
    .replace(/_+$/, '');
  if (!words) {
    return 'data';
  }
  return /^[0-9]/.test(words) || RESERVED.has(words) ? `data_${words}` : words;
}

/** A literal of Python's: JSON's is one, but for signs outside of the first plane, which it may leave as they are. */
const pythonText = (text: string): string => JSON.stringify(text);

/** Words that cannot name a variable, or that nobody wants to lose. */
const RESERVED = new Set(
  (
    'and as assert async await break class continue def del elif else except false finally for from global if import ' +
    'in is lambda none nonlocal not or pass raise return true try while with yield match case type ' +
    'list dict set str int float bool bytes print input open file id sum min max len map filter range all any ' +
    'jupyter_azml'
  ).split(' ')
);
