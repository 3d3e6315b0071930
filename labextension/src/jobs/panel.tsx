import { ReactWidget } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { Message } from '@lumino/messaging';
import * as React from 'react';
import type { Chosen } from '../ui/chosen';
import { azmlIcon } from '../ui/icon';
import { IWords, Words } from '../ui/words';
import type { WorkspaceModel } from '../workspace/model';
import { CommandIDs, JOBS, SIDEBAR_ID } from './ids';
import type { IJobActions } from './follow';
import type { JobsModel } from './model';
import { ISection, Sidebar } from './sidebar';

/** The sidebar as JupyterLab sees it. Hidden, it asks for nothing. */
export class SidebarWidget extends ReactWidget {
  constructor(
    private model: JobsModel,
    private workspace: WorkspaceModel,
    private commands: CommandRegistry,
    private sections: readonly ISection[],
    private chosen: Chosen,
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
    chosen.changed.connect(this.onChosen, this);
    model.changed.connect(this.onModel, this);
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
        <Sidebar
          model={this.model}
          workspace={this.workspace}
          actions={this.actions}
          sections={this.sections}
          chosen={this.chosen.id}
          onChoose={id => this.chosen.choose(id)}
        />
      </Words.Provider>
    );
  }

  private look(): void {
    this.model.isVisible = this.isVisible && this.chosen.id === JOBS;
    if (this.isVisible && !this.workspace.info) {
      void this.workspace.refresh();
    }
  }

  private onChosen(): void {
    this.look();
    this.update();
  }

  /** Whoever selects a job, from wherever, wants to see it. */
  private onModel(): void {
    const selected = this.model.selected?.name ?? null;
    if (selected !== null && selected !== this.selected) {
      this.chosen.choose(JOBS);
    }
    this.selected = selected;
  }

  private selected: string | null = null;

  private actions: IJobActions = {
    open: job => void this.commands.execute(CommandIDs.open, { name: job.name }),
    cancel: job => void this.commands.execute(CommandIDs.cancel, { name: job.name })
  };
}
