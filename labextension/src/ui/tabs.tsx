import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { Boundary } from './boundary';

export interface ITab {
  id: string;
  label: string;
  /** With one, the label of a tab that is not chosen is seen only where there is room. */
  icon?: LabIcon;
  render: () => React.ReactNode;
}

interface IProps {
  label: string;
  tabs: readonly ITab[];
  chosen: string;
  onChoose: (id: string) => void;
}

/** One of several views; the arrow keys go from one to the next. Those that are not chosen are not there. */
export function Tabs({ label, tabs, chosen, onChoose }: IProps): React.ReactElement {
  const id = React.useId();
  const index = Math.max(
    0,
    tabs.findIndex(tab => tab.id === chosen)
  );
  const list = React.useRef<HTMLDivElement>(null);
  const onKeyDown = (event: React.KeyboardEvent) => {
    // From the one that has the focus: keys may come faster than drawing.
    const focused = (event.target as HTMLElement).dataset.tab;
    const index = tabs.findIndex(tab => tab.id === focused);
    const moves: Record<string, number> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: tabs.length - 1
    };
    if (event.key in moves) {
      event.preventDefault();
      const next = (moves[event.key] + tabs.length) % tabs.length;
      onChoose(tabs[next].id);
      (list.current?.children[next] as HTMLElement | undefined)?.focus();
    }
  };
  return (
    <div className="azml-Sections">
      <div ref={list} className="azml-Sections-list" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab, i) => (
          <button
            key={tab.id}
            type="button"
            id={`${id}-${tab.id}`}
            role="tab"
            aria-selected={i === index}
            aria-controls={`${id}-panel`}
            tabIndex={i === index ? 0 : -1}
            className="azml-Section"
            data-tab={tab.id}
            aria-label={tab.icon ? tab.label : undefined}
            title={tab.icon ? tab.label : undefined}
            onClick={() => onChoose(tab.id)}
          >
            {tab.icon && <tab.icon.react tag="span" className="azml-Section-icon" />}
            <span className="azml-Section-label">{tab.label}</span>
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        className="azml-Sections-panel"
        role="tabpanel"
        aria-labelledby={`${id}-${tabs[index].id}`}
      >
        <Boundary key={tabs[index].id}>{tabs[index].render()}</Boundary>
      </div>
    </div>
  );
}
