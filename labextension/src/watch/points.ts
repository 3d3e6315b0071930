import { csv } from './csv';
import { Lines } from './lines';
import type { IWatchState } from './state';

/** What Python answers: job, metric, step, milliseconds since 1970, value. */
type Point = [string, string, number, number, string];

const titles = (state: IWatchState) => new Map(state.jobs.map(job => [job.name, job.display_name]));

export function csvOfPoints(points: Point[], state: IWatchState): string {
  const names = titles(state);
  return csv([
    ['name', 'job', 'metric', 'step', 'time', 'value'],
    ...points.map(([job, key, step, at, value]) => {
      return [job, names.get(job), key, step, new Date(at).toISOString(), value];
    })
  ]);
}

/** Where nobody can be asked: what is drawn, over the axis it is drawn over. */
export function csvOfLines(state: IWatchState): string {
  const names = titles(state);
  const { axis = 'step', lines = {} } = state.curves;
  const known = new Lines();
  known.take(state.curves, state.news ?? {});
  const rows = Object.entries(lines).flatMap(([job, ofJob]) =>
    Object.keys(ofJob).flatMap(key => {
      const { x, y } = known.of(job, key)!;
      return Array.from(x, (each, i) => [job, names.get(job), key, each, y[i]]);
    })
  );
  return csv([['name', 'job', 'metric', axis, 'value'], ...rows]);
}
