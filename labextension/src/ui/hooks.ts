import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

/** Renders again when the signal fires, at most once a frame: events come faster than eyes. */
export function useChanges(signal: ISignal<unknown, unknown> | undefined): void {
  const [, setCount] = React.useState(0);
  React.useEffect(() => {
    if (!signal) {
      return;
    }
    let frame = 0;
    const onChange = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setCount(count => count + 1);
      });
    };
    signal.connect(onChange);
    // What changed between rendering and this effect would be missed.
    onChange();
    return () => {
      signal.disconnect(onChange);
      cancelAnimationFrame(frame);
    };
  }, [signal]);
}

/**
 * Draws again at once. Whoever types into a field whose text a model keeps calls it, since a field that is drawn a frame
 * later has lost the place of its cursor.
 */
export function useRedraw(): () => void {
  return React.useReducer((count: number) => count + 1, 0)[1];
}

/**
 * For lists that a button makes longer: where they stand, and what that button calls. The user goes on in the new row;
 * otherwise a keyboard would have to go back for it.
 */
export function useNewRow<List extends HTMLElement>(
  count: number,
  first: string
): [React.RefObject<List>, () => void] {
  const list = React.useRef<List>(null);
  const isAdding = React.useRef(false);
  React.useEffect(() => {
    if (isAdding.current) {
      isAdding.current = false;
      list.current?.querySelector<HTMLElement>(first)?.focus();
    }
  }, [count, first]);
  return [list, () => (isAdding.current = true)];
}

/** The time, ticking while `every` milliseconds are given. */
export function useNow(every: number | null): number {
  const [now, setNow] = React.useState(Date.now);
  React.useEffect(() => {
    if (every === null) {
      return;
    }
    setNow(Date.now());
    const timer = window.setInterval(() => setNow(Date.now()), every);
    return () => window.clearInterval(timer);
  }, [every]);
  return now;
}
