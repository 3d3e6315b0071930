import { describe, expect, it, vi } from 'vitest';
import type { IHere } from './here';
import { linkTo, openTarget, targetIn } from './links';

function aPage() {
  const panels = { has: (id: string) => id === 'job', open: vi.fn() };
  const sections = { all: [{ id: 'models' }], choose: vi.fn() };
  const app = { shell: { activateById: vi.fn() } };
  return { panels, sections, app, here: { panels, sections, app } as unknown as IHere };
}

describe('a link', () => {
  it.each(['models', 'job/a_b-1', 'job/100 %/ü&x=1#?'])('comes back as it went: %s', target => {
    const { search } = new URL(linkTo(target));
    expect(targetIn(search)).toBe(target);
  });

  it('is nothing where an address says nothing of ours', () => {
    expect(targetIn('?reset&token=x')).toBeNull();
  });

  it('opens a panel, names with slashes too', () => {
    const { here, panels } = aPage();
    openTarget(here, 'job/a/b');
    expect(panels.open).toHaveBeenCalledWith('job', 'a/b');
  });

  it('shows a section', () => {
    const { here, sections, app } = aPage();
    openTarget(here, 'models');
    expect(sections.choose).toHaveBeenCalledWith('models');
    expect(app.shell.activateById).toHaveBeenCalled();
  });

  it.each(['', 'nothing', 'nothing/x', 'job/', '<script>', '__proto__', 'constructor/x'])(
    'does nothing for what it does not know: %s',
    target => {
      const { here, panels, sections } = aPage();
      openTarget(here, target);
      expect(panels.open).not.toHaveBeenCalled();
      expect(sections.choose).not.toHaveBeenCalled();
    }
  );
});
