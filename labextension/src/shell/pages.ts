import type { Request } from '../api/request';

const PAGE = 100;

export interface IPage<T> {
  items: T[];
  /** Where the next one begins; null at the end. */
  continuation: string | null;
}

/** As many pages of a list as were asked for, as one: what is looked at is read anew as a whole. Throws. */
export async function readPages<T>(
  request: Request,
  path: string,
  pages: number,
  query: Record<string, string | number | null> = {}
): Promise<IPage<T>> {
  const items: T[] = [];
  let continuation: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const answer: IPage<T> = await request(path, { query: { ...query, limit: PAGE, continuation } });
    items.push(...answer.items);
    continuation = answer.continuation;
    if (continuation === null) {
      break;
    }
  }
  return { items, continuation };
}
