import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import { AzmlError } from '../api/request';
import { askKernel, type Asked } from './ask';

const trans = nullTranslator.load('');
const SUBMITTED = { name: 'kind_bridge', display_name: 'x', workspace: '/w', notes: [] };

interface IRequest {
  code: string;
  silent?: boolean;
  store_history?: boolean;
  user_expressions?: Record<string, string>;
}

/** A kernel that answers with this, or is gone. */
function kernel(content: unknown, options: { status?: string; language?: string } = {}) {
  const requests: IRequest[] = [];
  const asked = {
    status: options.status ?? 'idle',
    spec: Promise.resolve({ language: options.language ?? 'python' }),
    requestExecute: (request: IRequest) => {
      requests.push(request);
      return {
        done: content === undefined ? Promise.reject(new Error('Canceled')) : Promise.resolve({ content })
      };
    }
  };
  return { asked: asked as unknown as Asked, requests };
}

const ok = (azml: unknown) => ({ status: 'ok', user_expressions: { azml } });
const error = (ename: string, evalue: string) => ok({ status: 'error', ename, evalue, traceback: [] });

async function refused(asked: Asked | null): Promise<AzmlError> {
  return askKernel(asked, '1', 'en', trans).then(
    () => {
      throw new Error('was not refused');
    },
    reason => reason as AzmlError
  );
}

describe('askKernel', () => {
  it('asks silently, quoting any source, and hands on what the kernel says', async () => {
    const { asked, requests } = kernel(ok({ status: 'ok', data: { 'application/json': SUBMITTED } }));
    const source = `print("it's", '''x''', "\\n")\n# \u2028 "`;
    expect(await askKernel(asked, source, 'fr_FR', trans)).toEqual(SUBMITTED);
    const [request] = requests;
    expect([request.code, request.silent, request.store_history]).toEqual(['', true, false]);
    expect(request.user_expressions!.azml).toContain(
      `.submit(get_ipython(), ${JSON.stringify(source)}, "fr_FR")`
    );
  });

  it.each([null, kernel(ok({}), { status: 'dead' }).asked])('says that there is no kernel', async asked => {
    expect((await refused(asked)).code).toBe('NoKernel');
  });

  it('asks no kernel of another language', async () => {
    const { asked, requests } = kernel(ok({}), { language: 'R' });
    expect((await refused(asked)).message).toContain('this one is R');
    expect(requests).toEqual([]);
  });

  it('shows the message and the hint of an expected error', async () => {
    const { asked } = kernel(error('CellNotPortable', 'fh cannot travel\nOpen it inside the cell.'));
    const { code, message, hint } = await refused(asked);
    expect([code, message, hint]).toEqual([
      'CellNotPortable',
      'fh cannot travel',
      'Open it inside the cell.'
    ]);
  });

  it('tells how to install what the kernel lacks', async () => {
    const { asked } = kernel(error('ModuleNotFoundError', "No module named 'jupyter_azml'"));
    expect((await refused(asked)).hint).toContain('%pip install jupyter_azml');
  });

  it.each([undefined, { status: 'aborted' }, { status: 'error', ename: 'X', evalue: '' }])(
    'says that the kernel dropped the request',
    async content => {
      expect((await refused(kernel(content).asked)).code).toBe('KernelGone');
    }
  );

  it('survives an answer without an answer', async () => {
    expect((await refused(kernel({ status: 'ok' }).asked)).message).toBe('The kernel did not answer.');
  });
});
