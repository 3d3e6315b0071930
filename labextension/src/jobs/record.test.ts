import { describe, expect, it } from 'vitest';
import { aJob } from '../testing/jobs';
import { notebookOf } from './record';

describe('notebookOf', () => {
  it('is on the read-only drive', () => {
    const notebook = { type: 'uri_file' as const, path: 'outputs/t.ipynb', uri: '' };
    expect(notebookOf(aJob('a', { outputs: { notebook } }))).toBe('azml:a/outputs/t.ipynb');
    expect(notebookOf(aJob('a'))).toBeNull();
  });
});
