// What JupyterLab's packages ask of a browser and jsdom does not have.
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}

Object.assign(globalThis, {
  DragEvent: class extends MouseEvent {},
  ResizeObserver: Observer,
  IntersectionObserver: Observer,
  requestIdleCallback: (run: () => void) => setTimeout(run, 0),
  cancelIdleCallback: clearTimeout
});
window.matchMedia ??= () => ({ matches: false, addEventListener() {}, removeEventListener() {} }) as never;
