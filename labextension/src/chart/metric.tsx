import * as React from 'react';
import { LineChart } from './line';
import { plottable, Series } from './series';

interface IProps {
  name: string;
  series: Series;
  /** Changes when the series grew: the series itself stays the same object. */
  points: number;
  format: (value: number) => string;
  /** What a screen reader says of the picture. */
  label: string;
  stepWord: string;
}

/** A metric: its name, its last value (or the one under the pointer) and its course. */
export function Metric({ name, series, points, format, label, stepWord }: IProps): React.ReactElement {
  const host = React.useRef<HTMLDivElement>(null);
  const chart = React.useRef<LineChart | null>(null);
  const [hovered, setHovered] = React.useState<{ step: number; value: number } | null>(null);

  React.useEffect(() => {
    const line = new LineChart(host.current!, format);
    line.onHover = (step?: number, value?: number) =>
      setHovered(step === undefined || value === undefined ? null : { step, value });
    chart.current = line;
    return () => line.dispose();
  }, [format]);
  React.useEffect(() => {
    chart.current?.setData(...plottable(series.steps, series.values));
  }, [series, points, format]);

  return (
    <figure className="azml-Metric" data-metric={name}>
      <figcaption className="azml-Metric-caption">
        <span className="azml-Metric-name" title={name}>
          {name}
        </span>
        {hovered && <span className="azml-Metric-step">{`${stepWord} ${hovered.step}`}</span>}
        <span className="azml-Metric-value">{format(hovered ? hovered.value : series.last)}</span>
      </figcaption>
      <div className="azml-Metric-plot" role="img" aria-label={label} ref={host} />
    </figure>
  );
}
