import uPlot from 'uplot';
import { drawable, extremes, ICurve, IDrawable, nearest } from './drawable';
import { drawNever, drawSoon } from './frames';
import type { ILook } from './palette';
import { lonely, Plot, roomy } from './plot';
import { colour } from './theme';
import { heightTexts, ticks, XKind } from './ticks';

export interface ICurveOfJob extends ICurve, ILook {
  id: string;
}

export interface IScene {
  curves: ICurveOfJob[];
  kind: XKind;
  isLog: boolean;
  /** From 0, none, to almost 1. */
  smoothing: number;
  zoom: [number, number] | null;
  /** What the x axis spans without zoom, so that charts side by side span the same. */
  extent: [number, number] | null;
}

/** What a reader holds the pointer at. */
export interface IReading {
  x: number;
  values: { id: string; x: number; value: number }[];
  /** The line nearest to the pointer. */
  focused: string | null;
}

const FAINT = '48'; // of 255, as hexadecimal
/** Points of a chart, from which its lines are drawn finely. */
const MANY = 1_500;

/** Curves of one metric of many jobs: zoom by drag, a crosshair that can be shared. */
export class CurvesChart extends Plot {
  onZoom: (range: [number, number] | null) => void = () => undefined;
  /** Null when the pointer leaves. */
  onRead: (reading: IReading | null) => void = () => undefined;

  constructor(
    host: HTMLElement,
    private locale: string
  ) {
    super(host);
    // uPlot's own answer to a double click knows nothing of who else is zoomed.
    host.addEventListener('dblclick', () => this.onZoom(null));
    this.sight = new IntersectionObserver(entries => {
      this.isSeen = entries[entries.length - 1].isIntersecting;
      if (this.isSeen && this.isBehind) {
        drawSoon(this.drawScene);
      }
    });
    this.sight.observe(host);
  }

  /** Draws as soon as there is time, and it can be seen. Says how many values cannot be drawn. */
  show(scene: IScene): { notPositive: number; notFinite: number } {
    this.scene = scene;
    this.lines = scene.curves.map(curve => drawable(curve, scene.smoothing, scene.isLog));
    this.isBehind = true;
    if (this.isSeen) {
      drawSoon(this.drawScene);
    }
    const total = (count: (line: IDrawable) => number) =>
      this.lines.reduce((sum, each) => sum + count(each), 0);
    return { notPositive: total(each => each.notPositive), notFinite: total(each => each.notFinite) };
  }

  override dispose(): void {
    this.sight.disconnect();
    drawNever(this.drawScene);
    super.dispose();
  }

  /** Before somebody takes the picture. */
  drawScene = (): void => {
    const { scene } = this;
    if (!scene || !this.isBehind) {
      return;
    }
    this.isBehind = false;
    const shape = JSON.stringify([
      scene.curves.map(({ id, colour, dash }) => [id, colour, dash]),
      [scene.kind, scene.isLog, scene.smoothing > 0, this.width]
    ]);
    const lines = this.lines.flatMap(({ x, y, smooth }) =>
      smooth
        ? [
            [x, y],
            [x, smooth]
          ]
        : [[x, y]]
    );
    // Each line with an x of its own, which uPlot calls mode 2; it takes no plot without lines.
    const data = [null, ...(lines.length ? lines : [[[], []]])] as unknown as uPlot.AlignedData;
    if (shape !== this.shape) {
      this.shape = shape;
      this.data = data;
      this.build();
    } else {
      this.draw(data);
    }
  };

  /** Emphasises the lines of one job; of all with null. */
  focus(id: string | null): void {
    if (this.plot && id !== this.focused) {
      this.focused = id;
      const index = this.scene?.curves.findIndex(curve => curve.id === id) ?? -1;
      this.plot.setSeries(index < 0 ? null : this.seriesOf(index), { focus: true });
    }
  }

  /** Puts the crosshair at a place, as if the pointer were there; takes it away with null. */
  point(x: number | null, isLoud = false): void {
    if (!this.plot) {
      return;
    }
    const left = x === null ? -10 : this.plot.valToPos(x, 'x');
    this.isQuiet = !isLoud;
    // Far above, so that no line counts as the one that is pointed at.
    this.plot.setCursor({ left, top: -1e6 });
    this.isQuiet = false;
  }

  /** The x values of the points that are in sight. */
  get places(): ArrayLike<number> {
    const [low, high] = this.range;
    const places = new Set<number>();
    this.lines.forEach(({ x }) => x.forEach(each => each >= low && each <= high && places.add(each)));
    return Float64Array.from(places).sort();
  }

  get range(): [number, number] {
    const { min, max } = this.plot?.scales.x ?? {};
    return [min ?? 0, max ?? 1];
  }

  /** The drawing, for a picture of the whole; null while there is none. */
  get canvas(): HTMLCanvasElement | null {
    return this.plot?.ctx.canvas ?? null;
  }

  /** Where a reading is to be told: the crosshair, from the left edge of the host. */
  get cursorLeft(): number {
    return this.plot ? this.plot.over.offsetLeft + (this.plot.cursor.left ?? 0) : 0;
  }

  /** Whether the pointer is in the upper half, so that what is told there stands in the lower one. */
  get isCursorHigh(): boolean {
    const { top } = this.plot?.cursor ?? {};
    return top !== undefined && top >= 0 && top < this.plot!.over.clientHeight / 2;
  }

  protected override build(): void {
    if (this.shape) {
      super.build();
    }
  }

  protected override look(): Omit<uPlot.Options, 'width' | 'height'> {
    const { kind, isLog, smoothing, curves } = this.scene ?? EMPTY;
    const text = colour(this.host, '--azml-faint', '#666');
    const grid = colour(this.host, '--azml-rule', '#e0e0e0');
    const font = `11px ${colour(this.host, '--jp-ui-font-family', 'system-ui, sans-serif')}`;
    const axis = { stroke: text, font, gap: 5, ticks: { show: false }, grid: { stroke: grid, width: 1 } };
    return {
      mode: 2,
      legend: { show: false },
      padding: [8, 10, 0, 0],
      focus: { alpha: 0.18 },
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false, dist: 5 },
        focus: { prox: curves.length > 1 ? 16 : -1 },
        points: { size: 7, width: 1.5, show: true },
        bind: { dblclick: () => null },
        dataIdx: (plot, series) => {
          const [low, high] = this.range;
          const [x, y] = lineOf(plot, series);
          const found = nearest(x, y, plot.posToVal(plot.cursor.left ?? 0, 'x'), (high - low) * 0.012);
          return found as number; // null hides the point, which the types do not know
        }
      },
      scales: {
        x: { time: false, range: () => this.span() },
        y: { distr: isLog ? 3 : 1, range: () => this.height() }
      },
      axes: [
        { ...axis, grid: { show: false }, size: 24, space: 64, ...ticks(kind, this.locale) },
        {
          ...axis,
          size: (_, values) =>
            Math.max(34, 12 + 6.6 * Math.max(0, ...(values ?? []).map(each => each?.length ?? 0))),
          space: 28,
          ...(isLog ? { filter: decades, grid: { ...axis.grid, filter: decades } } : {}),
          values: (_, splits) => heightTexts(splits, this.locale)
        }
      ],
      series: [
        {},
        ...curves.flatMap(curve =>
          smoothing > 0 ? [line(curve, 1, true), line(curve, this.width)] : [line(curve, this.width)]
        ),
        ...(curves.length ? [] : [line({ colour: text, dash: [] }, 1)])
      ],
      hooks: {
        setCursor: [plot => this.read(plot)],
        setSelect: [plot => this.select(plot)]
      }
    };
  }

  /** Of a line, in pixels. Without a graphics card, one of one pixel is drawn four times faster than a wider one. */
  private get width(): number {
    return this.lines.reduce((sum, { x }) => sum + x.length, 0) > MANY ? 1 : 1.6;
  }

  private span(): [number, number] {
    const [left, right] = this.scene?.zoom ?? this.scene?.extent ?? [0, 1];
    return left < right ? [left, right] : [left - 0.5, right + 0.5];
  }

  private height(): [number, number] {
    const [left, right] = this.span();
    const all = this.lines.map(line => extremes(line, left, right));
    const [low, high] = [Math.min(...all.map(each => each[0])), Math.max(...all.map(each => each[1]))];
    if (this.scene?.isLog) {
      return low <= high ? [low / 1.2, high * 1.2] : [0.1, 1];
    }
    return low <= high ? roomy(low, high) : roomy(null, null);
  }

  private select(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width >= 5) {
      const range: [number, number] = [plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')];
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      this.onZoom(range);
    }
  }

  private read(plot: uPlot): void {
    if (this.isQuiet || !this.scene) {
      return;
    }
    const { left, idxs } = plot.cursor;
    if (left === undefined || left === null || left < 0) {
      this.onRead(null);
      return;
    }
    const values = this.scene.curves.flatMap((curve, i) => {
      const series = this.seriesOf(i);
      const index = idxs?.[series];
      const [x, y] = lineOf(plot, series);
      const value = index === null || index === undefined ? undefined : y[index];
      return typeof value === 'number' ? [{ id: curve.id, x: x[index!], value }] : [];
    });
    const number = plot.series.findIndex(
      (each, i) => i > 0 && (each as { _focus?: boolean })._focus === true
    );
    const focused = number < 0 || values.length < 2 ? null : this.scene.curves[this.curveOf(number)]?.id;
    this.onRead({ x: plot.posToVal(left, 'x'), values, focused: focused ?? null });
  }

  /** The line that is read: the smooth one, where there are two. */
  private seriesOf(curve: number): number {
    return this.scene!.smoothing > 0 ? 2 * curve + 2 : curve + 1;
  }

  private curveOf(series: number): number {
    return this.scene!.smoothing > 0 ? Math.floor((series - 1) / 2) : series - 1;
  }

  private scene: IScene | null = null;
  private lines: IDrawable[] = [];
  private sight: IntersectionObserver;
  private isSeen = false;
  /** Whether what is drawn is not what was shown last. */
  private isBehind = false;
  private shape = '';
  private focused: string | null = null;
  private isQuiet = false;
}

const EMPTY: IScene = { curves: [], kind: 'number', isLog: false, smoothing: 0, zoom: null, extent: null };

/** Powers of ten; where there are few, their doubles and fives, too. */
function decades(plot: uPlot, splits: number[]): (number | null)[] {
  const { min, max } = plot.scales.y;
  const span = Math.log10((max ?? 1) / (min ?? 1));
  const wanted = span > 2.5 ? [1] : span > 0.8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9];
  return splits.map(each => {
    const digit = each / 10 ** Math.floor(Math.log10(each) + 1e-9);
    return wanted.some(one => Math.abs(one - digit) < 1e-6) ? each : null;
  });
}

function line({ colour: stroke, dash }: ILook, width: number, isFaint = false): uPlot.Series {
  const ink = isFaint ? stroke + FAINT : stroke;
  return {
    stroke: ink,
    width,
    pxAlign: 0,
    // What an axis spans is known without uPlot's looking through all points.
    auto: false,
    dash: isFaint ? undefined : dash,
    points: {
      show: true,
      filter: (plot, series) => lonely(lineOf(plot, series)[1]),
      fill: ink,
      stroke: ink,
      size: 5
    }
  };
}

/** The x and the y of one of them. */
const lineOf = (plot: uPlot, series: number) =>
  plot.data[series] as unknown as [ArrayLike<number>, ArrayLike<number | null>];
