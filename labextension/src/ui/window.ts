import * as React from 'react';

/** The part of a long list that is in sight, so that ten thousand rows cost as much as thirty. */
export interface IWindow {
  first: number;
  last: number;
}

const SPARE = 6;

export function useWindow(
  box: React.RefObject<HTMLElement>,
  count: number,
  rowHeight: number,
  onNearEnd: () => void
): IWindow {
  const [sight, setSight] = React.useState({ top: 0, height: 600 });
  React.useEffect(() => {
    const element = box.current;
    if (!element) {
      return;
    }
    let frame = 0;
    const look = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setSight({ top: element.scrollTop, height: element.clientHeight });
      });
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [box]);

  const seen = (sight.top + sight.height) / rowHeight;
  const isNearEnd = seen + 2 * SPARE > count;
  React.useEffect(() => {
    if (isNearEnd && sight.height > 0) {
      onNearEnd();
    }
  }, [isNearEnd, count, onNearEnd, sight.height]);

  return {
    first: Math.max(0, Math.floor(sight.top / rowHeight) - SPARE),
    last: Math.min(count, Math.ceil(seen) + SPARE)
  };
}
