import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AzmlError } from '../api/request';
import { DataModel } from './model';
import { rowsOf } from './tree';

const WORDS = { more: 'more', empty: 'empty', failed: (error: AzmlError) => error.message };
const STORE = { name: 'raw', type: 'local', container_name: '' };
const file = (path: string, is_folder = false) => ({ path, is_folder, size: 5, modified: null });
const asset = (version: string) => ({
  name: 'iris',
  version,
  type: 'uri_file',
  path: '/a/iris.csv',
  description: '',
  created: null
});

let pages: Record<string, unknown[]>;
let asked: string[];
let model: DataModel;

beforeEach(() => {
  pages = {
    data: [asset('2')],
    datastores: [STORE],
    'datastores/raw/files?': [file('deep', true), file('a.csv')],
    'datastores/raw/files?deep': [file('deep/b.txt')],
    'data/iris/versions': [asset('2'), asset('1')]
  };
  asked = [];
  const request = async (path: string, options: { query: Record<string, string | undefined> }) => {
    const { continuation, path: folder } = options.query;
    const key = folder === undefined ? path : `${path}?${folder}`;
    asked.push(continuation ? `${key}@${continuation}` : key);
    const items = pages[continuation ? `${key}@${continuation}` : key];
    if (!items) {
      throw new AzmlError('StorageUnreachable', 'Nothing answers.');
    }
    return { items, continuation: pages[`${key}@next`] && !continuation ? 'next' : null };
  };
  model = new DataModel(request as never, { assets: 'Data assets', datastores: 'Datastores' });
});

const settled = () =>
  vi.waitFor(() => expect([...model.branches.values()].some(b => b.isLoading)).toBe(false));
const labels = () =>
  rowsOf(model.roots, model.branches, model.expanded, WORDS).map(
    row => `${' '.repeat(row.depth)}${row.label}`
  );
const open = async (key: string) => {
  model.toggle(model.find(key)!, true);
  await settled();
};

describe('the tree of data', () => {
  it('asks for the first level when it is opened, and for no more', async () => {
    expect(asked).toEqual([]);
    model.open();
    await settled();
    expect(asked).toEqual(['data', 'datastores']);
    expect(labels()).toEqual(['Data assets', ' iris', 'Datastores', ' raw']);
  });

  it('reads a folder when it is opened, and not again when it is closed and opened', async () => {
    model.open();
    await settled();
    await open('d:raw');
    await open('d:raw/deep/');
    expect(labels().slice(2)).toEqual(['Datastores', ' raw', '  deep', '   b.txt', '  a.csv']);
    model.toggle(model.find('d:raw')!, false);
    expect(labels().slice(2)).toEqual(['Datastores', ' raw']);
    const before = asked.length;
    await open('d:raw');
    expect(asked.length).toBe(before);
  });

  it('goes on where a page ended, and shows nothing twice', async () => {
    pages['datastores/raw/files?@next'] = [file('a.csv'), file('z.csv')];
    model.open();
    await settled();
    await open('d:raw');
    expect(labels().at(-1)).toBe('  more');
    await model.loadMore(model.find('d:raw')!);
    expect(labels().slice(-3)).toEqual(['  deep', '  a.csv', '  z.csv']);
  });

  it('says what failed below the node, and tries again when it is opened again', async () => {
    delete pages['datastores/raw/files?'];
    model.open();
    await settled();
    await open('d:raw');
    expect(labels().at(-1)).toBe('  Nothing answers.');
    pages['datastores/raw/files?'] = [];
    await open('d:raw');
    expect(labels().at(-1)).toBe('  empty');
  });

  it('lists versions, each with its own address', async () => {
    model.open();
    await settled();
    await open('a:iris');
    const rows = rowsOf(model.roots, model.branches, model.expanded, WORDS);
    expect(rows.filter(row => row.kind === 'version').map(row => row.uri)).toEqual([
      'azureml:iris:2',
      'azureml:iris:1'
    ]);
    expect(rows[1].isTable).toBe(true);
  });

  it('reads what is open anew, and forgets what is closed', async () => {
    model.open();
    await settled();
    await open('d:raw');
    await open('a:iris');
    model.toggle(model.find('a:iris')!, false);
    pages['datastores/raw/files?'] = [file('new.csv')];
    await model.refresh();
    expect(labels().at(-1)).toBe('  new.csv');
    expect(model.branches.has('a:iris')).toBe(false);
  });

  it('reads the folder anew into which a file was put', async () => {
    model.open();
    await settled();
    await open('d:raw');
    pages['datastores/raw/files?'] = [file('deep', true), file('put.csv')];
    await model.refreshFolder('raw', '');
    expect(labels().at(-1)).toBe('  put.csv');
  });
});
