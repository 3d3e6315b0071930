import { PanelJob, parametersOf, parameterText, Statistic, statisticOf } from './state';

/** Values of a parameter that are written at its axis, each of them. */
const FEW = 5;

/** One of the parallel axes: where each job crosses it, from 0 (below) to 1. */
export interface IParallelAxis {
  id: string;
  title: string;
  /** By job; missing where it has no such value. */
  places: Map<string, number>;
  labels: { place: number; text: string }[];
}

/** An axis for each parameter that differs, and one for the metric. */
export function parallelAxes(
  jobs: readonly PanelJob[],
  goal: string | undefined,
  statistic: Statistic,
  format: (value: number) => string
): IParallelAxis[] {
  const axes = parametersOf(jobs)
    .filter(({ differs }) => differs)
    .map(({ name }) => {
      const values = jobs.map(job => [job.name, job.parameters?.[name]] as const);
      const numbers = values.filter((each): each is readonly [string, number] => typeof each[1] === 'number');
      const isNumber =
        numbers.length > 0 && values.every(([, value]) => value === undefined || typeof value === 'number');
      return isNumber
        ? numeric(`p:${name}`, name, numbers, format)
        : ordinal(
            `p:${name}`,
            name,
            jobs.map(job => [job.name, parameterText(job, name)] as const)
          );
    });
  if (goal !== undefined) {
    const values = jobs.map(job => [job.name, statisticOf(job, goal, statistic)] as const);
    axes.push(numeric(`m:${goal}`, goal, values, format));
  }
  return axes;
}

function numeric(
  id: string,
  title: string,
  values: (readonly [string, number])[],
  format: (value: number) => string
): IParallelAxis {
  const known = values.filter(([, value]) => Number.isFinite(value));
  const numbers = known.map(([, value]) => value);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  // Learning rates and the like are chosen by powers of ten.
  const isLog = low > 0 && high / low >= 50;
  const at = (value: number) => (isLog ? Math.log(value) : value);
  const back = (value: number) => (isLog ? Math.exp(value) : value);
  const place = (value: number) => (high > low ? (at(value) - at(low)) / (at(high) - at(low)) : 0.5);
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  return {
    id,
    title,
    places: new Map(known.map(([job, value]) => [job, place(value)])),
    labels:
      distinct.length <= FEW
        ? distinct.map(value => ({ place: place(value), text: format(value) }))
        : [0, 0.5, 1].map(each => ({
            place: each,
            text: format(back(at(low) + each * (at(high) - at(low))))
          }))
  };
}

function ordinal(
  id: string,
  title: string,
  values: (readonly [string, string | undefined])[]
): IParallelAxis {
  const words = [...new Set(values.map(([, text]) => text).filter(text => text !== undefined))].sort((a, b) =>
    a.localeCompare(b, undefined, { numeric: true })
  );
  const place = (text: string) => (words.length > 1 ? words.indexOf(text) / (words.length - 1) : 0.5);
  return {
    id,
    title,
    places: new Map(values.flatMap(([job, text]) => (text === undefined ? [] : [[job, place(text)]]))),
    labels: words.map(text => ({ place: place(text), text }))
  };
}

/** The jobs that every brush lets through. */
export function brushed(
  jobs: readonly PanelJob[],
  axes: readonly IParallelAxis[],
  brushes: Record<string, [number, number]>
): Set<string> {
  const active = axes.filter(axis => brushes[axis.id]);
  return new Set(
    jobs
      .map(job => job.name)
      .filter(name =>
        active.every(({ id, places }) => {
          const place = places.get(name);
          return place !== undefined && place >= brushes[id][0] && place <= brushes[id][1];
        })
      )
  );
}
