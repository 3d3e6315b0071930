import { JobCard } from '../card/card';
import type { ICardState } from '../card/state';
import { save } from '../watch/csv';
import { WatchPanel } from '../watch/panel';
import { csvOfLines } from '../watch/points';
import type { IView, IWatchState } from '../watch/state';

export type Saved = ({ kind: 'card' } & ICardState) | ({ kind: 'watch' } & IWatchState);

export interface IDrawn {
  show(state: Saved): void;
  dispose(): void;
}

/** What was saved, as the view draws it, with nobody to ask for more. */
export function drawSaved(host: HTMLElement, kind: Saved['kind']): IDrawn {
  return kind === 'watch' ? new DrawnPanel(host) : new DrawnCard(host);
}

class DrawnCard implements IDrawn {
  constructor(host: HTMLElement) {
    this.card = new JobCard(host, () => undefined);
  }

  show(state: Saved): void {
    this.card.show({ ...(state as ICardState), live: false });
  }

  dispose(): void {
    this.card.dispose();
  }

  private card: JobCard;
}

class DrawnPanel implements IDrawn {
  constructor(host: HTMLElement) {
    this.panel = new WatchPanel(host, {
      setView: changes => {
        this.view = { ...this.view, ...changes };
        this.draw();
      },
      savePoints: () => save('points.csv', csvOfLines(this.state!), 'text/csv')
    });
  }

  show(state: Saved): void {
    this.state = state as IWatchState;
    this.draw();
  }

  dispose(): void {
    this.panel.dispose();
  }

  private draw(): void {
    const state = this.state!;
    this.panel.show({ ...state, live: false, view: { ...state.view, ...this.view } }, { canAsk: false });
  }

  private panel: WatchPanel;
  private state: IWatchState | null = null;
  /** What the reader changed since. */
  private view: Partial<IView> = {};
}
