import { Clipboard } from '@jupyterlab/apputils';
import * as React from 'react';
import { AzmlError } from '../api/errors';
import type { Request } from '../api/request';
import type { EndpointKeys, EndpointToken, OnlineEndpoint } from '../api/types';
import { dateTime } from '../jobs/format';
import { Problem } from '../ui/notes';
import { useWords } from '../ui/words';
import { endpointPath } from './names';

/** Milliseconds after which what is shown is hidden again. */
const SHOWN = 60_000;
/** Stands for a key of any length. */
const HIDDEN = '•'.repeat(24);

type Key = 'primary' | 'secondary';

/** What callers have to show. Nothing is asked for, or kept, before somebody wants to see or to copy it. */
export function Credentials({
  request,
  endpoint,
  isSure
}: {
  request: Request;
  endpoint: OnlineEndpoint;
  isSure: (key: Key) => Promise<boolean>;
}): React.ReactElement {
  const { trans, locale } = useWords();
  const [keys, setKeys] = React.useState<EndpointKeys | null>(null);
  const [token, setToken] = React.useState<EndpointToken | null>(null);
  const [error, setError] = React.useState<AzmlError | null>(null);
  const [told, setTold] = React.useState('');
  const path = endpointPath(endpoint.name, 'credentials');
  const hide = () => {
    setKeys(null);
    setToken(null);
  };
  React.useEffect(() => {
    if (keys || token) {
      const timer = window.setTimeout(hide, SHOWN);
      return () => window.clearTimeout(timer);
    }
    return undefined;
  }, [keys, token]);
  const orError = async (run: () => Promise<void>) => {
    try {
      setError(null);
      await run();
    } catch (reason) {
      setError(AzmlError.of(reason));
    }
  };
  const copy = (text: string) => {
    Clipboard.copyToSystem(text);
    setTold(trans.__('Copied'));
    window.setTimeout(() => setTold(''), 1_500);
  };
  if (endpoint.auth_mode !== 'key') {
    return (
      <section aria-label={trans.__('Token')}>
        <h3>{trans.__('Token')}</h3>
        <div className="azml-Key">
          <code>{token ? token.access_token : HIDDEN}</code>
        </div>
        <div className="azml-Actions">
          <button
            type="button"
            className="azml-Button"
            onClick={() =>
              token ? hide() : void orError(async () => setToken(await request<EndpointToken>(path)))
            }
          >
            {token ? trans.__('Hide') : trans.__('Get a token')}
          </button>
          <button
            type="button"
            className="azml-Button"
            onClick={() => void orError(async () => copy((await request<EndpointToken>(path)).access_token))}
          >
            {trans.__('Copy a new token')}
          </button>
          <span role="status">{told}</span>
          {token && (
            <span className="azml-mod-faint">{trans.__('Ends %1', dateTime(token.expiry, locale))}</span>
          )}
        </div>
        {error && <Problem error={error} />}
      </section>
    );
  }
  const rows: [Key, string][] = [
    ['primary', trans.__('Primary key')],
    ['secondary', trans.__('Secondary key')]
  ];
  const valueOf = (found: EndpointKeys, key: Key) =>
    key === 'primary' ? found.primary_key : found.secondary_key;
  return (
    <section aria-label={trans.__('Keys')}>
      <div className="azml-Key-head">
        <h3>{trans.__('Keys')}</h3>
        <button
          type="button"
          className="azml-Button azml-mod-quiet"
          aria-pressed={keys !== null}
          onClick={() =>
            keys ? hide() : void orError(async () => setKeys(await request<EndpointKeys>(path)))
          }
        >
          {keys ? trans.__('Hide') : trans.__('Show')}
        </button>
        <span role="status">{told}</span>
      </div>
      {rows.map(([key, label]) => (
        <div key={key} className="azml-Key">
          <span className="azml-Key-name">{label}</span>
          <code data-key={key}>{keys ? valueOf(keys, key) : HIDDEN}</code>
          <button
            type="button"
            className="azml-Button azml-mod-quiet"
            aria-label={trans.__('Copy: %1', label)}
            onClick={() =>
              void orError(async () => copy(valueOf(keys ?? (await request<EndpointKeys>(path)), key)))
            }
          >
            {trans.__('Copy')}
          </button>
          <button
            type="button"
            className="azml-Button azml-mod-quiet"
            aria-label={trans.__('Make anew: %1', label)}
            onClick={() =>
              void orError(async () => {
                if (await isSure(key)) {
                  const made = await request<EndpointKeys>(path, { method: 'POST', body: { key } });
                  setKeys(shown => (shown ? made : null));
                  setTold(trans.__('A new key was made.'));
                }
              })
            }
          >
            {trans.__('Make anew…')}
          </button>
        </div>
      ))}
      {error && <Problem error={error} />}
    </section>
  );
}
