import { LineChart } from '../chart/line';
import { ILine, pointsOf } from '../chart/buffer';
import { plottable } from '../chart/series';
import { metricValue } from '../jobs/format';
import { element } from './dom';
import { ICardState, word } from './state';

/** A metric of the card: the sidebar's, without React. */
export class CardMetric {
  readonly node = element('figure', 'azml-Metric');

  constructor(
    private key: string,
    private locale: string
  ) {
    const caption = element('figcaption', 'azml-Metric-caption');
    const name = element('span', 'azml-Metric-name', key);
    name.title = key;
    caption.append(name, this.step, this.value);
    this.plot.setAttribute('role', 'img');
    this.node.dataset.metric = key;
    this.node.append(caption, this.plot);
    this.chart = new LineChart(this.plot, this.format);
    this.chart.onHover = (step?: number, value?: number) => this.caption(step, value);
  }

  show(line: ILine, labels: ICardState['labels']): void {
    const { x, y } = pointsOf(line);
    const [steps, numbers] = [Array.from(x), Array.from(y)];
    this.last = numbers[numbers.length - 1] ?? NaN;
    this.stepWord = word(labels, 'step');
    this.caption();
    this.plot.setAttribute(
      'aria-label',
      word(labels, 'metric', { key: this.key, value: this.format(this.last) })
    );
    this.chart.setData(...plottable(steps, numbers));
  }

  dispose(): void {
    this.chart.dispose();
    this.node.remove();
  }

  private caption(step?: number, value?: number): void {
    this.step.textContent = step === undefined ? '' : `${this.stepWord} ${step}`;
    this.value.textContent = this.format(value ?? this.last);
  }

  private format = (value: number): string => metricValue(value, this.locale);
  private step = element('span', 'azml-Metric-step');
  private value = element('span', 'azml-Metric-value');
  private plot = element('div', 'azml-Metric-plot');
  private chart: LineChart;
  private stepWord = '';
  private last = NaN;
}
