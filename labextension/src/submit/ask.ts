import type { NotebookPanel } from '@jupyterlab/notebook';
import { AzmlError, jobPath } from '../api/request';
import type { Job } from '../api/types';
import { valueText } from '../job/facts';
import { isOfRoot } from '../jobs/saving';
import { runNotebook } from '../jobs/submit';
import type { IHere } from '../shell/here';
import type { IUnsaved } from './form';

/** The notebook on the screen as a job: with a form before it, or at once. Null when the user thought better of it. */
export async function runCurrent(here: IHere, panel: NotebookPanel, isAtOnce: boolean): Promise<Job | null> {
  const { app, jobs, words } = here;
  const { contents } = app.serviceManager;
  const { context } = panel;
  if (isAtOnce) {
    return runNotebook(panel, contents, jobs, words.trans, here.settings.get('saveBeforeRun'));
  }
  if (!isOfRoot(context.path, contents)) {
    throw elsewhere(here);
  }
  const { askAndSubmit } = await import('./dialog');
  return askAndSubmit(here, {
    path: context.localPath,
    title: panel.title.label,
    unsaved: context.model.dirty ? unsavedOf(panel) : null,
    save: async () => {
      await context.save();
      return !context.model.dirty;
    }
  });
}

/** A notebook by its path, whether it is open or not. */
export async function runFile(here: IHere, path: string): Promise<Job | null> {
  const open = here.notebooks?.find(each => each.context.path === path);
  if (open) {
    return runCurrent(here, open, false);
  }
  const { contents } = here.app.serviceManager;
  if (!isOfRoot(path, contents)) {
    throw elsewhere(here);
  }
  const { askAndSubmit } = await import('./dialog');
  const local = contents.localPath(path);
  return askAndSubmit(here, {
    path: local,
    title: local.slice(local.lastIndexOf('/') + 1),
    unsaved: null,
    save: () => Promise.resolve(true)
  });
}

/** The same notebook with the same parameters, to be changed. */
export async function runAgain(here: IHere, name: string): Promise<Job | null> {
  const { jobs, request, words } = here;
  const { trans } = words;
  const job = await jobs.find(name);
  const { path } = await request<{ path: string | null }>(jobPath(name, 'origin'));
  if (path === null || job.spec.type !== 'notebook') {
    throw new AzmlError(
      'NotAFile',
      trans.__('The notebook of this job is no longer among the files of this Jupyter server.'),
      trans.__('Open the job’s own copy, save it in your files and run that.')
    );
  }
  const { spec } = job;
  const open = here.notebooks?.find(
    each => here.app.serviceManager.contents.localPath(each.context.path) === path
  );
  const { askAndSubmit } = await import('./dialog');
  return askAndSubmit(here, {
    path,
    title: path.slice(path.lastIndexOf('/') + 1),
    unsaved: open?.context.model.dirty ? unsavedOf(open) : null,
    save: async () => {
      await open?.context.save();
      return !open?.context.model.dirty;
    },
    choices: {
      compute: spec.compute,
      experiment: spec.experiment,
      environment: typeof spec.environment === 'string' ? spec.environment.replace(/^azureml:/, '') : '',
      displayName: spec.display_name,
      description: spec.description,
      // What no record shows cannot be brought back.
      texts: Object.fromEntries(
        Object.entries(spec.parameters)
          .filter(([each, value]) => value !== '***' && !(each in spec.inputs))
          .map(([each, value]) => [each, pythonText(value)])
      ),
      inputs: Object.fromEntries(Object.entries(spec.inputs).map(([each, input]) => [each, input.path])),
      tags: spec.tags,
      retries: spec.retries,
      timeout: spec.timeout ? Math.ceil(spec.timeout / 60) : null,
      priority: spec.priority
    }
  });
}

/** As `-p` would take it. */
export function pythonText(value: unknown): string {
  return value === null ? 'None' : value === true ? 'True' : value === false ? 'False' : valueText(value);
}

/** What the server needs to find the parameters in a notebook that no file has: not what its cells gave out. */
function unsavedOf(panel: NotebookPanel): IUnsaved {
  const { cells = [], metadata = {} } = panel.context.model.toJSON() as {
    cells?: { cell_type: string; source: unknown; metadata: unknown }[];
    metadata?: unknown;
  };
  return {
    notebook: {
      cells: cells.map(({ cell_type, source, metadata: facts }) => ({
        cell_type,
        source,
        metadata: facts,
        ...(cell_type === 'code' ? { outputs: [], execution_count: null } : {})
      })),
      metadata,
      nbformat: 4,
      nbformat_minor: 4
    }
  };
}

function elsewhere({ words: { trans } }: IHere): AzmlError {
  return new AzmlError(
    'NotAFile',
    trans.__('This notebook is not among the files of this Jupyter server.'),
    trans.__('Save a copy in your own files and run that.')
  );
}
