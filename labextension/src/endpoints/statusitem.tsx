import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { Sign } from '../ui/badge';
import { useChanges } from '../ui/hooks';
import type { IWords } from '../ui/words';
import type { Firing } from './firing';
import { lookOfAlert } from './state';

/** How many alerts fire, in the status bar; nothing when none does. */
export class AlertItem extends ReactWidget {
  constructor(
    private firing: Firing,
    private open: () => void,
    private words: IWords
  ) {
    super();
    this.addClass('azml-StatusItem');
    this.addClass('azml-Surface');
  }

  protected override render(): React.ReactElement {
    return <Count firing={this.firing} words={this.words} onClick={this.open} />;
  }
}

function Count({
  firing,
  words,
  onClick
}: {
  firing: Firing;
  words: IWords;
  onClick: () => void;
}): React.ReactElement | null {
  useChanges(firing.changed);
  const { trans } = words;
  const { alerts } = firing;
  if (alerts.length === 0) {
    return null;
  }
  const told = alerts.map(({ rule, message }) => `${rule.endpoint}: ${rule.name}. ${message}`);
  return (
    <button type="button" className="azml-AlertCount azml-mod-bad" title={told.join('\n')} onClick={onClick}>
      <Sign look={lookOfAlert('firing')} />
      {trans._n('%1 alert', '%1 alerts', alerts.length)}
    </button>
  );
}
