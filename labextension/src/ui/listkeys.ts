import type * as React from 'react';

/** Where a key leads in a list, whose box shows `page` rows at once; null for a key that leads nowhere. */
export function rowAfter(
  { key }: { key: string },
  { active, count, page }: { active: number; count: number; page: number }
): number | null {
  const step = Math.max(1, Math.floor(page) - 1);
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + step,
    PageUp: active - step,
    Home: 0,
    End: count - 1
  };
  return Object.hasOwn(moves, key) && count > 0 ? Math.min(count - 1, Math.max(0, moves[key])) : null;
}

export const asksForMenu = (event: React.KeyboardEvent): boolean =>
  event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);

/** The keyboard's way to the context menu of a row. */
export function openMenu(row: Element | null): void {
  const place = row?.getBoundingClientRect();
  row?.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      clientX: (place?.left ?? 0) + 40,
      clientY: (place?.bottom ?? 0) - 4
    })
  );
}

/** Scrolls as little as shows what stands from `top` to `bottom`, in pixels. */
export function bringIntoSight(box: HTMLElement, top: number, bottom: number): void {
  box.scrollTop = Math.min(top, Math.max(box.scrollTop, bottom - box.clientHeight));
}
