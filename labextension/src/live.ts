import type { AnyModel } from '@anywidget/types';
import { tellWhenSeen } from './watch/seen';

export interface ILiveState {
  seen: number;
  live: boolean;
  /** Counts up every few seconds while the kernel follows jobs. */
  beat: number;
}

/** Milliseconds after which a kernel that followed jobs is taken to be gone, where nobody says so. */
const SILENCE = 25_000;

/**
 * What both widgets do: draw once for all traits that change together, say when nobody looks, and know whether the
 * kernel is there. Returns the way out.
 */
export function followModel<State extends ILiveState>(
  model: AnyModel<State>,
  el: HTMLElement,
  traits: (keyof State & string)[],
  show: (isConnected: boolean) => void
): () => void {
  let frame = 0;
  let heard = Date.now();
  const observer = new MutationObserver(() => draw());
  const isConnected = () =>
    el.closest('.jupyter-widgets-disconnected, .azml-mod-disconnected') === null &&
    (!model.get('live') || Date.now() - heard < SILENCE);
  const draw = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      show(isConnected());
    });
  };
  const hear = () => {
    heard = Date.now();
    draw();
  };
  const heeded: (keyof State & string)[] = [...traits, 'beat'];
  heeded.forEach(trait => model.on(`change:${trait}`, hear));
  const leaveSight = tellWhenSeen(el, seen => {
    if (isConnected()) {
      model.set('seen', seen as State['seen']);
      model.save_changes();
    }
  });
  const timer = window.setInterval(draw, SILENCE / 5);
  requestAnimationFrame(() => {
    // Hosts mark the view, or what it stands in, when its kernel is gone.
    for (let each: Element | null = el; each && each !== document.body; each = each.parentElement) {
      observer.observe(each, { attributes: true, attributeFilter: ['class'] });
    }
  });
  draw();
  return () => {
    leaveSight();
    observer.disconnect();
    window.clearInterval(timer);
    cancelAnimationFrame(frame);
    heeded.forEach(trait => model.off(`change:${trait}`, hear));
  };
}
