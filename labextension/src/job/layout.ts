import type { Lineage, LineageNode } from '../api/types';

export interface IPlaced {
  node: LineageNode;
  x: number;
  y: number;
}

export interface ILine {
  from: IPlaced;
  to: IPlaced;
  label: string;
}

export interface IDrawing {
  nodes: IPlaced[];
  lines: ILine[];
  width: number;
  height: number;
}

export const NODE = { width: 200, height: 52 };
const GAP = { x: 84, y: 18 };
const MARGIN = 16;

/** Columns from left to right as things came about; in each, one below the other, the columns centred. */
export function draw({ nodes, links }: Lineage): IDrawing {
  const columns = new Map<number, LineageNode[]>();
  for (const node of nodes) {
    columns.set(node.column, [...(columns.get(node.column) ?? []), node]);
  }
  const order = [...columns.keys()].sort((a, b) => a - b);
  const heightOf = (count: number) => count * NODE.height + Math.max(0, count - 1) * GAP.y;
  const tallest = Math.max(0, ...[...columns.values()].map(each => heightOf(each.length)));
  const placed = new Map<string, IPlaced>();
  order.forEach((column, i) => {
    const members = columns.get(column)!;
    const top = MARGIN + (tallest - heightOf(members.length)) / 2;
    members.forEach((node, j) =>
      placed.set(node.id, {
        node,
        x: MARGIN + i * (NODE.width + GAP.x),
        y: top + j * (NODE.height + GAP.y)
      })
    );
  });
  const lines = links.flatMap(({ source, target, label }) => {
    const [from, to] = [placed.get(source), placed.get(target)];
    return from && to ? [{ from, to, label }] : [];
  });
  return {
    nodes: [...placed.values()],
    lines,
    width: 2 * MARGIN + order.length * NODE.width + Math.max(0, order.length - 1) * GAP.x,
    height: 2 * MARGIN + tallest
  };
}

/** From the right of one to the left of the other, level at both ends. */
export function curve({ from, to }: ILine): string {
  const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
  const [x2, y2] = [to.x, to.y + NODE.height / 2];
  const bend = Math.max(24, (x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
