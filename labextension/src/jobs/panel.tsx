import { ReactWidget } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { Message } from '@lumino/messaging';
import * as React from 'react';
import { azmlIcon } from '../ui/icon';
import { IWords, Words } from '../ui/words';
import type { WorkspaceModel } from '../workspace/model';
import { CommandIDs, SIDEBAR_ID } from './ids';
import type { IJobActions } from './follow';
import type { JobsModel } from './model';
import { Sidebar } from './sidebar';

/** The sidebar as JupyterLab sees it. Hidden, it asks for nothing. */
export class SidebarWidget extends ReactWidget {
  constructor(
    private model: JobsModel,
    private workspace: WorkspaceModel,
    private commands: CommandRegistry,
    private words: IWords
  ) {
    super();
    this.id = SIDEBAR_ID;
    this.title.icon = azmlIcon;
    this.title.caption = words.trans.__('Azure ML');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', words.trans.__('Azure ML'));
    this.addClass('azml-Sidebar');
    this.addClass('azml-Surface');
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this.look();
  }

  protected override onAfterHide(msg: Message): void {
    super.onAfterHide(msg);
    this.look();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this.look();
  }

  protected override onBeforeDetach(msg: Message): void {
    super.onBeforeDetach(msg);
    this.model.isVisible = false;
  }

  protected override render(): React.ReactElement {
    return (
      <Words.Provider value={this.words}>
        <Sidebar model={this.model} workspace={this.workspace} actions={this.actions} />
      </Words.Provider>
    );
  }

  private look(): void {
    this.model.isVisible = this.isVisible;
    if (this.isVisible && !this.workspace.info) {
      void this.workspace.refresh();
    }
  }

  private actions: IJobActions = {
    open: job => void this.commands.execute(CommandIDs.open, { name: job.name }),
    cancel: job => void this.commands.execute(CommandIDs.cancel, { name: job.name })
  };
}
