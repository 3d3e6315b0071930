import uPlot from 'uplot';
import { colour, onThemeChange } from './theme';

/** A small line chart in plain DOM: the sidebar and the card under a cell both use it. */
export class LineChart {
  /** Called with the point under the pointer, or null when it leaves. */
  onHover: ((step: number, value: number) => void) & (() => void) = () => undefined;

  constructor(
    private host: HTMLElement,
    private format: (value: number) => string
  ) {
    this.leaveTheme = onThemeChange(() => this.build());
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(host);
  }

  setData(x: number[], y: (number | null)[]): void {
    this.data = [x, y];
    if (this.plot) {
      this.plot.setData(this.data);
    } else {
      this.build();
    }
  }

  dispose(): void {
    this.leaveTheme();
    this.observer.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width > 0 && height > 0) {
      if (this.plot) {
        this.plot.setSize({ width, height });
      } else {
        this.build();
      }
    }
  }

  private build(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width > 0 && height > 0) {
      this.plot?.destroy();
      this.plot = new uPlot({ ...this.look(), width, height }, this.data, this.host);
    }
  }

  private look(): Omit<uPlot.Options, 'width' | 'height'> {
    const line = colour(this.host, '--azml-line', '#1976d2');
    const text = colour(this.host, '--azml-faint', '#757575');
    const grid = colour(this.host, '--jp-border-color2', '#e0e0e0');
    const font = `10px ${colour(this.host, '--jp-ui-font-family', 'sans-serif')}`;
    return {
      legend: { show: false },
      padding: [6, 6, 4, 0],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6, fill: line, stroke: line } },
      scales: { x: { time: false }, y: { range: (_, low, high) => roomy(low, high) } },
      axes: [
        { show: false },
        {
          stroke: text,
          font,
          size: 40,
          gap: 4,
          space: 24,
          ticks: { show: false },
          grid: { stroke: grid, width: 1 },
          values: (_, splits) => splits.map(each => this.format(each))
        }
      ],
      series: [
        {},
        { stroke: line, width: 1.5, points: { filter: lonely, fill: line, stroke: line, size: 4 } }
      ],
      hooks: { setCursor: [plot => this.hover(plot.cursor.idx)] }
    };
  }

  private hover(index: number | null | undefined): void {
    const value = index === null || index === undefined ? null : this.data[1]![index];
    if (value === null || value === undefined) {
      this.onHover();
    } else {
      this.onHover(this.data[0][index!], value);
    }
  }

  private data: [number[], (number | null)[]] = [[], []];
  private plot: uPlot | null = null;
  private observer: ResizeObserver;
  private leaveTheme: () => void;
}

/** A line needs two points: one that stands between gaps is drawn as a dot. */
function lonely(plot: uPlot): number[] {
  const [, values] = plot.data;
  const isGap = (i: number) => values[i] === null || values[i] === undefined;
  return [...values.keys()].filter(i => !isGap(i) && isGap(i - 1) && isGap(i + 1));
}

/** A line that lies on the frame is hard to see, and a constant one needs a height at all. */
function roomy(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) {
    return [0, 1];
  }
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}
