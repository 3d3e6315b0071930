import * as React from 'react';
import { AzmlError } from '../api/request';
import type { Environment } from '../api/types';
import { CommandLine, quoted } from '../shell/command';
import { Field, RadioField, TextField } from '../ui/fields';
import { askForm } from '../ui/formdialog';
import { Problem } from '../ui/notes';
import type { IWords } from '../ui/words';
import type { EnvironmentsModel, IEnvironmentRequest } from './model';

const EXAMPLE = 'sklearn';

type Way = 'packages' | 'requirements' | 'conda_file';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/;
/** Characters; a longer file is none that a person wrote. */
const MOST = 1_000_000;

interface IAsked {
  name: string;
  description: string;
  way: Way;
  texts: Record<Way, string>;
  /** What was wrong with a file that was chosen. */
  refused: AzmlError | null;
}

/** From packages, or from the text of a file; null when the user thought better of it. */
export async function askForEnvironment(
  model: EnvironmentsModel,
  words: IWords
): Promise<Environment | null> {
  const { trans } = words;
  const asked: IAsked = {
    name: '',
    description: '',
    way: 'packages',
    texts: { packages: '', requirements: '', conda_file: '' },
    refused: null
  };
  return askForm(
    {
      title: trans.__('New environment'),
      accept: trans.__('Create'),
      fields: changed => <Fields asked={asked} changed={changed} words={words} />,
      fault: () => faultIn(asked, words),
      submit: () => model.create(requestOf(asked))
    },
    words
  );
}

export function faultIn({ name, way, texts }: IAsked, { trans }: IWords): string | null {
  if (!NAME.test(name)) {
    return trans.__(
      'A name has up to 255 letters, digits, dots, - and _, and begins with a letter or a digit.'
    );
  }
  return texts[way].trim() ? null : trans.__('Say what it is made of.');
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);

export function requestOf({ name, description, way, texts }: IAsked): IEnvironmentRequest {
  return { name, description, [way]: way === 'packages' ? linesOf(texts.packages) : texts[way] };
}

export function commandOf({ name, way, texts }: IAsked): string {
  const start = `%azml environment create ${quoted(name || 'NAME')}`;
  switch (way) {
    case 'packages':
      return `${start} --packages ${linesOf(texts.packages).slice(0, 20).map(quoted).join(' ') || 'PACKAGE'}`;
    case 'requirements':
      return `${start} --requirements requirements.txt`;
    case 'conda_file':
      return `${start} --conda-file conda.yml`;
  }
}

function Fields({
  asked,
  changed,
  words
}: {
  asked: IAsked;
  changed: () => void;
  words: IWords;
}): React.ReactElement {
  const { trans } = words;
  const { way, texts, refused } = asked;
  const put = (change: Partial<IAsked>) => {
    Object.assign(asked, change);
    changed();
  };
  const write = (text: string) => put({ texts: { ...asked.texts, [way]: text }, refused: null });
  const take = async (file: File | undefined) => {
    if (file && file.size <= MOST) {
      write(await file.text());
    } else if (file) {
      const message = trans.__('%1 is too large to be such a file.', file.name);
      put({
        refused: new AzmlError('TooLarge', message, trans.__('Choose a requirements.txt or a conda file.'))
      });
    }
  };
  const { label, hint, example } = looksOf(words)[way];
  return (
    <>
      <TextField
        label={trans.__('Name')}
        value={asked.name}
        placeholder={EXAMPLE}
        onChange={name => put({ name: name.trim() })}
      />
      <RadioField
        label={trans.__('Made of')}
        value={way}
        choices={(['packages', 'requirements', 'conda_file'] as const).map(value => ({
          value,
          label: looksOf(words)[value].label
        }))}
        onChange={chosen => put({ way: chosen, refused: null })}
      />
      <Field label={label} hint={hint}>
        {(id, described) => (
          <textarea
            id={id}
            aria-describedby={described}
            className="azml-mod-code"
            value={texts[way]}
            rows={7}
            maxLength={MOST}
            spellCheck={false}
            placeholder={example}
            onChange={event => write(event.target.value)}
          />
        )}
      </Field>
      {way !== 'packages' && (
        <Field label={trans.__('Or take it from a file')}>
          {id => (
            <input
              id={id}
              type="file"
              accept={way === 'requirements' ? '.txt,.in' : '.yml,.yaml'}
              onChange={event => void take(event.target.files?.[0])}
            />
          )}
        </Field>
      )}
      {refused && <Problem error={refused} />}
      <TextField
        label={trans.__('Description')}
        value={asked.description}
        onChange={description => put({ description })}
      />
      <CommandLine command={commandOf(asked)} />
    </>
  );
}

const looksOf = ({ trans }: IWords): Record<Way, { label: string; hint: string; example: string }> => ({
  packages: {
    label: trans.__('Packages'),
    hint: trans.__('One a line, as pip names them.'),
    example: 'scikit-learn==1.5.*\npandas'
  },
  requirements: {
    label: trans.__('Requirements file'),
    hint: trans.__('The text of a requirements.txt.'),
    example: 'scikit-learn==1.5.*\npandas>=2'
  },
  conda_file: {
    label: trans.__('Conda file'),
    hint: trans.__('The text of a conda file, of which PyPI has the packages.'),
    example: 'dependencies:\n  - python=3.12\n  - pip:\n      - scikit-learn'
  }
});
