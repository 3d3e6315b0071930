import * as React from 'react';

/** Whether it is, or once was, about to be seen. */
export function useSeen(host: React.RefObject<Element>): boolean {
  const [isSeen, setSeen] = React.useState(false);
  React.useEffect(() => {
    if (isSeen || !host.current) {
      return;
    }
    const observer = new IntersectionObserver(
      entries => entries.some(entry => entry.isIntersecting) && setSeen(true),
      { rootMargin: '600px' }
    );
    observer.observe(host.current);
    return () => observer.disconnect();
  }, [host, isSeen]);
  return isSeen;
}
