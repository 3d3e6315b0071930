import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import * as React from 'react';
import { AzmlError } from '../api/request';
import { Boundary } from '../ui/boundary';
import { Problem } from '../ui/notes';
import { IWords, Words } from '../ui/words';
import type { IPanelKind, IPlace } from './panels';

/** What stands in a panel of the main area, while it is fetched and after. */
export class PanelBody extends ReactWidget {
  constructor(
    private kind: IPanelKind,
    readonly name: string,
    private words: IWords
  ) {
    super();
    this.addClass('azml-Surface');
    this.addClass('azml-PanelBody');
    this.addClass(`azml-${kind.id}-panel`);
    void this.load();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.setSeen(false);
      this.leavers.splice(0).forEach(leave => leave());
    }
    super.dispose();
  }

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this.setSeen(true);
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this.setSeen(this.isVisible);
  }

  protected override onAfterHide(msg: Message): void {
    super.onAfterHide(msg);
    this.setSeen(false);
  }

  protected override onBeforeDetach(msg: Message): void {
    super.onBeforeDetach(msg);
    this.setSeen(false);
  }

  protected override render(): React.ReactElement {
    const { trans } = this.words;
    return (
      <Words.Provider value={this.words}>
        {this.error ? (
          <Problem error={this.error}>
            <button type="button" className="azml-Button" onClick={() => void this.load()}>
              {trans.__('Try again')}
            </button>
          </Problem>
        ) : (
          <Boundary>{this.shown ?? <p className="azml-Loading">{trans.__('Loading…')}</p>}</Boundary>
        )}
      </Words.Provider>
    );
  }

  private async load(): Promise<void> {
    this.error = null;
    this.update();
    try {
      this.shown = await this.kind.load(this.name, this.place);
    } catch (reason) {
      this.error = AzmlError.of(reason);
    }
    if (!this.isDisposed) {
      this.update();
    }
  }

  private setSeen(isSeen: boolean): void {
    if (isSeen !== this.isSeen) {
      this.isSeen = isSeen;
      this.tellers.forEach(tell => tell(isSeen));
    }
  }

  private place: IPlace = {
    setTitle: (label, caption) => {
      this.title.label = label;
      this.title.caption = caption ?? label;
    },
    whenSeen: tell => {
      this.tellers.push(tell);
      tell(this.isSeen);
    },
    whenClosed: leave => void this.leavers.push(leave),
    close: () => this.parent?.dispose()
  };

  private shown: React.ReactElement | null = null;
  private error: AzmlError | null = null;
  private isSeen = false;
  private tellers: ((isSeen: boolean) => void)[] = [];
  private leavers: (() => void)[] = [];
}
