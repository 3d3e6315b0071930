import uPlot from 'uplot';
import { lonely, Plot, roomy } from './plot';
import { colour } from './theme';

/** A small chart of one metric: the sidebar and the card under a cell both use it. */
export class LineChart extends Plot {
  /** Called with the point under the pointer, or without when it leaves. */
  onHover: ((step: number, value: number) => void) & (() => void) = () => undefined;

  constructor(
    host: HTMLElement,
    private format: (value: number) => string
  ) {
    super(host);
  }

  setData(x: number[], y: (number | null)[]): void {
    this.draw([x, y]);
  }

  protected override look(): Omit<uPlot.Options, 'width' | 'height'> {
    const line = colour(this.host, '--azml-line', '#1976d2');
    const text = colour(this.host, '--azml-faint', '#757575');
    const grid = colour(this.host, '--azml-rule', '#e0e0e0');
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
        { stroke: line, width: 1.5, points: { filter: loneOf, fill: line, stroke: line, size: 4 } }
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
}

const loneOf = (plot: uPlot, series: number): number[] => lonely(plot.data[series]);
