const AGAIN = 20_000;

/** Tells whether an element is in sight, and again from time to time as long as it is. Returns the way out. */
export function tellWhenSeen(element: Element, tell: (seen: number) => void): () => void {
  let isNear = false;
  let told: number | null = null;
  const settle = () => {
    const isSeen = isNear && document.visibilityState === 'visible';
    if (isSeen || told !== 0) {
      told = isSeen ? Date.now() : 0;
      tell(told);
    }
  };
  const observer = new IntersectionObserver(entries => {
    isNear = entries[entries.length - 1].isIntersecting;
    settle();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', settle);
  const timer = window.setInterval(() => told !== 0 && settle(), AGAIN);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', settle);
    window.clearInterval(timer);
    if (told !== 0) {
      tell(0);
    }
  };
}
