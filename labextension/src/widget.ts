import type { RenderProps } from '@anywidget/types';
import '../style/card-widget.css';
import { JobCard } from './card/card';
import type { ICardState } from './card/state';
import { followModel, ILiveState } from './live';

type State = ICardState & ILiveState;

/** The job card under a cell: an anywidget view. What it shows is state, so a reopened notebook shows the last truth. */
function render({ model, el }: RenderProps<State>): () => void {
  const card = new JobCard(el, () => {
    model.set('cancel', (model.get('cancel') ?? 0) + 1);
    model.save_changes();
  });
  const traits: (keyof State)[] = ['job', 'cells', 'log', 'series', 'labels', 'live', 'problem'];
  const leave = followModel(model, el, traits, isConnected =>
    card.show({
      job: model.get('job'),
      cells: model.get('cells'),
      log: model.get('log'),
      series: model.get('series'),
      labels: model.get('labels'),
      problem: model.get('problem'),
      live: model.get('live') && isConnected
    })
  );
  return () => {
    leave();
    card.dispose();
  };
}

export default { render };
