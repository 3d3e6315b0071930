import type { JobStatus } from '../api/types';
import { lookOf } from '../ui/status';

const SVG = 'http://www.w3.org/2000/svg';

/** The badge of the sidebar, without React. */
export function showStatus(badge: HTMLElement, status: JobStatus, label: string): void {
  if (badge.dataset.status === status && badge.textContent === label) {
    return;
  }
  const { tone, shape, spins } = lookOf(status);
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('class', `azml-StatusIcon${spins ? ' azml-mod-spins' : ''}`);
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', shape);
  path.setAttribute('fill-rule', 'evenodd');
  icon.append(path);
  badge.className = `azml-Badge azml-mod-${tone}`;
  badge.dataset.status = status;
  badge.replaceChildren(icon, label);
}
