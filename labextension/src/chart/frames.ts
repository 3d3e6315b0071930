/** Milliseconds of a frame that drawings may take; what is left has the next frame. */
const BUDGET = 3;

const waiting = new Set<() => void>();
let frame = 0;
let isAsked = false;

/** In this frame if there is time, else in one of the next; each in its turn, and once however often it is asked for. */
export function drawSoon(draw: () => void): void {
  waiting.add(draw);
  if (!frame && !isAsked) {
    isAsked = true;
    queueMicrotask(run);
  }
}

export function drawNever(draw: () => void): void {
  waiting.delete(draw);
}

function run(): void {
  isAsked = false;
  frame = 0;
  const began = performance.now();
  for (const draw of waiting) {
    waiting.delete(draw);
    draw();
    if (performance.now() - began > BUDGET) {
      break;
    }
  }
  if (waiting.size) {
    frame = requestAnimationFrame(run);
  }
}
