import type { Kernel } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { AzmlError } from '../api/request';

/** What the kernel says of the job that it has submitted. */
export interface ISubmission {
  name: string;
  display_name: string;
  workspace: string;
  notes: string[];
}

/** The part of a kernel's connection that is needed here. */
export type Asked = Pick<Kernel.IKernelConnection, 'status' | 'spec' | 'requestExecute'>;

/**
 * Has the kernel submit a cell: it alone has the variables. Silent, so that neither its history nor the notebook
 * shows anything. A busy kernel answers once it is idle.
 */
export async function askKernel(
  kernel: Asked | null | undefined,
  source: string,
  locale: string,
  trans: TranslationBundle
): Promise<ISubmission> {
  if (!kernel || kernel.status === 'dead' || kernel.status === 'terminating') {
    throw new AzmlError(
      'NoKernel',
      trans.__('This notebook has no running kernel.'),
      trans.__('Start one and run the cells before: a cell takes its variables along.')
    );
  }
  const spec = await kernel.spec;
  if (spec && spec.language.toLowerCase() !== 'python') {
    throw new AzmlError(
      'NotPython',
      trans.__(
        'Only cells of Python notebooks can run as jobs by themselves; this one is %1.',
        spec.language
      ),
      trans.__('Run the whole notebook as a job instead.')
    );
  }
  const [code, said] = [JSON.stringify(source), JSON.stringify(locale)];
  const submit = "__import__('jupyter_azml.magics.cell_button', fromlist=['submit']).submit";
  const future = kernel.requestExecute(
    {
      code: '',
      silent: true,
      store_history: false,
      allow_stdin: false,
      stop_on_error: false,
      user_expressions: { azml: `${submit}(get_ipython(), ${code}, ${said})` }
    },
    true
  );
  let reply;
  try {
    reply = (await future.done).content;
  } catch {
    throw gone(trans);
  }
  if (reply.status !== 'ok') {
    throw gone(trans);
  }
  const answer = (reply as unknown as { user_expressions?: Record<string, IAnswer> }).user_expressions?.azml;
  const found = answer?.data?.['application/json'];
  if (found) {
    return found as ISubmission;
  }
  throw refusal(answer, trans);
}

interface IAnswer {
  status: string;
  ename?: string;
  evalue?: string;
  data?: Record<string, unknown>;
}

function refusal(answer: IAnswer | undefined, trans: TranslationBundle): AzmlError {
  const [message, ...hint] = (answer?.evalue ?? '').split('\n');
  if (answer?.ename === 'ModuleNotFoundError' && message.includes('jupyter_azml')) {
    return new AzmlError(
      'NotInstalled',
      trans.__('The kernel of this notebook does not have jupyter_azml.'),
      trans.__('Install it there with: %pip install jupyter_azml. Then restart the kernel.')
    );
  }
  return new AzmlError(
    answer?.ename ?? 'Unexpected',
    message || trans.__('The kernel did not answer.'),
    hint.join('\n')
  );
}

function gone(trans: TranslationBundle): AzmlError {
  return new AzmlError(
    'KernelGone',
    trans.__('The kernel dropped the request: it was restarted, or a cell before it failed.'),
    trans.__('Press the button again once the kernel is idle.')
  );
}
