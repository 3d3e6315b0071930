import { showStatus } from '../card/badge';
import { element, say } from '../card/dom';
import { word } from '../card/state';
import type { ILook } from '../chart/palette';
import type { PanelJob } from './state';

export interface ILegendEntry {
  job: PanelJob;
  title: string;
  look: ILook;
  isHidden: boolean;
}

/** A button for each job: the line that is its, its name, and how it stands. */
export class Legend {
  readonly node = element('div', 'azml-Legend');
  onToggle: (job: string) => void = () => undefined;
  /** This one alone; or, if it is that already, all. */
  onSolo: (job: string) => void = () => undefined;
  onPoint: (job: string | null) => void = () => undefined;

  show(entries: ILegendEntry[], labels: Record<string, string>): void {
    this.node.setAttribute('role', 'group');
    this.node.setAttribute('aria-label', word(labels, 'jobs'));
    const names = new Set(entries.map(({ job }) => job.name));
    for (const [name, entry] of this.entries) {
      if (!names.has(name)) {
        entry.node.remove();
        this.entries.delete(name);
      }
    }
    for (const each of entries) {
      const entry = this.entries.get(each.job.name) ?? this.add(each.job.name);
      entry.show(each, labels);
    }
  }

  point(job: string | null): void {
    this.entries.forEach((entry, name) => entry.node.classList.toggle('azml-mod-pointed', name === job));
  }

  private add(name: string): Entry {
    const entry = new Entry();
    entry.node.addEventListener('click', () => this.onToggle(name));
    entry.node.addEventListener('dblclick', () => this.onSolo(name));
    entry.node.addEventListener('pointerenter', () => this.onPoint(name));
    entry.node.addEventListener('pointerleave', () => this.onPoint(null));
    entry.node.addEventListener('focus', () => this.onPoint(name));
    entry.node.addEventListener('blur', () => this.onPoint(null));
    this.entries.set(name, entry);
    this.node.append(entry.node);
    return entry;
  }

  private entries = new Map<string, Entry>();
}

class Entry {
  readonly node = element('button', 'azml-Legend-entry');

  constructor() {
    this.node.type = 'button';
    this.node.append(this.swatch, this.name, this.badge, this.cell);
  }

  show({ job, title, look, isHidden }: ILegendEntry, labels: Record<string, string>): void {
    const full = job.display_name || job.name;
    const { cell, cells } = job.progress ?? { cell: 0, cells: 0 };
    showSwatch(this.swatch, look);
    this.name.textContent = title;
    showStatus(this.badge, job.status, word(labels, job.status));
    say(this.cell, job.status === 'Running' && cells > 1 ? `${cell}/${cells}` : '');
    this.node.dataset.job = job.name;
    this.node.setAttribute('aria-pressed', String(!isHidden));
    const reason = job.status !== 'Completed' && job.reason?.message ? `\n${job.reason.message}` : '';
    this.node.title = `${full}\n${job.name}${reason}\n${word(labels, 'hide', { name: full })}`;
  }

  private swatch = swatch();
  private name = element('span', 'azml-Legend-name');
  private badge = element('span', 'azml-Badge');
  private cell = element('span', 'azml-mod-faint');
}

const SVG = 'http://www.w3.org/2000/svg';

/** A piece of the line. */
export function swatch(look?: ILook): SVGSVGElement {
  const node = document.createElementNS(SVG, 'svg');
  node.setAttribute('class', 'azml-Swatch');
  node.setAttribute('viewBox', '0 0 22 8');
  node.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', 'M0 4H22');
  node.append(line);
  if (look) {
    showSwatch(node, look);
  }
  return node;
}

function showSwatch(node: SVGSVGElement, { colour, dash }: ILook): void {
  const line = node.firstElementChild!;
  line.setAttribute('stroke', colour);
  line.setAttribute('stroke-dasharray', dash.join(' '));
}
