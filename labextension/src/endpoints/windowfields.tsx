import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { OnlineDeployment } from '../api/types';
import { ChoiceField } from '../ui/fields';
import { useWords } from '../ui/words';
import { Window, WINDOWS } from './metrics';

/** Of how long, and of whom. */
export interface ISpan {
  window: Window;
  /** "": all together. */
  deployment: string;
}

export function WindowFields({
  window,
  deployment,
  deployments,
  onChange
}: ISpan & {
  deployments: readonly OnlineDeployment[];
  onChange: (change: Partial<ISpan>) => void;
}): React.ReactElement {
  const { trans } = useWords();
  return (
    <div className="azml-Form-row">
      <ChoiceField
        label={trans.__('Over')}
        value={String(window)}
        choices={WINDOWS.map(each => ({ value: String(each), label: windowWord(each, trans) }))}
        onChange={value => onChange({ window: Number(value) as Window })}
      />
      <ChoiceField
        label={trans.__('Deployment')}
        value={deployment}
        choices={[
          { value: '', label: trans.__('all together') },
          ...deployments.map(({ name }) => ({ value: name, label: name }))
        ]}
        onChange={value => onChange({ deployment: value })}
      />
    </div>
  );
}

function windowWord(seconds: Window, trans: TranslationBundle): string {
  const words: Record<Window, string> = {
    300: trans.__('the last 5 minutes'),
    3600: trans.__('the last hour'),
    21600: trans.__('the last 6 hours'),
    86400: trans.__('the last day'),
    604800: trans.__('the last 7 days'),
    2592000: trans.__('the last 30 days')
  };
  return words[seconds];
}
