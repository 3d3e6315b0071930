import * as React from 'react';
import type { Request } from '../api/request';
import { ChoiceField } from '../ui/fields';
import { useChanges, useRedraw } from '../ui/hooks';
import { CopyButton, Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import { DeploymentLog } from './logs';
import type { EndpointLook } from './look';

/** Pixels from the end that still count as being at the end. */
const NEAR = 24;

/** What a deployment's model servers print. */
export function LogsView({
  request,
  look,
  chosen,
  onChoose
}: {
  request: Request;
  look: EndpointLook;
  chosen: string;
  onChoose: (deployment: string) => void;
}): React.ReactElement {
  const { trans } = useWords();
  const { deployments } = look;
  const name = deployments.find(each => each.name === chosen)?.name ?? deployments[0]?.name ?? '';
  const log = React.useMemo(
    () => (name ? new DeploymentLog(request, look.name, name) : null),
    [request, look.name, name]
  );
  React.useEffect(() => () => log?.dispose(), [log]);
  React.useEffect(() => log?.setVisible(look.isVisible), [log, look.isVisible]);
  useChanges(log?.changed);
  const redraw = useRedraw();
  const box = React.useRef<HTMLPreElement>(null);
  const isAtEnd = React.useRef(true);
  React.useLayoutEffect(() => {
    if (box.current && isAtEnd.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  });
  if (!log) {
    return <p className="azml-Loading">{trans.__('Nothing is deployed, so that nothing is printed.')}</p>;
  }
  return (
    <div className="azml-Logs">
      <div className="azml-Trial-bar">
        <ChoiceField
          label={trans.__('Deployment')}
          value={name}
          choices={deployments.map(each => ({ value: each.name, label: each.name }))}
          onChange={onChoose}
        />
        <label className="azml-Toggle">
          <input
            type="checkbox"
            checked={log.isFollowing}
            onChange={event => {
              log.follow(event.target.checked);
              redraw();
            }}
          />
          {trans.__('Follow')}
        </label>
        {!log.log.isEmpty && <CopyButton text={() => log.log.text} />}
      </div>
      {log.error && <Problem error={log.error} />}
      {log.log.isEmpty ? (
        <p className="azml-Loading">{log.isRead ? trans.__('Nothing printed yet.') : trans.__('Loading…')}</p>
      ) : (
        <pre
          ref={box}
          className="azml-Logs-text"
          role="log"
          aria-live="off"
          tabIndex={0}
          aria-label={trans.__('Log of %1', name)}
          onScroll={() => {
            const { scrollHeight, scrollTop, clientHeight } = box.current!;
            isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
          }}
        >
          {log.log.isCut && (
            <span className="azml-mod-faint">{`${trans.__('Earlier lines are left out.')}\n`}</span>
          )}
          {log.log.text}
        </pre>
      )}
    </div>
  );
}
