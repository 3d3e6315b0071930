import { Dialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import { ISignal, Signal } from '@lumino/signaling';
import * as React from 'react';
import { AzmlError, Request } from '../api/request';
import { useChanges } from '../ui/hooks';
import { CopyButton, Problem } from '../ui/notes';
import { Poll } from '../ui/poll';
import { IWords, useWords, Words } from '../ui/words';
import type { ISignIn } from './model';

const PAUSE = 1_500;

/** A sign-in that waits until its code is entered in a browser, on whatever machine. */
export class SignIn {
  state: ISignIn | null = null;
  error: AzmlError | null = null;

  constructor(private request: Request) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  async begin(tenant = ''): Promise<void> {
    this.error = null;
    this.state = null;
    this._changed.emit();
    try {
      this.take(await this.request<ISignIn>('sign-in', { method: 'POST', body: { tenant } }));
      this.poll.isOn = true;
    } catch (reason) {
      this.error = AzmlError.of(reason);
    }
    this._changed.emit();
  }

  /** Who closes the dialog before the code was entered does not want to sign in. */
  async stop(): Promise<void> {
    this.poll.isOn = false;
    if (this.state?.state === 'waiting' || this.state?.state === 'starting') {
      await this.request('sign-in', { method: 'DELETE' }).catch(() => undefined);
    }
  }

  private take(state: ISignIn): void {
    this.state = state;
    this.error = state.error && new AzmlError(state.error.code, state.error.message, state.error.hint);
    if (state.state === 'done' || state.state === 'failed') {
      this.poll.isOn = false;
    }
    this._changed.emit();
  }

  private poll = new Poll(async () => {
    this.take(await this.request<ISignIn>('sign-in'));
    return PAUSE;
  });
  private _changed = new Signal<this, void>(this);
}

/** Shows the code until it was entered; closing the dialog gives it up. Whether somebody is signed in now. */
export async function signIn(request: Request, words: IWords): Promise<boolean> {
  const { trans } = words;
  const model = new SignIn(request);
  void model.begin();
  await new Dialog({
    title: trans.__('Sign in to Azure'),
    body: new SignInBody(model, words),
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  }).launch();
  await model.stop();
  return model.state?.state === 'done';
}

class SignInBody extends ReactWidget {
  constructor(
    private model: SignIn,
    private words: IWords
  ) {
    super();
    this.addClass('azml-Surface');
  }

  protected override render(): React.ReactElement {
    return (
      <Words.Provider value={this.words}>
        <SignInView model={this.model} />
      </Words.Provider>
    );
  }
}

function SignInView({ model }: { model: SignIn }): React.ReactElement {
  const { trans } = useWords();
  useChanges(model.changed);
  const { state, error } = model;
  if (error) {
    return (
      <Problem error={error}>
        <button type="button" className="azml-Button" onClick={() => void model.begin()}>
          {trans.__('Try again')}
        </button>
      </Problem>
    );
  }
  if (state?.state === 'done') {
    return (
      <p role="status">
        {trans.__('Signed in as %1, by %2.', state.account?.name ?? '', state.account?.credential ?? '')}
      </p>
    );
  }
  if (state?.state !== 'waiting') {
    return <p role="status">{trans.__('Asking Azure for a code…')}</p>;
  }
  return (
    <div className="azml-SignIn">
      <p>{trans.__('Open this page in any browser, on any machine, and enter the code.')}</p>
      <p>
        <a href={safe(state.verification_uri)} target="_blank" rel="noopener noreferrer">
          {state.verification_uri}
        </a>
      </p>
      <p className="azml-SignIn-code">
        <code>{state.user_code}</code>
        <CopyButton text={() => state.user_code} />
      </p>
      <p role="status" className="azml-mod-faint">
        {trans.__('Waiting until the code is entered…')}
      </p>
    </div>
  );
}

/** What the server says is a link only where it leads to a page. */
const safe = (address: string): string | undefined => (/^https:\/\//.test(address) ? address : undefined);
