import * as React from 'react';
import { AzmlError, Request } from '../api/request';
import type { Job, Model } from '../api/types';
import { fileSize } from '../data/format';
import type { IWaiting } from '../data/upload';
import { ChoiceField, Field, RadioField, TextField } from '../ui/fields';
import { askForm } from '../ui/formdialog';
import { Pairs, PairsField, valuesOf } from '../ui/pairsfield';
import { IWords, useWords } from '../ui/words';
import type { ModelsModel } from './model';
import { IJobOutput, outputsOf, recentJobs } from './outputs';
import { typeWord } from './words';

/** Puts files where models are read from, and answers with their address. */
export type PutFiles = (
  name: string,
  files: readonly IWaiting[],
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void
) => Promise<string>;

export interface IRegisterStart {
  name?: string;
  job?: string;
  /** An address, or a path as JupyterLab's file browser knows it. */
  path?: string;
}

type Source = 'job' | 'path' | 'upload';

class Registration {
  source: Source;
  name: string;
  version = '';
  type: Model['type'] | '' = '';
  description = '';
  stage = '';
  tags: Pairs = [];
  path: string;
  job: string;
  output = '';
  files: readonly IWaiting[] = [];
  jobs: readonly Job[] = [];
  outputs: readonly IJobOutput[] | null = null;
  error: AzmlError | null = null;
  /** Bytes that were uploaded, of how many. */
  progress: [number, number] | null = null;

  constructor(
    private request: Request,
    start: IRegisterStart
  ) {
    this.name = start.name ?? '';
    this.job = start.job ?? '';
    this.path = start.path ?? '';
    this.source = start.path ? 'path' : 'job';
  }

  async readJobs(): Promise<void> {
    try {
      this.jobs = await recentJobs(this.request);
      if (!this.job && this.jobs.length > 0) {
        this.job = this.jobs[0].name;
      }
    } catch (reason) {
      this.error = AzmlError.of(reason);
    }
  }

  async readOutputs(): Promise<void> {
    const { job } = this;
    this.outputs = null;
    this.error = null;
    if (!job) {
      this.outputs = [];
      return;
    }
    try {
      const found = await outputsOf(this.request, job);
      if (job === this.job) {
        this.outputs = found;
        this.output = found[0]?.address ?? '';
      }
    } catch (reason) {
      if (job === this.job) {
        this.error = AzmlError.of(reason);
        this.outputs = [];
      }
    }
  }
}

/** Asks which files are to be a model, and under which name; null when it was given up. */
export function askRegistration(
  request: Request,
  models: ModelsModel,
  put: PutFiles,
  start: IRegisterStart,
  words: IWords
): Promise<Model | null> {
  const { trans } = words;
  const wanted = new Registration(request, start);
  let draw: () => void = () => undefined;
  return askForm(
    {
      title: start.name ? trans.__('Register a version of %1', start.name) : trans.__('Register a model'),
      accept: trans.__('Register'),
      fields: changed => {
        draw = changed;
        return <RegisterFields wanted={wanted} changed={changed} isNamed={Boolean(start.name)} />;
      },
      fault: () => {
        if (!wanted.name.trim()) {
          return trans.__('Give the model a name.');
        }
        if (wanted.source === 'job' && !wanted.output) {
          return trans.__('Choose what of a job is to be the model.');
        }
        if (wanted.source === 'path' && !wanted.path.trim()) {
          return trans.__('Say which file or folder it is.');
        }
        return wanted.source === 'upload' && wanted.files.length === 0
          ? trans.__('Choose files to upload.')
          : null;
      },
      submit: async signal => {
        const path =
          wanted.source === 'job'
            ? wanted.output
            : wanted.source === 'path'
              ? wanted.path.trim()
              : await put(wanted.name.trim(), wanted.files, signal, (...progress) => {
                  wanted.progress = progress;
                  draw();
                });
        return models.register(
          {
            name: wanted.name.trim(),
            path,
            version: wanted.version.trim(),
            description: wanted.description,
            stage: wanted.stage.trim(),
            tags: valuesOf(wanted.tags),
            ...(wanted.type ? { type: wanted.type } : {})
          },
          signal
        );
      }
    },
    words
  );
}

function RegisterFields({
  wanted,
  changed,
  isNamed
}: {
  wanted: Registration;
  changed: () => void;
  isNamed: boolean;
}): React.ReactElement {
  const { trans } = useWords();
  const set = (change: Partial<Registration>) => {
    Object.assign(wanted, change);
    changed();
  };
  return (
    <>
      <RadioField<Source>
        label={trans.__('The files are')}
        value={wanted.source}
        choices={[
          { value: 'job', label: trans.__('an output of a job') },
          { value: 'path', label: trans.__('a file or folder here') },
          { value: 'upload', label: trans.__('on my computer') }
        ]}
        onChange={source => set({ source })}
      />
      {wanted.source === 'job' && <JobFields wanted={wanted} changed={changed} />}
      {wanted.source === 'path' && (
        <TextField
          label={trans.__('File or folder')}
          hint={trans.__(
            'As the file browser knows it, or an address: azureml://datastores/…, azureml://jobs/…, runs:/…'
          )}
          value={wanted.path}
          onChange={path => set({ path })}
        />
      )}
      {wanted.source === 'upload' && <UploadField wanted={wanted} changed={changed} />}
      <TextField
        label={trans.__('Name')}
        value={wanted.name}
        isDisabled={isNamed}
        onChange={name => set({ name })}
      />
      <div className="azml-Form-row">
        <TextField
          label={trans.__('Version')}
          value={wanted.version}
          placeholder={trans.__('counted up')}
          onChange={version => set({ version })}
        />
        <ChoiceField
          label={trans.__('Type')}
          value={wanted.type}
          choices={[
            { value: '', label: trans.__('what the files are') },
            ...(['mlflow_model', 'custom_model', 'triton_model'] as const).map(value => ({
              value,
              label: typeWord(value, trans)
            }))
          ]}
          onChange={type => set({ type })}
        />
      </div>
      <TextField
        label={trans.__('Description')}
        value={wanted.description}
        isLong
        onChange={description => set({ description })}
      />
      <PairsField label={trans.__('Tags')} value={wanted.tags} onChange={tags => set({ tags })} />
    </>
  );
}

function JobFields({ wanted, changed }: { wanted: Registration; changed: () => void }): React.ReactElement {
  const { trans } = useWords();
  React.useEffect(() => {
    void (async () => {
      await wanted.readJobs();
      changed();
      await wanted.readOutputs();
      changed();
    })();
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted]);
  const choose = async (job: string) => {
    wanted.job = job;
    changed();
    await wanted.readOutputs();
    changed();
  };
  const known = wanted.jobs.some(job => job.name === wanted.job);
  return (
    <>
      <ChoiceField
        label={trans.__('Job')}
        value={wanted.job}
        hint={wanted.error ? wanted.error.message : undefined}
        choices={[
          ...(known ? [] : [{ value: wanted.job, label: wanted.job || trans.__('No completed job') }]),
          ...wanted.jobs.map(job => ({
            value: job.name,
            label:
              job.display_name && job.display_name !== job.name
                ? `${job.display_name} · ${job.name}`
                : job.name
          }))
        ]}
        onChange={job => void choose(job)}
      />
      <ChoiceField
        label={trans.__('Output')}
        value={wanted.output}
        choices={
          wanted.outputs === null
            ? [{ value: '', label: trans.__('Loading…') }]
            : wanted.outputs.length === 0
              ? [{ value: '', label: trans.__('It left no files.') }]
              : wanted.outputs.map(output => ({ value: output.address, label: output.label }))
        }
        onChange={output => {
          wanted.output = output;
          changed();
        }}
      />
    </>
  );
}

function UploadField({ wanted, changed }: { wanted: Registration; changed: () => void }): React.ReactElement {
  const { trans, locale } = useWords();
  const [isFolder, setFolder] = React.useState(false);
  const input = React.useRef<HTMLInputElement>(null);
  React.useEffect(() => {
    input.current?.toggleAttribute('webkitdirectory', isFolder);
  }, [isFolder]);
  const { length } = wanted.files;
  return (
    <>
      <RadioField<'files' | 'folder'>
        label={trans.__('Upload')}
        value={isFolder ? 'folder' : 'files'}
        choices={[
          { value: 'files', label: trans.__('files') },
          { value: 'folder', label: trans.__('a whole folder') }
        ]}
        onChange={kind => setFolder(kind === 'folder')}
      />
      <Field
        label={isFolder ? trans.__('Folder') : trans.__('Files')}
        hint={length > 0 ? trans._n('%1 file chosen', '%1 files chosen', length) : undefined}
      >
        {(id, described) => (
          <input
            ref={input}
            id={id}
            type="file"
            multiple
            aria-describedby={described}
            onChange={event => {
              wanted.files = [...(event.target.files ?? [])].map(file => ({
                path: file.webkitRelativePath || file.name,
                file
              }));
              changed();
            }}
          />
        )}
      </Field>
      {wanted.progress && (
        <p className="azml-Field-hint" role="status">
          <progress value={wanted.progress[0]} max={Math.max(1, wanted.progress[1])} />{' '}
          {trans.__(
            '%1 of %2 uploaded',
            fileSize(wanted.progress[0], locale),
            fileSize(wanted.progress[1], locale)
          )}
        </p>
      )}
    </>
  );
}
