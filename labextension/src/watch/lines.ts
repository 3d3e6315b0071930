import { ILine, numbersIn, pointsOf } from '../chart/buffer';
import type { ICurve } from '../chart/drawable';
import type { IAnswer, INews } from './state';

/** What there is of each curve: the whole that came last, carried on by what came since. */
export class Lines {
  take(whole: Partial<IAnswer>, news: Partial<INews>): void {
    this.whole = whole;
    if (news === this.news) {
      return;
    }
    this.news = news;
    this.since.clear();
    if (news.points && news.revision === whole.revision) {
      const numbers = numbersIn(news.points);
      let at = 0;
      for (const [job, key, count] of news.parts ?? []) {
        const [x, y] = [numbers.subarray(at, at + count), numbers.subarray(at + count, at + 2 * count)];
        this.since.set(nameOf(job, key), { x, y });
        at += 2 * count;
      }
    }
  }

  of(job: string, key: string): ICurve | undefined {
    const line: ILine | undefined = this.whole.lines?.[job]?.[key];
    const since = this.since.get(nameOf(job, key));
    if (!line || !since?.x.length) {
      return line && pointsOf(line);
    }
    const { x, y } = pointsOf(line);
    return { x: joined(x, since.x), y: joined(y, since.y) };
  }

  private whole: Partial<IAnswer> = {};
  private news: Partial<INews> = {};
  private since = new Map<string, ICurve>();
}

const nameOf = (job: string, key: string) => `${job}\n${key}`;

function joined(one: Float64Array, other: Float64Array): Float64Array {
  const whole = new Float64Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}
