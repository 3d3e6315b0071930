import * as React from 'react';
import { AzmlError } from '../api/request';
import type { WorkspaceInfo } from '../api/types';
import { CommandLine, quoted } from '../shell/command';
import { ChoiceField, RadioField, TextField } from '../ui/fields';
import { askForm } from '../ui/formdialog';
import type { IWords } from '../ui/words';
import { IReference, referenceTo, WorkspaceModel } from './model';

interface IAsked {
  way: 'place' | 'azure';
  place: string;
  subscription: string;
  group: string;
  name: string;
  /** What the sign-in sees in Azure, or why that cannot be told; null while it is being read. */
  seen: readonly WorkspaceInfo[] | AzmlError | null;
}

const EXAMPLES = { name: 'trials', place: 'projects/config.json' };
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{2,32}$/;

/** What became of it: attached, or what is to be attached once somebody has signed in to Azure. */
export type Attached = { info: WorkspaceInfo } | { waiting: IReference };

/** A folder, a config.json or an Azure workspace; null when the user thought better of it. */
export function askToAttach(
  workspace: WorkspaceModel,
  words: IWords,
  way: IAsked['way'] = 'place'
): Promise<Attached | null> {
  const { trans } = words;
  const asked: IAsked = { way, place: '', subscription: '', group: '', name: '', seen: null };
  return askForm(
    {
      title: trans.__('Attach a workspace'),
      accept: trans.__('Attach'),
      fields: changed => <AttachFields asked={asked} changed={changed} words={words} workspace={workspace} />,
      fault: () => (isComplete(asked) ? null : trans.__('Fill in what says which workspace it is.')),
      submit: () => attachIfSignedIn(workspace, referenceOf(asked))
    },
    words
  );
}

/** One dialog waits for the other: that for signing in comes when this one is closed. Throws. */
export async function attachIfSignedIn(workspace: WorkspaceModel, reference: IReference): Promise<Attached> {
  try {
    return { info: await workspace.attach(reference) };
  } catch (reason) {
    if (AzmlError.of(reason).code === 'NotSignedIn') {
      return { waiting: reference };
    }
    throw reason;
  }
}

export function askToCreate(workspace: WorkspaceModel, words: IWords): Promise<WorkspaceInfo | null> {
  const { trans } = words;
  const asked = { name: '', description: '' };
  return askForm(
    {
      title: trans.__('New local workspace'),
      accept: trans.__('Create'),
      fields: changed => (
        <>
          <TextField
            label={trans.__('Name')}
            hint={trans.__('Its jobs, data and models are kept on this machine, apart from those of others.')}
            value={asked.name}
            placeholder={EXAMPLES.name}
            onChange={name => {
              asked.name = name.trim();
              changed();
            }}
          />
          <TextField
            label={trans.__('Description')}
            value={asked.description}
            onChange={description => {
              asked.description = description;
              changed();
            }}
          />
          <CommandLine command={`%azml workspace create ${quoted(asked.name || 'NAME')}`} />
        </>
      ),
      fault: () =>
        NAME.test(asked.name)
          ? null
          : trans.__('A name has 3 to 33 letters, digits, - and _, and begins with a letter or a digit.'),
      submit: () => workspace.create(asked.name, asked.description)
    },
    words
  );
}

export const isComplete = ({ way, place, subscription, group, name }: Omit<IAsked, 'seen'>): boolean =>
  way === 'place' ? place.trim() !== '' : [subscription, group, name].every(each => each.trim() !== '');

/** A path from the root or the home is the server's; another one is of the files that JupyterLab shows. */
export function referenceOf({ way, place, subscription, group, name }: Omit<IAsked, 'seen'>): IReference {
  if (way === 'azure') {
    return {
      subscription_id: subscription.trim(),
      resource_group: group.trim(),
      workspace_name: name.trim()
    };
  }
  const text = place.trim();
  const isOfJupyter = !/^[/~]/.test(text) && /[/.]/.test(text);
  return isOfJupyter ? { path: text.replace(/^\.\//, '') } : { reference: text };
}

function AttachFields({
  asked,
  changed,
  words,
  workspace
}: {
  asked: IAsked;
  changed: () => void;
  words: IWords;
  workspace: WorkspaceModel;
}): React.ReactElement {
  const { trans } = words;
  const put = (change: Partial<IAsked>) => {
    Object.assign(asked, change);
    changed();
  };
  return (
    <>
      <RadioField
        label={trans.__('Which')}
        value={asked.way}
        choices={[
          { value: 'place', label: trans.__('A folder or a config.json') },
          { value: 'azure', label: trans.__('An Azure workspace') }
        ]}
        onChange={way => put({ way })}
      />
      {asked.way === 'place' ? (
        <TextField
          label={trans.__('Folder or config.json')}
          hint={trans.__(
            'From the root of the file browser, or from / or ~. A folder that is no workspace yet becomes one.'
          )}
          value={asked.place}
          placeholder={EXAMPLES.place}
          onChange={place => put({ place })}
        />
      ) : (
        <InAzure asked={asked} put={put} words={words} workspace={workspace} />
      )}
      <CommandLine command={commandOf(asked)} />
    </>
  );
}

const OTHER = 'other';
const UNDECIDED = '';

/** One of those that the sign-in sees, or all three names of another one. */
function InAzure({
  asked,
  put,
  words,
  workspace
}: {
  asked: IAsked;
  put: (change: Partial<IAsked>) => void;
  words: IWords;
  workspace: WorkspaceModel;
}): React.ReactElement {
  const { trans } = words;
  const { seen, subscription, group, name } = asked;
  const [isOther, setOther] = React.useState(false);
  React.useEffect(() => {
    if (seen === null) {
      workspace.readAzure().then(
        found => put({ seen: found }),
        (reason: unknown) => put({ seen: AzmlError.of(reason) })
      );
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const found = Array.isArray(seen) ? (seen as readonly WorkspaceInfo[]) : [];
  const keyOf = (info: WorkspaceInfo) => `${info.location}/${info.name}`;
  const key = `${subscription}/${group}/${name}`;
  const choose = (chosen: string) => {
    const info = found.find(each => keyOf(each) === chosen);
    const { subscription_id, resource_group, workspace_name } = info ? referenceTo(info) : {};
    setOther(!info);
    put({ subscription: subscription_id ?? '', group: resource_group ?? '', name: workspace_name ?? '' });
  };
  const isNamed = found.length === 0 || isOther;
  return (
    <>
      {seen === null && (
        <p className="azml-Loading" role="status">
          {trans.__('Looking for your workspaces in Azure…')}
        </p>
      )}
      {seen instanceof AzmlError && (
        <p className="azml-Field-hint" role="status">{`${seen.message} ${seen.hint}`}</p>
      )}
      {found.length > 0 && (
        <ChoiceField
          label={trans.__('Workspace')}
          value={isOther ? OTHER : found.some(each => keyOf(each) === key) ? key : UNDECIDED}
          choices={[
            ...(isOther || found.some(each => keyOf(each) === key)
              ? []
              : [{ value: UNDECIDED, label: trans.__('Choose one…') }]),
            ...found.map(info => ({
              value: keyOf(info),
              label: `${info.name} · ${info.location.split('/').reverse().join(' · ')}`
            })),
            { value: OTHER, label: trans.__('another one, by its names') }
          ]}
          onChange={choose}
        />
      )}
      {isNamed && (
        <>
          <TextField
            label={trans.__('Subscription ID')}
            value={subscription}
            onChange={value => put({ subscription: value })}
          />
          <TextField
            label={trans.__('Resource group')}
            value={group}
            onChange={value => put({ group: value })}
          />
          <TextField
            label={trans.__('Workspace name')}
            value={name}
            onChange={value => put({ name: value })}
          />
        </>
      )}
    </>
  );
}

function commandOf({ way, place, subscription, group, name }: IAsked): string {
  if (way === 'place') {
    return `%azml attach ${quoted(place.trim() || 'FOLDER')}`;
  }
  const words = ['-s', subscription || 'SUBSCRIPTION', '-g', group || 'GROUP', '-w', name || 'WORKSPACE'];
  return `%azml attach ${words.map(quoted).join(' ')}`;
}
