type Listener = () => void;

const listeners = new Set<Listener>();
let observer: MutationObserver | null = null;

/** Canvas colours do not follow CSS variables: calls back when JupyterLab changes its theme. Returns the way out. */
export function onThemeChange(listener: Listener): () => void {
  listeners.add(listener);
  if (!observer) {
    // A frame later the new theme's variables are there.
    observer = new MutationObserver(() => requestAnimationFrame(() => listeners.forEach(each => each())));
    observer.observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-name'] });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      observer?.disconnect();
      observer = null;
    }
  };
}

export function colour(element: Element, variable: string, otherwise: string): string {
  return getComputedStyle(element).getPropertyValue(variable).trim() || otherwise;
}
