import { Dialog } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { AzmlError } from '../api/request';
import { Boundary } from './boundary';
import { useRedraw } from './hooks';
import { Problem } from './notes';
import { IWords, Words } from './words';

export interface IForm<T> {
  title: string;
  /** On the button. */
  accept: string;
  /** The button destroys or costs something. */
  isWarning?: boolean;
  /** Draws the fields; `changed` draws them anew. */
  fields: (changed: () => void) => React.ReactElement;
  /** What a look at the fields alone shows to be wrong; such a form cannot be sent. */
  fault?: () => string | null;
  submit: (signal: AbortSignal) => Promise<T>;
}

/** A dialog that stays, with what was typed, until what it asks for is done. Null when it was given up. */
export async function askForm<T>(form: IForm<T>, words: IWords): Promise<T | null> {
  const dialog = new FormDialog(form, words);
  await dialog.launch();
  return dialog.done;
}

class FormDialog<T> extends Dialog<null> {
  /** What was made of it. */
  done: T | null = null;

  constructor(
    private form: IForm<T>,
    words: IWords
  ) {
    const { trans } = words;
    const body = new FormBody(form, words);
    const accept = form.isWarning ? Dialog.warnButton : Dialog.okButton;
    super({
      title: form.title,
      body,
      buttons: [Dialog.cancelButton({ label: trans.__('Cancel') }), accept({ label: form.accept })],
      defaultButton: 1,
      // The form takes the focus itself, as soon as it is drawn; Dialog waits for an idle moment, and must not move it.
      focusNodeSelector: '.azml-Form :focus'
    });
    this.content = body;
    this.addClass('azml-FormDialog');
  }

  override resolve(index = ACCEPT): void {
    if (index === ACCEPT) {
      void this.send();
    } else {
      this.control.abort();
      super.resolve(index);
    }
  }

  override reject(): void {
    this.control.abort();
    super.reject();
  }

  override handleEvent(event: Event): void {
    // Dialog takes arrows and Enter of every button for its own; those of the form mean something else.
    const target = event.target as HTMLElement;
    const isInside = this.content.node.contains(target) && /^(BUTTON|SUMMARY)$/.test(target.tagName);
    if (event.type === 'keydown' && isInside && (event as KeyboardEvent).key !== 'Escape') {
      return;
    }
    if (event.type === 'keydown' && this.isLeaving(event as KeyboardEvent)) {
      event.preventDefault();
      event.stopPropagation();
      this.content.node.querySelector<HTMLElement>(REACHED)?.focus();
      return;
    }
    // Nor may it refuse what browsers call invalid without a word: the form says what is wrong when it is sent.
    if (event.type === 'input') {
      return;
    }
    super.handleEvent(event);
  }

  /** By Tab from the last button; Dialog would go on with what was first before the form was drawn. */
  private isLeaving({ key, shiftKey, target }: KeyboardEvent): boolean {
    const buttons = this.node.querySelectorAll('.jp-Dialog-footer button');
    return key === 'Tab' && !shiftKey && target === buttons[buttons.length - 1];
  }

  private async send(): Promise<void> {
    const { content } = this;
    const fault = this.form.fault?.() ?? null;
    if (content.isBusy || fault !== null) {
      content.tell(fault);
      return;
    }
    this.settle(true);
    try {
      this.done = await this.form.submit(this.control.signal);
    } catch (reason) {
      if (!this.isDisposed) {
        this.settle(false, AzmlError.of(reason));
      }
      return;
    }
    if (!this.isDisposed) {
      super.resolve(ACCEPT);
    }
  }

  private settle(isBusy: boolean, error: AzmlError | null = null): void {
    const button = this.node.querySelector<HTMLButtonElement>('.jp-Dialog-footer .jp-mod-accept');
    button?.setAttribute('aria-busy', String(isBusy));
    // Disabled, it would lose the focus, and the dialog with it every key.
    button?.setAttribute('aria-disabled', String(isBusy));
    this.content.settle(isBusy, error);
    if (error) {
      button?.focus();
    }
  }

  private content: FormBody;
  private control = new AbortController();
}

const ACCEPT = 1;
const REACHED = ':is(input, select, textarea, button, summary, [tabindex="0"]):not(:disabled)';
const FIRST = ':is(input:not([type=radio]), select, textarea):not(:disabled)';

const bringIntoSight = (fault: HTMLElement | null): void => fault?.scrollIntoView({ block: 'nearest' });

const focusFirst = (form: HTMLElement | null): void => form?.querySelector<HTMLElement>(FIRST)?.focus();

class FormBody extends ReactWidget {
  isBusy = false;

  constructor(
    private form: IForm<unknown>,
    private words: IWords
  ) {
    super();
    this.addClass('azml-Surface');
  }

  settle(isBusy: boolean, error: AzmlError | null): void {
    this.isBusy = isBusy;
    this.error = error;
    this.fault = null;
    this.update();
  }

  tell(fault: string | null): void {
    this.fault = fault;
    this.update();
  }

  protected override render(): React.ReactElement {
    return (
      <Words.Provider value={this.words}>
        <Boundary>
          <Content
            fields={this.form.fields}
            isBusy={this.isBusy}
            fault={this.fault}
            error={this.error}
            onTyped={this.onTyped}
          />
        </Boundary>
      </Words.Provider>
    );
  }

  private onTyped = (): void => {
    this.fault = null;
    this.update();
  };

  private error: AzmlError | null = null;
  private fault: string | null = null;
}

function Content({
  fields,
  isBusy,
  fault,
  error,
  onTyped
}: {
  fields: IForm<unknown>['fields'];
  isBusy: boolean;
  fault: string | null;
  error: AzmlError | null;
  onTyped: () => void;
}): React.ReactElement {
  const redraw = useRedraw();
  const changed = React.useCallback(() => {
    onTyped();
    redraw();
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <div ref={focusFirst} className="azml-Form" aria-busy={isBusy}>
      {fields(changed)}
      {fault && (
        <p ref={bringIntoSight} className="azml-Form-fault" role="alert">
          {fault}
        </p>
      )}
      {error && (
        <div ref={bringIntoSight}>
          <Problem error={error} />
        </div>
      )}
    </div>
  );
}
