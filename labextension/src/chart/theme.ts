type Listener = () => void;

const listeners = new Set<Listener>();
let observer: MutationObserver | null = null;

/** Canvas colours do not follow CSS variables: calls back when JupyterLab or VS Code change theirs. Returns the way out. */
export function onThemeChange(listener: Listener): () => void {
  listeners.add(listener);
  if (!observer) {
    let known = theme();
    observer = new MutationObserver(() => {
      const found = theme();
      if (found !== known) {
        known = found;
        // A frame later the new theme's variables are there.
        requestAnimationFrame(() => listeners.forEach(each => each()));
      }
    });
    observer.observe(document.body, { attributes: true, attributeFilter: ['data-jp-theme-name', 'class'] });
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

/** Of all that a body's classes say, only what is about the theme. */
function theme(): string {
  const { dataset, classList } = document.body;
  return [dataset.jpThemeName, ...[...classList].filter(each => each.startsWith('vscode-'))].join(' ');
}
