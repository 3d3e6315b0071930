import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it, vi } from 'vitest';
import type { Parameter } from '../api/types';
import { pythonText } from './ask';
import { commandLine, quoted } from './command';
import { defaultText, FormModel, IChoices } from './form';

const trans = nullTranslator.load('jupyter_azml');

const aParameter = (
  name: string,
  type: Parameter['type'],
  value: unknown,
  written = String(value)
): Parameter => ({
  name,
  type,
  value,
  default: written,
  help: '',
  is_secret: name === 'api_key'
});

async function aForm(parameters: Parameter[], choices: IChoices = {}, hasCell = true): Promise<FormModel> {
  const request = vi.fn(async (path: string) =>
    path === 'notebooks/parameters'
      ? { notebook: 'a.ipynb', has_cell: hasCell, parameters }
      : { items: [], continuation: null }
  );
  const form = new FormModel(request as never, 'deep/a.ipynb', null, choices, trans);
  form.open();
  await vi.waitFor(() => expect(form.parameters.value).not.toBeNull());
  return form;
}

describe('FormModel', () => {
  it('sends what was changed, and nothing that is as in the notebook', async () => {
    const epochs = aParameter('epochs', 'int', 3);
    const form = await aForm([epochs, aParameter('name', 'str', 'fast', '"fast"')]);
    form.setText(epochs, '5');
    expect(form.submission.texts).toEqual({ epochs: '5' });
    form.setText(epochs, '3');
    expect(form.submission.texts).toEqual({});
  });

  it.each([
    ['int', '1.5', true],
    ['int', '-12', false],
    ['float', '1e-3', false],
    ['float', 'nan', false],
    ['float', 'many', true],
    ['list', '1, 2', true],
    ['list', "['a', 'b']", false],
    ['dict', '{"a": 1}', false],
    ['str', '', false],
    ['int', 'None', false]
  ] as const)('sees whether %s takes %s', async (type, text, isWrong) => {
    const parameter = aParameter('x', type, null, 'None');
    const form = await aForm([parameter]);
    form.texts.set('x', text);
    expect(form.faultOf(parameter) !== null).toBe(isWrong);
    expect(form.fault !== null).toBe(isWrong);
  });

  it('puts the values of an earlier job where they belong', async () => {
    const form = await aForm([aParameter('epochs', 'int', 3)], { texts: { epochs: '9', extra: 'x' } });
    expect([...form.texts]).toEqual([['epochs', '9']]);
    expect(form.extra).toEqual([['extra', 'x']]);
  });

  it('names the row that lacks a name', async () => {
    const form = await aForm([]);
    form.inputs = [['', 'azureml:rows:1']];
    expect(form.fault).toContain('azureml:rows:1');
    form.inputs = [['rows', '']];
    expect(form.fault).toContain('rows');
  });

  it.each([
    [['local', 'cpu'], 'cpu', 'cpu'],
    [['local', 'cpu'], 'gone', ''],
    [['gpu', 'cpu'], '', 'gpu']
  ])('of %s, asked for “%s”, runs on “%s”', async (names, wanted, chosen) => {
    const request = vi.fn(async (path: string) =>
      path === 'computes'
        ? { items: names.map(name => ({ name })) }
        : { has_cell: true, parameters: [], items: [] }
    );
    const form = new FormModel(request as never, 'a.ipynb', null, { compute: wanted }, trans);
    form.open();
    await vi.waitFor(() => expect(form.computes.value).not.toBeNull());
    expect(form.submission.compute ?? '').toBe(chosen);
  });

  it('shows a default as somebody would type it', () => {
    expect(defaultText(aParameter('a', 'str', 'x', "'x'"))).toBe('x');
    expect(defaultText(aParameter('a', 'bool', true, 'True'))).toBe('True');
    expect(defaultText(aParameter('a', 'list', [1], '[1]'))).toBe('[1]');
    expect(defaultText(aParameter('a', '', null, 'os.getcwd()'))).toBe('');
  });
});

describe('commandLine', () => {
  const asked = {
    path: 'my notebooks/a.ipynb',
    texts: { lr: '0.1', title: "it's; rm -rf /", api_key: 'abc' },
    hidden: new Set(['api_key']),
    inputs: { rows: 'azureml:rows:1' },
    compute: 'cpu-cluster',
    experiment: '',
    displayName: '',
    environment: '',
    description: '',
    tags: { team: 'a b' },
    timeout: 2,
    retries: 1,
    priority: 'high'
  };

  it('is what a shell takes, without secrets', () => {
    expect(commandLine(asked)).toBe(
      "azml run 'my notebooks/a.ipynb' -p lr 0.1 -p title 'it'\\''s; rm -rf /' -p api_key '***' " +
        "--input rows azureml:rows:1 --compute cpu-cluster --tag 'team=a b' --timeout 120 --retries 1 --priority high"
    );
  });

  it('quotes what a shell would take apart', () => {
    expect(['', 'a b', '$x', 'plain-1.5', 'é'].map(quoted)).toEqual([
      "''",
      "'a b'",
      "'$x'",
      'plain-1.5',
      "'é'"
    ]);
  });
});

describe('pythonText', () => {
  it('has values as -p takes them', () => {
    expect([null, true, 1.5, 'a', [1, 'b'], { $float: 'inf' }].map(pythonText)).toEqual([
      'None',
      'True',
      '1.5',
      'a',
      '[1,"b"]',
      'inf'
    ]);
  });
});
