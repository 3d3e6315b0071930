/** What is typed into the search of models, as the server understands it. */
export interface IModelQuery {
  text: string;
  tag: string[];
  archived: 'active' | 'archived' | 'all';
}

/** `team=blue` and `#team` are tags, with this value or whatever it is; the rest is looked for as it stands. */
export function queryOf(typed: string, archived: IModelQuery['archived']): IModelQuery {
  const words = typed.trim().split(/\s+/).filter(Boolean);
  const isTag = (word: string) => /^[^\s=#]+=/.test(word) || /^#./.test(word);
  return {
    text: words.filter(word => !isTag(word)).join(' '),
    tag: words.filter(isTag).map(word => word.replace(/^#/, '')),
    archived
  };
}

/** `churn:3`, where no version is named the newest. */
export function modelName(reference: string): { name: string; version: string | null } {
  const [, name, version] = /^(?:azureml:)?([^:]+)(?::(.+))?$/s.exec(reference) ?? ['', reference, undefined];
  return { name, version: version ?? null };
}

export const modelPath = (name: string, version?: string | null, ...parts: string[]): string =>
  ['models', name, ...(version ? ['versions', version] : []), ...parts]
    .map((part, i) => (i === 0 ? part : encodeURIComponent(part)))
    .join('/');
