import uPlot from 'uplot';
import { onThemeChange } from './theme';

/** A uPlot in an element: as large as it, built anew when the theme changes, and not before it can be seen. */
export abstract class Plot {
  constructor(protected host: HTMLElement) {
    this.leaveTheme = onThemeChange(() => this.build());
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(host);
  }

  dispose(): void {
    this.leaveTheme();
    this.observer.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  protected abstract look(): Omit<uPlot.Options, 'width' | 'height'>;

  protected draw(data: uPlot.AlignedData): void {
    this.data = data;
    if (this.plot) {
      // At once: uPlot would wait for the end of what is going on now.
      this.plot.batch((plot: uPlot) => plot.setData(data));
    } else {
      this.build();
    }
  }

  protected build(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width > 0 && height > 0) {
      this.plot?.destroy();
      this.plot = new uPlot({ ...this.look(), width, height }, this.data, this.host);
    }
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

  protected data: uPlot.AlignedData = [[]];
  protected plot: uPlot | null = null;
  private observer: ResizeObserver;
  private leaveTheme: () => void;
}

/** A line needs two points: those that stand alone between gaps are drawn as dots. */
export function lonely(values: ArrayLike<number | null | undefined>): number[] {
  const found: number[] = [];
  let last = -1;
  let hasNeighbour = false;
  const settle = () => last >= 0 && !hasNeighbour && found.push(last);
  for (let i = 0; i < values.length; i++) {
    if (values[i] === null) {
      settle();
      last = -1;
      hasNeighbour = false;
    } else {
      hasNeighbour = last >= 0;
      last = i;
    }
  }
  settle();
  return found;
}

/** A line that lies on the frame is hard to see, and a constant one needs a height at all. */
export function roomy(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) {
    return [0, 1];
  }
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}
