import { ReactWidget } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import * as React from 'react';
import { StatusIcon } from '../ui/badge';
import { useChanges } from '../ui/hooks';
import { IWords } from '../ui/words';
import { CommandIDs } from './ids';
import type { JobsModel } from './model';

/** How many jobs run, in the status bar; nothing when none does. */
export class StatusItem extends ReactWidget {
  constructor(
    private model: JobsModel,
    private commands: CommandRegistry,
    private words: IWords
  ) {
    super();
    this.addClass('azml-StatusItem');
    this.addClass('azml-Surface');
  }

  protected override render(): React.ReactElement {
    const { model, commands, words } = this;
    return <Count model={model} words={words} onClick={() => void commands.execute(CommandIDs.show)} />;
  }
}

function Count({ model, words, onClick }: { model: JobsModel; words: IWords; onClick: () => void }) {
  useChanges(model.changed);
  const count = model.active.length;
  const { trans } = words;
  if (count === 0) {
    return null;
  }
  const running = model.active.filter(job => job.status === 'Running').length;
  return (
    <button type="button" title={trans.__('Show the jobs of the Azure ML workspace')} onClick={onClick}>
      <StatusIcon status={running > 0 ? 'Running' : 'Queued'} />
      {running > 0
        ? trans._n('%1 job running', '%1 jobs running', running)
        : trans._n('%1 job waiting', '%1 jobs waiting', count)}
    </button>
  );
}
