import * as React from 'react';
import type { JobStatus, Lineage, LineageNode } from '../api/types';
import { StatusIcon } from '../ui/badge';
import { useChanges } from '../ui/hooks';
import { Problem } from '../ui/notes';
import { statusWord, useWords } from '../ui/words';
import type { Asked } from './asked';
import { curve, draw, NODE } from './layout';

interface IProps {
  lineage: Asked<Lineage>;
  /** Null for what cannot be looked at. */
  opener: (node: LineageNode) => (() => void) | null;
}

/** Where the job's data came from, and what became of what it made. */
export function LineageView({ lineage, opener }: IProps): React.ReactElement {
  const { trans } = useWords();
  useChanges(lineage.changed);
  React.useEffect(() => lineage.open(), [lineage]);
  const { value, error } = lineage;
  const drawing = React.useMemo(() => (value ? draw(value) : null), [value]);
  if (error && !value) {
    return (
      <Problem error={error}>
        <button type="button" className="azml-Button" onClick={() => void lineage.load()}>
          {trans.__('Try again')}
        </button>
      </Problem>
    );
  }
  if (!value || !drawing) {
    return <p className="azml-Loading">{trans.__('Tracing the job…')}</p>;
  }
  return (
    <div className="azml-Graph">
      {value.nodes.length === 1 && (
        <p className="azml-Reason">
          {trans.__(
            'The job read no data of the workspace and made no model yet. Inputs are named with --input, and models are registered with %1.',
            '%azml model register'
          )}
        </p>
      )}
      <div className="azml-Graph-scroll" tabIndex={0} role="region" aria-label={trans.__('Lineage')}>
        <div className="azml-Graph-graph" style={{ width: drawing.width, height: drawing.height }}>
          <svg width={drawing.width} height={drawing.height} aria-hidden="true">
            <defs>
              <marker
                id="azml-arrow"
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="8"
                markerHeight="8"
                orient="auto"
              >
                <path d="M0 0 8 4 0 8Z" />
              </marker>
            </defs>
            {drawing.lines.map((line, i) => (
              <path key={i} d={curve(line)} markerEnd="url(#azml-arrow)" />
            ))}
          </svg>
          {drawing.nodes.map(({ node, x, y }) => (
            <Node key={node.id} node={node} x={x} y={y} open={opener(node)} />
          ))}
        </div>
      </div>
      <h3>{trans.__('In words')}</h3>
      <ul className="azml-Graph-words">
        {drawing.lines.map(({ from, to, label }, i) => (
          <li key={i}>
            {`${nameOf(from.node, trans)} → ${nameOf(to.node, trans)}${label ? ` (${label})` : ''}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Node({
  node,
  x,
  y,
  open
}: {
  node: LineageNode;
  x: number;
  y: number;
  open: (() => void) | null;
}): React.ReactElement {
  const { trans } = useWords();
  const place = { left: x, top: y, width: NODE.width, height: NODE.height };
  const state = node.status ? statusWord(node.status as JobStatus, trans) : '';
  const inside = (
    <>
      <span className="azml-Graph-kind">
        {node.status && <StatusIcon status={node.status as JobStatus} />}
        {[kindWord(node.kind, trans), state].filter(Boolean).join(' · ')}
      </span>
      <span className="azml-Graph-title">{node.title}</span>
    </>
  );
  const about = {
    className: `azml-Graph-node azml-mod-${node.kind}${node.column === 0 ? ' azml-mod-here' : ''}`,
    style: place,
    title: [node.title, node.detail].filter(Boolean).join('\n')
  };
  return open ? (
    <button type="button" {...about} onClick={open}>
      {inside}
    </button>
  ) : (
    <div {...about}>{inside}</div>
  );
}

type Bundle = ReturnType<typeof useWords>['trans'];

const nameOf = (node: LineageNode, trans: Bundle): string => `${kindWord(node.kind, trans)} ${node.title}`;

function kindWord(kind: LineageNode['kind'], trans: Bundle): string {
  switch (kind) {
    case 'data':
      return trans.__('Data');
    case 'code':
      return trans.__('Code');
    case 'environment':
      return trans.__('Environment');
    case 'model':
      return trans.__('Model');
    case 'endpoint':
      return trans.__('Endpoint');
    default:
      return trans.__('Job');
  }
}
