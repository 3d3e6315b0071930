import * as React from 'react';
import { AzmlError } from '../api/errors';
import { isDark, lookOfLine } from '../chart/palette';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import type { EndpointLook } from './look';
import { allTo, areSame, evenly, moved, none, Shares, sum } from './traffic';

/** Per cent of the requests that may be copied, as in Azure. */
const MOST_MIRRORED = 50;

/** Who answers, and who is sent copies. Nothing changes before it is applied. */
export function TrafficView({ look }: { look: EndpointLook }): React.ReactElement {
  const { trans } = useWords();
  const [draft, setDraft] = React.useState<{ traffic: Shares; mirror: Shares } | null>(null);
  const [fixed, setFixed] = React.useState<ReadonlySet<string>>(new Set());
  const [error, setError] = React.useState<AzmlError | null>(null);
  const [isBusy, setBusy] = React.useState(false);
  const { deployments } = look;
  // A deployment that came or went meanwhile stands in the draft, too.
  const names = deployments.map(each => each.name);
  const over = (said: Shares): Shares => Object.fromEntries(names.map(name => [name, said[name] ?? 0]));
  const traffic = over(draft?.traffic ?? look.traffic);
  const mirror = over(draft?.mirror ?? look.mirror);
  const isChanged = draft !== null && !(areSame(traffic, look.traffic) && areSame(mirror, look.mirror));
  const total = sum(traffic);
  const canApply = isChanged && !isBusy && (total === 100 || total === 0);
  const set = (next: Shares, copies: Shares = mirror) => {
    // Who answers is sent no copies.
    const allowed = Object.fromEntries(
      Object.entries(copies).map(([name, share]) => [name, next[name] > 0 ? 0 : share])
    );
    setError(null);
    setDraft({ traffic: next, mirror: allowed });
  };
  const apply = async () => {
    setBusy(true);
    try {
      await look.setTraffic(traffic, mirror);
      setDraft(null);
      setError(null);
    } catch (reason) {
      setError(AzmlError.of(reason));
    }
    setBusy(false);
  };
  if (deployments.length === 0) {
    return <p className="azml-Loading">{trans.__('There is nothing yet that traffic could go to.')}</p>;
  }
  const mirrored = names.find(name => mirror[name] > 0) ?? '';
  const mirrorable = names.filter(name => traffic[name] === 0);
  return (
    <div className="azml-Thing-body" tabIndex={0} role="region" aria-label={trans.__('Traffic')}>
      <section aria-label={trans.__('Who answers')}>
        <h3>{trans.__('Who answers')}</h3>
        <TrafficBar traffic={traffic} names={names} />
        <ul className="azml-Shares">
          {deployments.map((deployment, i) => (
            <Share
              key={deployment.name}
              name={deployment.name}
              index={i}
              value={traffic[deployment.name]}
              isAnswering={deployment.is_answering}
              isFixed={fixed.has(deployment.name)}
              isAlone={deployments.length === 1}
              onMove={value => set(moved(traffic, deployment.name, value, fixed))}
              onFix={() => {
                const next = new Set(fixed);
                if (!next.delete(deployment.name)) {
                  next.add(deployment.name);
                }
                setFixed(next);
              }}
              onAll={() => set(allTo(traffic, deployment.name))}
            />
          ))}
        </ul>
        <p className="azml-mod-faint" role="status">
          {total === 0
            ? trans.__('Nobody gets the traffic: callers are refused.')
            : trans.__('Together %1 %', total)}
        </p>
      </section>
      <section aria-label={trans.__('Copies')}>
        <h3>{trans.__('Copies')}</h3>
        <p className="azml-mod-faint">
          {trans.__('A deployment without traffic can be sent copies of requests. Its answers reach nobody.')}
        </p>
        <div className="azml-Mirror">
          <label>
            {trans.__('Copies to')}{' '}
            <select
              value={mirrored}
              onChange={event => {
                const name = event.target.value;
                set(traffic, name ? { ...none(mirror), [name]: mirror[mirrored] || 10 } : none(mirror));
              }}
            >
              <option value="">{trans.__('nobody')}</option>
              {mirrorable.map(name => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {mirrored && (
            <label className="azml-Mirror-share">
              {trans.__('of the requests')}{' '}
              <input
                type="range"
                min={1}
                max={MOST_MIRRORED}
                value={mirror[mirrored]}
                aria-valuetext={trans.__('%1 %', mirror[mirrored])}
                onChange={event => set(traffic, { ...none(mirror), [mirrored]: event.target.valueAsNumber })}
              />
              <output>{trans.__('%1 %', mirror[mirrored])}</output>
            </label>
          )}
        </div>
      </section>
      {error && <Problem error={error} />}
      <div className="azml-Actions">
        <button
          type="button"
          className="azml-Button azml-mod-main"
          aria-disabled={!canApply}
          onClick={() => canApply && void apply()}
        >
          {trans.__('Apply')}
        </button>
        <button
          type="button"
          className="azml-Button"
          aria-disabled={!isChanged || isBusy}
          onClick={() => {
            setDraft(null);
            setError(null);
          }}
        >
          {trans.__('Undo')}
        </button>
        {deployments.length > 1 && (
          <button type="button" className="azml-Button" onClick={() => set(evenly(traffic))}>
            {trans.__('Evenly')}
          </button>
        )}
        <button type="button" className="azml-Button" onClick={() => set(none(traffic))}>
          {trans.__('To nobody')}
        </button>
      </div>
    </div>
  );
}

function Share({
  name,
  index,
  value,
  isAnswering,
  isFixed,
  isAlone,
  onMove,
  onFix,
  onAll
}: {
  name: string;
  index: number;
  value: number;
  isAnswering: boolean;
  isFixed: boolean;
  isAlone: boolean;
  onMove: (value: number) => void;
  onFix: () => void;
  onAll: () => void;
}): React.ReactElement {
  const { trans } = useWords();
  const id = React.useId();
  return (
    <li className="azml-Share" data-deployment={name}>
      <label htmlFor={id} className="azml-Share-name" title={name}>
        <Swatch index={index} />
        <span>{name}</span>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        value={value}
        disabled={isFixed || (!isAnswering && value === 0)}
        aria-valuetext={trans.__('%1 %', value)}
        onChange={event => onMove(event.target.valueAsNumber)}
      />
      <input
        type="number"
        min={0}
        max={100}
        value={value}
        disabled={isFixed || (!isAnswering && value === 0)}
        aria-label={trans.__('Share of %1 in per cent', name)}
        onChange={event => Number.isFinite(event.target.valueAsNumber) && onMove(event.target.valueAsNumber)}
      />
      <span aria-hidden="true">%</span>
      <button
        type="button"
        className="azml-Button azml-mod-quiet"
        disabled={!isAnswering}
        aria-label={trans.__('All of the traffic to %1', name)}
        onClick={onAll}
      >
        {trans.__('All')}
      </button>
      {!isAlone && (
        <label className="azml-Share-fix" title={trans.__('Stays as it is while others are moved')}>
          <input
            type="checkbox"
            checked={isFixed}
            aria-label={trans.__('Hold %1 while others are moved', name)}
            onChange={onFix}
          />
          {trans.__('hold')}
        </label>
      )}
      {!isAnswering && <span className="azml-Share-note">{trans.__('does not answer yet')}</span>}
    </li>
  );
}

/** The split as one bar. The numbers beside it say the same. */
export function TrafficBar({
  traffic,
  names
}: {
  traffic: Shares;
  names: readonly string[];
}): React.ReactElement {
  const bar = React.useRef<HTMLDivElement>(null);
  const [dark, setDark] = React.useState(false);
  React.useEffect(() => setDark(isDark(bar.current!)), []);
  return (
    <div ref={bar} className="azml-TrafficBar" aria-hidden="true">
      {names.map((name, i) =>
        (traffic[name] ?? 0) > 0 ? (
          <div
            key={name}
            style={{ flexGrow: traffic[name], background: lookOfLine(i, dark).colour }}
            title={`${name} ${traffic[name]} %`}
          />
        ) : null
      )}
    </div>
  );
}

function Swatch({ index }: { index: number }): React.ReactElement {
  const own = React.useRef<HTMLSpanElement>(null);
  const [dark, setDark] = React.useState(false);
  React.useEffect(() => setDark(isDark(own.current!)), []);
  return (
    <span
      ref={own}
      className="azml-Share-swatch"
      aria-hidden="true"
      style={{ background: lookOfLine(index, dark).colour }}
    />
  );
}
