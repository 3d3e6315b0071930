import { element } from '../card/dom';
import { word } from '../card/state';
import type { ILook } from '../chart/palette';
import type { IParallelAxis } from './scales';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 250;
const TOP = 34;
const BOTTOM = 14;
const LEAST = 92;

export interface IParallel {
  axes: IParallelAxis[];
  jobs: { name: string; title: string; look: ILook; isOn: boolean }[];
  brushes: Record<string, [number, number]>;
  labels: Record<string, string>;
}

/** A line for each job across its parameters to a metric; a range dragged on an axis filters. */
export class Parallel {
  readonly node = element('div', 'azml-Parallel');
  /** Null clears. */
  onBrush: (axis: string, range: [number, number] | null) => void = () => undefined;
  onPoint: (job: string | null) => void = () => undefined;

  constructor() {
    this.svg.setAttribute('height', String(HEIGHT));
    this.node.append(this.svg);
    // A handle that is drawn anew and focused again looks to browsers as if keys had done it.
    const useKeys = (on: boolean) => this.svg.classList.toggle('azml-mod-keys', on);
    this.node.addEventListener('pointerdown', () => useKeys(false));
    this.node.addEventListener('keydown', () => useKeys(true));
    this.node.addEventListener('keyup', () => useKeys(true));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.node);
  }

  show(state: IParallel): void {
    this.state = state;
    this.draw();
  }

  point(job: string | null): void {
    this.svg.classList.toggle('azml-mod-pointing', job !== null);
    for (const line of this.svg.querySelectorAll<SVGElement>('.azml-Parallel-line')) {
      line.classList.toggle('azml-mod-pointed', line.dataset.job === job);
    }
  }

  dispose(): void {
    this.observer.disconnect();
  }

  private draw(): void {
    const width = this.node.clientWidth;
    if (!this.state || width === 0 || this.isDragging) {
      return;
    }
    const { axes, jobs } = this.state;
    const focused = (document.activeElement as SVGElement | null)?.dataset?.axis;
    const full = Math.max(width, axes.length * LEAST);
    this.svg.setAttribute('width', String(full));
    const margin = Math.min(70, full / (2 * Math.max(1, axes.length)));
    const gap = axes.length > 1 ? (full - 2 * margin) / (axes.length - 1) : 0;
    const xs = axes.map((_, i) => (axes.length > 1 ? margin + i * gap : full / 2));
    const lines = [...jobs]
      .sort((a, b) => Number(a.isOn) - Number(b.isOn))
      .map(job => this.line(job, axes, xs));
    this.svg.replaceChildren(...lines, ...axes.map((axis, i) => this.axis(axis, xs[i], gap || full)));
    if (focused) {
      this.svg.querySelector<SVGElement>(`[data-axis="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  private line(job: IParallel['jobs'][number], axes: IParallelAxis[], xs: number[]): SVGElement {
    const points = axes.flatMap((axis, i) => {
      const place = axis.places.get(job.name);
      return place === undefined ? [] : [[xs[i], yOf(place)]];
    });
    const path = points
      .map(([x, y], i) => {
        const [before, height] = points[i - 1] ?? [x, y];
        const middle = (before + x) / 2;
        return i === 0 ? `M${x} ${y}` : `C${middle} ${height} ${middle} ${y} ${x} ${y}`;
      })
      .join('');
    const line = made('path', {
      class: `azml-Parallel-line${job.isOn ? '' : ' azml-mod-off'}`,
      d: path,
      stroke: job.look.colour,
      'stroke-dasharray': job.look.dash.join(' ')
    });
    line.dataset.job = job.name;
    line.append(made('title', {}, job.title));
    line.addEventListener('pointerenter', () => this.onPoint(job.name));
    line.addEventListener('pointerleave', () => this.onPoint(null));
    return line;
  }

  private axis({ id, title, labels }: IParallelAxis, x: number, room: number): SVGElement {
    const group = made('g', { transform: `translate(${x} 0)` });
    const most = Math.max(4, Math.floor((room - 12) / 6.2));
    const name = made(
      'text',
      { class: 'azml-Parallel-name', y: '14', 'text-anchor': 'middle' },
      shortened(title, most)
    );
    name.append(made('title', {}, title));
    const texts = thinned(labels).map(({ place, text }) => {
      const label = made('text', { x: '7', y: String(yOf(place) + 4) }, shortened(text, Math.min(16, most)));
      label.append(made('title', {}, text));
      return label;
    });
    const handle = made('rect', {
      ...{ class: 'azml-Parallel-handle', x: '-11', y: String(TOP - 6), width: '22' },
      ...{
        height: String(HEIGHT - TOP - BOTTOM + 12),
        tabindex: '0',
        role: 'slider',
        'aria-orientation': 'vertical'
      }
    });
    const brush = this.state!.brushes[id];
    handle.dataset.axis = id;
    handle.setAttribute('aria-label', word(this.state!.labels, 'brush', { name: title }));
    handle.setAttribute('aria-valuemin', '0');
    handle.setAttribute('aria-valuemax', '100');
    handle.setAttribute('aria-valuenow', String(Math.round(100 * (brush?.[0] ?? 0))));
    handle.setAttribute(
      'aria-valuetext',
      brush ? brush.map(each => `${Math.round(100 * each)} %`).join(' – ') : '–'
    );
    handle.append(made('title', {}, word(this.state!.labels, 'brush', { name: title })));
    const range = made('rect', { class: 'azml-Parallel-brush', x: '-6', width: '12', rx: '2' });
    showRange(range, brush);
    handle.addEventListener('pointerdown', event => this.drag(event, id, range, handle));
    handle.addEventListener('dblclick', () => this.onBrush(id, null));
    handle.addEventListener('keydown', event => this.onKey(event, id));
    const rule = { class: 'azml-Parallel-rule', y1: String(yOf(0)), y2: String(yOf(1)) };
    group.append(made('line', rule), range, ...texts, name, handle);
    return group;
  }

  private drag(event: PointerEvent, id: string, range: SVGElement, handle: SVGElement): void {
    if (event.button !== 0) {
      return;
    }
    const placeAt = (each: PointerEvent) => placeOf(each.clientY - this.svg.getBoundingClientRect().top);
    const from = placeAt(event);
    let brush: [number, number] | null = null;
    this.isDragging = true;
    handle.setPointerCapture(event.pointerId);
    const move = (each: PointerEvent) => {
      const to = placeAt(each);
      brush = Math.abs(to - from) < 0.02 ? null : [Math.min(from, to), Math.max(from, to)];
      showRange(range, brush ?? undefined);
    };
    const end = () => {
      this.isDragging = false;
      handle.removeEventListener('pointermove', move);
      if (brush) {
        this.onBrush(id, brush);
      } else {
        this.draw();
      }
    };
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', end, { once: true });
  }

  /** Up raises the lower bound, down lowers the upper one; with Shift the other way. */
  private onKey(event: KeyboardEvent, id: string): void {
    const [low, high] = this.state!.brushes[id] ?? [0, 1];
    const by = event.shiftKey ? -0.05 : 0.05;
    if (event.key === 'ArrowUp') {
      this.onBrush(id, [Math.max(0, Math.min(low + by, high)), high]);
    } else if (event.key === 'ArrowDown') {
      this.onBrush(id, [low, Math.min(1, Math.max(high - by, low))]);
    } else if (event.key === 'Escape' || event.key === 'Delete') {
      this.onBrush(id, null);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private state: IParallel | null = null;
  private isDragging = false;
  private svg = made('svg', { class: 'azml-Parallel-svg' });
  private observer: ResizeObserver;
}

const yOf = (place: number) => TOP + (1 - place) * (HEIGHT - TOP - BOTTOM);
const placeOf = (y: number) => Math.max(0, Math.min(1, 1 - (y - TOP) / (HEIGHT - TOP - BOTTOM)));

function showRange(range: SVGElement, brush: [number, number] | undefined): void {
  const [low, high] = brush ?? [0, 0];
  range.setAttribute('y', String(yOf(high)));
  range.setAttribute('height', String(yOf(low) - yOf(high)));
}

/** As many as can be read one below the other. */
function thinned(labels: IParallelAxis['labels']): IParallelAxis['labels'] {
  const every = Math.ceil(labels.length / 14);
  return labels.filter((_, i) => i % every === 0 || i === labels.length - 1);
}

const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function made(tag: string, attributes: Record<string, string>, text = ''): SVGElement {
  const node = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.textContent = text;
  return node;
}
