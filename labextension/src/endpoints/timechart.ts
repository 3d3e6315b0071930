import uPlot from 'uplot';
import { isDark, lookOfLine } from '../chart/palette';
import { lonely, Plot, roomy } from '../chart/plot';
import { colour } from '../chart/theme';
import { ticks } from '../chart/ticks';

export interface ILineOfTime {
  label: string;
  values: (number | null)[];
}

/** Lines over time, with one crosshair. */
export class TimeChart extends Plot {
  /** Called with the index of the point under the pointer; null when it leaves. */
  onHover: (index: number | null) => void = () => undefined;

  constructor(
    host: HTMLElement,
    private locale: string,
    private format: (value: number) => string,
    /** Of the y axis, where it is known beforehand. */
    private bounds: [number, number] | null
  ) {
    super(host);
  }

  show(times: number[], lines: readonly ILineOfTime[]): void {
    const shape = JSON.stringify(lines.map(each => each.label));
    this.lines = lines;
    const data: uPlot.AlignedData = [times, ...lines.map(each => each.values)];
    if (shape !== this.shape) {
      this.shape = shape;
      this.data = data;
      this.build();
    } else {
      this.draw(data);
    }
  }

  protected override look(): Omit<uPlot.Options, 'width' | 'height'> {
    const text = colour(this.host, '--azml-faint', '#757575');
    const grid = colour(this.host, '--azml-rule', '#e0e0e0');
    const font = `10px ${colour(this.host, '--jp-ui-font-family', 'sans-serif')}`;
    const dark = isDark(this.host);
    const axis: uPlot.Axis = { stroke: text, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
    return {
      legend: { show: false },
      // The last hour under the axis stands half beyond it.
      padding: [8, 26, 0, 0],
      cursor: { y: false, drag: { x: false, y: false } },
      scales: {
        x: { time: true },
        y: { range: (_, low, high) => this.bounds ?? [0, roomy(0, high || 1)[1]] }
      },
      axes: [
        { ...axis, size: 24, gap: 4, space: 60, ...ticks('time', this.locale) },
        {
          ...axis,
          size: 52,
          gap: 4,
          space: 24,
          values: (_, splits) => splits.map(each => this.format(each))
        }
      ],
      series: [
        {},
        ...this.lines.map((line, i): uPlot.Series => {
          const { colour: stroke } = lookOfLine(i, dark);
          return {
            label: line.label,
            stroke,
            width: 1.5,
            dash: DASHES[i % DASHES.length],
            points: { filter: loneOf, fill: stroke, stroke, size: 5 }
          };
        })
      ],
      hooks: { setCursor: [plot => this.onHover(plot.cursor.idx ?? null)] }
    };
  }

  private lines: readonly ILineOfTime[] = [];
  private shape = '';
}

/** Lines of one chart differ in more than their colour. */
export const DASHES: number[][] = [[], [6, 3], [2, 3]];

const loneOf = (plot: uPlot, series: number): number[] => lonely(plot.data[series]);
