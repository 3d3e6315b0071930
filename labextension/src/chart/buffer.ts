export type Buffer = DataView | ArrayBuffer | string;

/** A curve as Python sends it: numbers of 64 bits, as a buffer or, where it was saved, as base64. */
export interface ILine {
  x: Buffer;
  y: Buffer;
  count: number;
  reduced: boolean;
}

const decoded = new WeakMap<ILine, { x: Float64Array; y: Float64Array }>();

export function pointsOf(line: ILine): { x: Float64Array; y: Float64Array } {
  let points = decoded.get(line);
  if (!points) {
    points = { x: numbersIn(line.x), y: numbersIn(line.y) };
    decoded.set(line, points);
  }
  return points;
}

/** Of 64 bits each. */
export function numbersIn(buffer: Buffer): Float64Array {
  if (typeof buffer === 'string') {
    return new Float64Array(Uint8Array.from(atob(buffer), each => each.charCodeAt(0)).buffer);
  }
  const view = buffer instanceof ArrayBuffer ? new DataView(buffer) : buffer;
  // A view may begin anywhere in its buffer, and numbers of 64 bits only at every eighth byte.
  return new Float64Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}
