import type { RenderProps } from '@anywidget/types';
import '../style/card.css';
import { JobCard } from './card/card';
import type { ICardState } from './card/state';

/** The job card under a cell: an anywidget view. What it shows is state, so a reopened notebook shows the last truth. */
function render({ model, el }: RenderProps<ICardState>): () => void {
  const card = new JobCard(el, () => {
    model.set('cancel', (model.get('cancel') ?? 0) + 1);
    model.save_changes();
  });
  const show = () =>
    card.show({
      job: model.get('job'),
      cells: model.get('cells'),
      log: model.get('log'),
      series: model.get('series'),
      labels: model.get('labels')
    });
  const traits = ['job', 'cells', 'log', 'series', 'labels'];
  // Traits change together: one drawing for all of them.
  let frame = 0;
  const onChange = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      show();
    });
  };
  traits.forEach(trait => model.on(`change:${trait}`, onChange));
  show();
  return () => {
    traits.forEach(trait => model.off(`change:${trait}`, onChange));
    cancelAnimationFrame(frame);
    card.dispose();
  };
}

export default { render };
