import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AzmlError } from '../api/errors';
import { ModelsModel } from './model';

const version = (name: string) => ({ name, version: '1', aliases: [], lineage: { metrics: {} } });

let asked: Record<string, unknown>[];
let refuses: boolean;
let models: ModelsModel;
let answer: () => Promise<{ items: object[]; continuation: string | null }>;

beforeEach(() => {
  asked = [];
  refuses = false;
  answer = async () => ({ items: [version('a'), version('b')], continuation: 'next' });
  const request = async (
    path: string,
    options: { method?: string; query?: Record<string, unknown> } = {}
  ) => {
    asked.push({ path, ...options.query, ...(options.method ? { method: options.method } : {}) });
    if (refuses && options.method) {
      throw new AzmlError('Conflict', 'churn/blue serves it.', 'Delete that first.');
    }
    if (options.method) {
      return version('a');
    }
    return options.query?.continuation
      ? { items: [version('b'), version('c')], continuation: null }
      : answer();
  };
  models = new ModelsModel(request as never);
});

const names = () => models.items.map(each => each.name);

describe('the list of models', () => {
  it('asks for nothing before somebody looks', async () => {
    expect(asked).toEqual([]);
    models.isVisible = true;
    await vi.waitFor(() => expect(names()).toEqual(['a', 'b']));
  });

  it('goes on where a page ended, and shows nothing twice', async () => {
    await models.refresh();
    expect(models.hasMore).toBe(true);
    await models.loadMore();
    expect(names()).toEqual(['a', 'b', 'c']);
    expect(models.hasMore).toBe(false);
  });

  it('asks once for what was typed, after the last key', async () => {
    models.filter = 'ch';
    models.filter = 'churn team=blue';
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatchObject({ text: 'churn', tag: ['team=blue'], archived: 'active' });
  });

  it('does not show a slow answer to an older question', async () => {
    let late: (page: { items: object[]; continuation: null }) => void = () => undefined;
    answer = () => new Promise(resolve => (late = resolve));
    const first = models.refresh();
    answer = async () => ({ items: [version('new')], continuation: null });
    await models.refresh();
    late({ items: [version('old')], continuation: null });
    await first;
    expect(names()).toEqual(['new']);
  });

  it('keeps what it has when the server fails, and says why', async () => {
    await models.refresh();
    answer = async () => {
      throw new AzmlError('Http500', '500', 'Look.');
    };
    await models.refresh();
    expect(names()).toEqual(['a', 'b']);
    expect(models.error?.hint).toBe('Look.');
  });

  it('lets an archived one go at once, and takes it back when the server refuses', async () => {
    await models.refresh();
    refuses = true;
    const archived = models.archive('a', null);
    expect(names()).toEqual(['b']);
    await expect(archived).rejects.toThrow('churn/blue');
    expect(names()).toEqual(['a', 'b']);
  });

  it('tells panels which model was changed', async () => {
    const touched: string[] = [];
    models.touched.connect((_, name) => void touched.push(name));
    await models.setAlias('a', 'champion', '1');
    await models.remove('b', '1');
    expect(touched).toEqual(['a', 'b']);
    expect(asked.map(each => each.path)).toEqual(['models/a/aliases/champion', 'models/b/versions/1']);
  });
});
