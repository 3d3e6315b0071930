import type { RenderProps } from '@anywidget/types';
import '../style/watch-widget.css';
import { followModel, ILiveState } from './live';
import { save } from './watch/csv';
import { WatchPanel } from './watch/panel';
import { csvOfLines, csvOfPoints } from './watch/points';
import type { IHostState, IView, IWatchState } from './watch/state';

type State = IWatchState & ILiveState;

/** Several jobs side by side: an anywidget view. */
function render({ model, el }: RenderProps<State>): () => void {
  const host: IHostState = { canAsk: true };
  const state = (): IWatchState => ({
    jobs: model.get('jobs') ?? [],
    curves: model.get('curves') ?? {},
    news: model.get('news') ?? {},
    detail: model.get('detail') ?? {},
    view: model.get('view') ?? {},
    labels: model.get('labels') ?? {},
    live: model.get('live') ?? false,
    problem: model.get('problem') ?? ''
  });
  const panel = new WatchPanel(el, {
    setView: (changes: Partial<IView>) => {
      model.set('view', { ...model.get('view'), ...changes });
      model.save_changes();
    },
    savePoints: () => {
      if (host.canAsk) {
        model.send({ ask: 'points' });
      } else {
        save('points.csv', csvOfLines(state()), 'text/csv');
      }
    }
  });
  const onMessage = (content: { answer?: string }, buffers: DataView[]) => {
    if (content.answer === 'points') {
      save('points.csv', csvOfPoints(JSON.parse(new TextDecoder().decode(buffers[0])), state()), 'text/csv');
    }
  };
  model.on('msg:custom', onMessage);
  const traits: (keyof State)[] = ['jobs', 'curves', 'news', 'detail', 'view', 'labels', 'live', 'problem'];
  const leave = followModel(model, el, traits, isConnected => {
    host.canAsk = isConnected;
    panel.show(state(), host);
  });
  return () => {
    leave();
    model.off('msg:custom', onMessage);
    panel.dispose();
  };
}

export default { render };
