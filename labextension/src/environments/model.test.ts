import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AzmlError, Request } from '../api/request';
import type { Environment } from '../api/types';
import { commandOf, faultIn, requestOf } from './form';
import { EnvironmentsModel } from './model';

const settled = () => new Promise(resolve => setTimeout(resolve, 0));
const anEnvironment = (name: string, changes: Partial<Environment> = {}): Environment =>
  ({
    name,
    version: '1',
    state: 'NotBuilt',
    packages: [],
    conda_file: {},
    resolved: {},
    notes: [],
    ...changes
  }) as Environment;

describe('EnvironmentsModel', () => {
  let log: { text: string; offset: number; is_running: boolean; error: object | null }[];
  let refuse: AzmlError | null;
  let asked: string[];
  let model: EnvironmentsModel;

  beforeEach(() => {
    log = [];
    refuse = null;
    asked = [];
    const request = vi.fn(
      async (path: string, options?: { method?: string; query?: Record<string, unknown> }) => {
        const query = Object.entries(options?.query ?? {}).filter(
          ([, value]) => value !== null && value !== undefined
        );
        asked.push(
          `${options?.method ?? 'GET'} ${path} ${query.map(pair => pair.join('=')).join('&')}`.trim()
        );
        if (path === 'environments') {
          const name = options?.query?.name as string | undefined;
          return {
            items: name
              ? [anEnvironment(name, { version: '2' }), anEnvironment(name)]
              : [anEnvironment('sk')],
            continuation: null
          };
        }
        if (path.endsWith('/build') && !options?.method) {
          return { environment: null, ...log.shift()! };
        }
        if (refuse) {
          throw refuse;
        }
        return anEnvironment('sk', { version: String(options?.query?.version ?? 2) });
      }
    );
    model = new EnvironmentsModel(request as unknown as Request);
  });

  it('opens the newest version, and another one that is chosen', async () => {
    await model.open('sk');
    expect(model.opened.get('sk')?.shown?.version).toBe('2');
    await model.open('sk', '1');
    expect(model.opened.get('sk')?.shown?.version).toBe('1');
    expect(model.opened.get('sk')?.versions).toHaveLength(2);
  });

  it('reads a build from where it was left, to its end', async () => {
    vi.useFakeTimers();
    log = [
      { text: 'one\n', offset: 4, is_running: true, error: null },
      { text: 'two\n', offset: 8, is_running: false, error: { code: 'X', message: 'no', hint: 'do' } }
    ];
    model.isVisible = true;
    await model.build(anEnvironment('sk'));
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    model.isVisible = false;
    const build = model.buildOf(anEnvironment('sk'))!;
    expect([build.text, build.isRunning, build.error?.hint]).toEqual(['one\ntwo\n', false, 'do']);
    expect(asked.filter(each => each.includes('/build'))).toEqual([
      'POST environments/sk/build version=1',
      'GET environments/sk/build version=1&offset=0',
      'GET environments/sk/build version=1&offset=4'
    ]);
  });

  it('brings back what could not be archived, and says why', async () => {
    await model.refresh();
    refuse = new AzmlError('Conflict', 'no', 'do');
    const done = model.archive('sk');
    expect(model.items).toEqual([]);
    await done;
    expect(model.items.map(each => each.name)).toEqual(['sk']);
    expect(model.refusal?.code).toBe('Conflict');
  });

  it('drops what comes for another shelf', async () => {
    const late = model.refresh();
    model.shelf = 'curated';
    await late;
    await settled();
    expect(model.items).toEqual([]);
  });
});

describe('the form of an environment', () => {
  const words = { trans: { __: (text: string) => text } as never, locale: 'en' };
  const asked = {
    name: 'sk',
    description: '',
    way: 'packages' as const,
    texts: { packages: ' pandas \n\nscikit-learn==1.5.*\n', requirements: '', conda_file: '' },
    refused: null
  };

  it('asks for one package a line', () => {
    expect(requestOf(asked)).toEqual({
      name: 'sk',
      description: '',
      packages: ['pandas', 'scikit-learn==1.5.*']
    });
    expect(commandOf(asked)).toBe(
      '%azml environment create sk --packages pandas scikit-learn==1.5.*'.replace(
        'scikit-learn==1.5.*',
        "'scikit-learn==1.5.*'"
      )
    );
  });

  it('asks for the text of a file as it is', () => {
    const conda = {
      ...asked,
      way: 'conda_file' as const,
      texts: { ...asked.texts, conda_file: 'a:\n  - b\n' }
    };
    expect(requestOf(conda)).toEqual({ name: 'sk', description: '', conda_file: 'a:\n  - b\n' });
  });

  it('refuses a name that nobody could type, and nothing at all', () => {
    expect(faultIn({ ...asked, name: '../x' }, words)).toBeTruthy();
    expect(faultIn({ ...asked, texts: { ...asked.texts, packages: ' \n' } }, words)).toBeTruthy();
    expect(faultIn(asked, words)).toBeNull();
  });
});
