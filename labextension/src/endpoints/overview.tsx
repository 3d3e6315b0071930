import { Clipboard } from '@jupyterlab/apputils';
import * as React from 'react';
import { FactList } from '../ui/facts';
import { useWords } from '../ui/words';
import { dateTime } from '../jobs/format';
import type { IEndpointPanelActions } from './panel';
import { Credentials } from './keys';
import type { EndpointLook } from './look';
import { DeploymentsView } from './deploymentsview';

/** What an endpoint is: where it answers, what callers show, the models behind it. */
export function Overview({
  look,
  actions
}: {
  look: EndpointLook;
  actions: IEndpointPanelActions;
}): React.ReactElement {
  const { trans, locale } = useWords();
  const endpoint = look.endpoint!;
  return (
    <div className="azml-Thing-body" tabIndex={0} role="region" aria-label={trans.__('Overview')}>
      {endpoint.description && <p className="azml-Thing-text">{endpoint.description}</p>}
      {endpoint.notes.map(note => (
        <p key={`${note.code} ${note.message}`} className="azml-Reason">
          {note.message}
        </p>
      ))}
      <DeploymentsView look={look} actions={actions} />
      {endpoint.scoring_uri && (
        <section aria-label={trans.__('Address')}>
          <h3>{trans.__('Address')}</h3>
          <div className="azml-Key">
            <code>{endpoint.scoring_uri}</code>
            <button
              type="button"
              className="azml-Button azml-mod-quiet"
              onClick={() => Clipboard.copyToSystem(endpoint.scoring_uri)}
            >
              {trans.__('Copy address')}
            </button>
          </div>
        </section>
      )}
      <Credentials request={look.request} endpoint={endpoint} isSure={actions.isSureToRegenerate} />
      <FactList title={trans.__('Tags')} facts={Object.entries(endpoint.tags)} />
      <FactList
        title={trans.__('Facts')}
        facts={[[trans.__('Created'), endpoint.created ? dateTime(endpoint.created, locale) : '']]}
      />
    </div>
  );
}
