import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import * as React from 'react';
import { azmlIcon } from '../ui/icon';
import { Words } from '../ui/words';
import type { IHere } from './here';
import { SIDEBAR_ID } from './ids';
import { Sidebar } from './sidebar';

/** The sidebar as JupyterLab sees it. Hidden, it asks for nothing. */
export class SidebarWidget extends ReactWidget {
  constructor(private here: IHere) {
    super();
    const { trans } = here.words;
    this.id = SIDEBAR_ID;
    this.title.icon = azmlIcon;
    this.title.caption = trans.__('Azure ML');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Azure ML'));
    this.addClass('azml-Sidebar');
    this.addClass('azml-Surface');
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this.look(this.isVisible);
  }

  protected override onAfterHide(msg: Message): void {
    super.onAfterHide(msg);
    this.look(false);
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this.look(this.isVisible);
  }

  protected override onBeforeDetach(msg: Message): void {
    super.onBeforeDetach(msg);
    this.look(false);
  }

  protected override render(): React.ReactElement {
    return (
      <Words.Provider value={this.here.words}>{this.wasSeen && <Sidebar here={this.here} />}</Words.Provider>
    );
  }

  private look(isSeen: boolean): void {
    const { sections, workspace } = this.here;
    if (isSeen && !this.wasSeen) {
      this.wasSeen = true;
      this.update();
    }
    sections.isVisible = isSeen;
    if (isSeen && !workspace.info) {
      void workspace.refresh();
    }
  }

  private wasSeen = false;
}
