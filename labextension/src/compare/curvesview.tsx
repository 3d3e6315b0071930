import * as React from 'react';
import { save } from '../watch/csv';
import { csvOfLines } from '../watch/points';
import { WatchPanel } from '../watch/panel';
import type { CurvesSource } from './curves';

/** Curves, a table of last values, parallel axes. */
export function CurvesView({ source }: { source: CurvesSource }): React.ReactElement {
  const host = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    const panel = new WatchPanel(host.current!, {
      setView: changes => source.setView(changes),
      savePoints: () => save('points.csv', csvOfLines(source.state), 'text/csv')
    });
    const show = () => panel.show(source.state, { canAsk: true });
    source.changed.connect(show);
    source.isSeen = true;
    show();
    return () => {
      source.changed.disconnect(show);
      source.isSeen = false;
      panel.dispose();
    };
  }, [source]);
  return <div ref={host} className="azml-CurvesHost" />;
}
