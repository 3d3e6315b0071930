import type { IHere } from './here';

const KEY = 'jupyter-azml:section';

/** The section that was shown is shown again when the page is loaded again. */
export function rememberSection({ app, sections, state }: IHere): void {
  if (!state) {
    return;
  }
  let isRestored = false;
  void app.restored.then(async () => {
    const last = await state.fetch(KEY).catch(() => undefined);
    // What was asked for meanwhile goes first.
    if (typeof last === 'string' && !isChosen) {
      sections.choose(last);
    }
    isRestored = true;
  });
  let isChosen = false;
  sections.changed.connect(() => {
    const shown = sections.shown?.id;
    isChosen ||= !isRestored && shown !== sections.all[0]?.id;
    if (isRestored && shown) {
      void state.save(KEY, shown);
    }
  });
}
