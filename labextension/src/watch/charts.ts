import { element } from '../card/dom';
import { word } from '../card/state';
import { CurvesChart, ICurveOfJob, IReading } from '../chart/curves';
import { XKind, xText } from '../chart/ticks';
import { metricValue } from '../jobs/format';
import { swatch } from './legend';
import type { Axis } from './state';

/** Rows of a tooltip; who has more lines reads those nearest to the top. */
const MOST = 12;

export interface ICharts {
  keys: string[];
  curves: (key: string) => ICurveOfJob[];
  titleOf: (job: string) => string;
  axis: Axis;
  kind: XKind;
  isLog: boolean;
  smoothing: number;
  zoom: [number, number] | null;
  extent: [number, number] | null;
  labels: Record<string, string>;
  locale: string;
}

/** Small multiples: a chart for each metric, one crosshair for all. */
export class Charts {
  readonly node = element('div', 'azml-Charts');
  onZoom: (range: [number, number] | null) => void = () => undefined;
  onPoint: (job: string | null) => void = () => undefined;

  show(state: ICharts): void {
    for (const [key, pane] of this.panes) {
      if (!state.keys.includes(key)) {
        pane.dispose();
        this.panes.delete(key);
      }
    }
    state.keys.forEach((key, i) => {
      const pane = this.panes.get(key) ?? this.add(key, state.locale);
      if (this.node.children[i] !== pane.node) {
        this.node.insertBefore(pane.node, this.node.children[i] ?? null);
      }
      pane.show(state);
    });
  }

  focus(job: string | null): void {
    this.panes.forEach(pane => pane.chart.focus(job));
  }

  /** What a picture of them is made of. */
  get drawings(): { title: string; canvas: HTMLCanvasElement }[] {
    this.panes.forEach(pane => pane.chart.drawScene());
    return [...this.panes].flatMap(
      ([
        title,
        {
          chart: { canvas }
        }
      ]) => (canvas ? [{ title, canvas }] : [])
    );
  }

  dispose(): void {
    this.panes.forEach(pane => pane.dispose());
    this.panes.clear();
  }

  private add(key: string, locale: string): Pane {
    const pane = new Pane(key, locale);
    pane.chart.onZoom = range => this.onZoom(range);
    pane.chart.onRead = reading => {
      pane.tell(reading);
      for (const other of this.panes.values()) {
        if (other !== pane) {
          other.chart.point(reading?.x ?? null);
          other.tell(null);
        }
      }
      this.onPoint(reading?.focused ?? null);
    };
    this.panes.set(key, pane);
    return pane;
  }

  private panes = new Map<string, Pane>();
}

class Pane {
  readonly node = element('figure', 'azml-Chart');
  readonly chart: CurvesChart;

  constructor(
    private key: string,
    private locale: string
  ) {
    const caption = element('figcaption', 'azml-Chart-caption');
    const name = element('span', 'azml-Chart-name', key);
    name.title = key;
    caption.append(name, this.note);
    this.node.dataset.metric = key;
    this.plot.tabIndex = 0;
    this.plot.setAttribute('role', 'group');
    this.tip.hidden = true;
    this.tip.setAttribute('aria-live', 'polite');
    const frame = element('div', 'azml-Chart-frame');
    frame.append(this.plot, this.empty, this.tip);
    this.node.append(caption, frame);
    this.chart = new CurvesChart(this.plot, locale);
    this.plot.addEventListener('keydown', event => this.onKey(event));
    this.plot.addEventListener('blur', () => this.chart.point(null, true));
  }

  show(state: ICharts): void {
    this.state = state;
    const { labels } = state;
    const curves = state.curves(this.key);
    this.looks = new Map(curves.map(curve => [curve.id, curve]));
    const { notPositive, notFinite } = this.chart.show({ ...state, curves });
    const notes = [
      notPositive ? word(labels, 'not positive', { n: notPositive }) : '',
      notFinite ? word(labels, 'not finite', { n: notFinite }) : ''
    ];
    this.note.textContent = notes.filter(Boolean).join(' · ');
    this.note.title = this.note.textContent;
    this.empty.textContent = curves.some(curve => curve.x.length) ? '' : word(labels, 'empty');
    this.empty.hidden = this.empty.textContent === '';
    this.plot.setAttribute('aria-label', word(labels, 'chart', { key: this.key, n: curves.length }));
  }

  tell(reading: IReading | null): void {
    this.tip.hidden = !reading || reading.values.length === 0;
    if (this.tip.hidden || !this.state || !reading) {
      return;
    }
    const { axis, kind, labels, titleOf } = this.state;
    const head = kind === 'number' ? `${word(labels, axis)} ` : '';
    const values = [...reading.values].sort((a, b) => b.value - a.value);
    const nearest = values.reduce((a, b) => (Math.abs(b.x - reading.x) < Math.abs(a.x - reading.x) ? b : a));
    const rows = values.slice(0, MOST).map(({ id, value }) => {
      const row = element('div', `azml-Tip-row${id === reading.focused ? ' azml-mod-pointed' : ''}`);
      const look = this.looks.get(id);
      row.append(
        swatch(look),
        element('span', 'azml-Tip-name', titleOf(id)),
        element('span', 'azml-Tip-value', this.format(value))
      );
      return row;
    });
    const more = values.length - rows.length;
    this.tip.replaceChildren(
      element('div', 'azml-Tip-head', head + xText(nearest.x, kind, this.locale)),
      ...rows,
      ...(more > 0 ? [element('div', 'azml-mod-faint', word(labels, 'more', { n: more }))] : [])
    );
    this.place();
  }

  dispose(): void {
    this.chart.dispose();
    this.node.remove();
  }

  /** Beside the crosshair, on the side where there is more room, and inside of the frame. */
  private place(): void {
    const left = this.chart.cursorLeft;
    const width = this.plot.clientWidth;
    const own = this.tip.offsetWidth;
    this.tip.classList.toggle('azml-mod-low', this.chart.isCursorHigh);
    const beside = left + own + 14 <= width ? left + 12 : left - own - 12;
    this.tip.style.left = `${Math.max(2, Math.min(beside, width - own - 2))}px`;
  }

  private onKey(event: KeyboardEvent): void {
    const { chart } = this;
    const places = chart.places;
    const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 20, PageUp: -20, Home: -Infinity, End: Infinity }[
      event.key
    ];
    if (step !== undefined && places.length) {
      this.at = Math.max(0, Math.min(places.length - 1, (this.at ?? (step > 0 ? -1 : places.length)) + step));
      chart.point(places[this.at], true);
    } else if (event.key === '+' || event.key === '=' || event.key === '-') {
      const [low, high] = chart.range;
      const middle = places[this.at ?? -1] ?? (low + high) / 2;
      const half = (high - low) * (event.key === '-' ? 1 : 0.25);
      chart.onZoom([middle - half, middle + half]);
      this.at = null;
    } else if (event.key === '0' || event.key === 'Escape') {
      chart.onZoom(null);
      chart.point(null, true);
      this.at = null;
    } else {
      return;
    }
    // JupyterLab has meanings of its own for most keys.
    event.preventDefault();
    event.stopPropagation();
  }

  private format = (value: number): string => metricValue(value, this.locale);
  private state: ICharts | null = null;
  private looks = new Map<string, ICurveOfJob>();
  /** Where the keyboard is among the points. */
  private at: number | null = null;
  private note = element('span', 'azml-Chart-note');
  private plot = element('div', 'azml-Chart-plot');
  private empty = element('p', 'azml-Chart-empty');
  private tip = element('div', 'azml-Tip');
}
