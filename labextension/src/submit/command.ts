/** What a notebook is to be run with; what is empty is left to the notebook and the workspace. */
export interface IAsked {
  path: string;
  /** Parameters as they were typed. */
  texts: Record<string, string>;
  /** Of these, those that no line may show. */
  hidden: ReadonlySet<string>;
  inputs: Record<string, string>;
  compute: string;
  experiment: string;
  displayName: string;
  environment: string;
  description: string;
  tags: Record<string, string>;
  /** Minutes. */
  timeout: number | null;
  retries: number;
  priority: string;
}

/** The line that does the same in a terminal, and after `%` in a cell. */
export function commandLine(asked: IAsked): string {
  const words = ['azml', 'run', quoted(asked.path)];
  const option = (name: string, ...values: string[]) => {
    if (values.every(value => value !== '')) {
      words.push(name, ...values.map(quoted));
    }
  };
  for (const [name, text] of Object.entries(asked.texts)) {
    words.push('-p', quoted(name), asked.hidden.has(name) ? "'***'" : quoted(text));
  }
  for (const [name, path] of Object.entries(asked.inputs)) {
    option('--input', name, path);
  }
  option('--compute', asked.compute);
  option('--experiment', asked.experiment);
  option('--display-name', asked.displayName);
  option('--environment', asked.environment);
  option('--description', asked.description);
  for (const [name, value] of Object.entries(asked.tags)) {
    words.push('--tag', quoted(`${name}=${value}`));
  }
  option('--timeout', asked.timeout ? String(asked.timeout * 60) : '');
  option('--retries', asked.retries ? String(asked.retries) : '');
  option('--priority', asked.priority === 'medium' ? '' : asked.priority);
  return words.join(' ');
}

/** As a shell takes it for one word. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
}
