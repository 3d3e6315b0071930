import * as React from 'react';
import { AzmlError } from '../api/errors';
import type { Alert, AlertTrial } from '../api/types';
import { ChoiceField, NumberField, TextField } from '../ui/fields';
import { askForm } from '../ui/formdialog';
import { Problem } from '../ui/notes';
import { IWords, useWords } from '../ui/words';
import type { AlertsLook } from './alerts';
import { ASSET_SHAPE } from './names';
import { draftOf, Fault, faultOf, IRuleDraft, newRule, ruleOf, withMetric } from './rule';

/** Examples, the same in every language. */
const A_NAME = 'slow';
const AN_ADDRESS = 'https://…';

interface ISurroundings {
  deployments: readonly string[];
  assets: readonly string[];
  /** Names that other rules have. */
  taken: readonly string[];
}

/** Asks for a rule, or for what is to change of one. Null when it was given up. */
export function askRule(
  alerts: AlertsLook,
  existing: Alert | null,
  around: ISurroundings,
  words: IWords
): Promise<Alert | null> {
  const { trans } = words;
  const held = { draft: existing ? draftOf(existing.rule) : newRule() };
  return askForm(
    {
      title: existing ? trans.__('Change the alert %1', existing.rule.name) : trans.__('New alert'),
      accept: trans.__('Save'),
      fields: changed => (
        <RuleFields
          alerts={alerts}
          draft={held.draft}
          isNamed={existing !== null}
          around={around}
          onChange={draft => {
            held.draft = draft;
            changed();
          }}
        />
      ),
      fault: () => {
        const fault = faultOf(held.draft, existing ? [] : around.taken);
        return fault && faultText(fault, words);
      },
      submit: signal => alerts.keep(ruleOf(held.draft, alerts.endpoint), signal)
    },
    words
  );
}

function faultText(fault: Fault, { trans }: IWords): string {
  const texts: Record<Fault, string> = {
    name: trans.__('A name has up to 100 letters, digits, dots, - and _, from a letter or a digit on.'),
    taken: trans.__('There is an alert of that name already.'),
    limit: trans.__('The limit is a number from 0.'),
    errors: trans.__('A share of errors is below 100 %.'),
    quantile: trans.__('The share of the requests is between 0 and 100 %.'),
    minutes: trans.__('It looks back a minute or more, and 35 days at most.'),
    hold: trans.__('It waits a day at most.'),
    baseline: trans.__('Say which data asset to compare with.'),
    webhook: trans.__('A webhook is an address that begins with https:// or http://.')
  };
  return texts[fault];
}

function RuleFields({
  alerts,
  draft,
  isNamed,
  around,
  onChange
}: {
  alerts: AlertsLook;
  draft: IRuleDraft;
  isNamed: boolean;
  around: ISurroundings;
  onChange: (draft: IRuleDraft) => void;
}): React.ReactElement {
  const { trans } = useWords();
  const set = (change: Partial<IRuleDraft>) => onChange({ ...draft, ...change });
  const { metric } = draft;
  return (
    <>
      <div className="azml-Form-row">
        <TextField
          label={trans.__('Name')}
          value={draft.name}
          placeholder={A_NAME}
          isDisabled={isNamed}
          onChange={name => set({ name })}
        />
        <ChoiceField<IRuleDraft['metric']>
          label={trans.__('Watches')}
          value={metric}
          choices={[
            { value: 'latency', label: trans.__('latency') },
            { value: 'errors', label: trans.__('errors') },
            { value: 'drift', label: trans.__('drift') },
            { value: 'silence', label: trans.__('silence: nobody asks') }
          ]}
          onChange={chosen => onChange(withMetric(draft, chosen))}
        />
      </div>
      {metric !== 'silence' && (
        <div className="azml-Form-row">
          <NumberField
            label={
              metric === 'latency'
                ? trans.__('Fires above (ms)')
                : metric === 'errors'
                  ? trans.__('Fires above (% of the requests)')
                  : trans.__('Fires above (PSI)')
            }
            hint={
              metric === 'drift'
                ? trans.__('Left empty: what chance alone would hardly bring about')
                : undefined
            }
            value={draft.limit}
            min={0}
            step="any"
            onChange={limit => set({ limit })}
          />
          {metric === 'latency' && (
            <NumberField
              label={trans.__('For this share of the requests (%)')}
              hint={trans.__('95: all but the slowest 5 %')}
              value={draft.quantile}
              min={1}
              max={99.9}
              step="any"
              onChange={quantile => set({ quantile: quantile ?? NaN })}
            />
          )}
        </div>
      )}
      {metric === 'drift' && (
        <div className="azml-Form-row">
          <TextField
            label={trans.__('Compare with the data asset')}
            value={draft.baseline}
            options={around.assets}
            placeholder={ASSET_SHAPE}
            onChange={baseline => set({ baseline })}
          />
          <TextField
            label={trans.__('Column of predictions')}
            value={draft.predictionColumn}
            placeholder={trans.__('of the same name')}
            onChange={predictionColumn => set({ predictionColumn })}
          />
        </div>
      )}
      <div className="azml-Form-row">
        <NumberField
          label={metric === 'silence' ? trans.__('Silent for (minutes)') : trans.__('Looks back (minutes)')}
          value={draft.minutes}
          min={0}
          step="any"
          onChange={minutes => set({ minutes })}
        />
        <NumberField
          label={trans.__('Has to last (minutes)')}
          value={draft.hold}
          min={0}
          step="any"
          onChange={hold => set({ hold })}
        />
        <ChoiceField
          label={trans.__('Deployment')}
          value={draft.deployment}
          choices={[
            { value: '', label: trans.__('all together') },
            ...around.deployments.map(value => ({ value, label: value }))
          ]}
          onChange={deployment => set({ deployment })}
        />
      </div>
      <TextField
        label={trans.__('Webhook')}
        hint={trans.__(
          'Is sent JSON when it fires and when it is resolved. What could be secret in it is not shown again.'
        )}
        value={draft.webhook}
        placeholder={AN_ADDRESS}
        onChange={webhook => set({ webhook })}
      />
      <TextField
        label={trans.__('Command')}
        hint={trans.__('For bash, on the machine of the workspace, with the same JSON on standard input')}
        value={draft.command}
        onChange={command => set({ command })}
      />
      <Test alerts={alerts} draft={draft} />
    </>
  );
}

/** What the rule would say now; and, when asked to, whether webhook and command work. */
function Test({ alerts, draft }: { alerts: AlertsLook; draft: IRuleDraft }): React.ReactElement {
  const { trans } = useWords();
  const [said, setSaid] = React.useState<AlertTrial | null>(null);
  const [error, setError] = React.useState<AzmlError | null>(null);
  const [isBusy, setBusy] = React.useState(false);
  const test = async (tell: boolean) => {
    if (isBusy) {
      return;
    }
    setBusy(true);
    setError(null);
    try {
      const name = draft.name.trim() || 'test';
      setSaid(await alerts.try(ruleOf({ ...draft, name }, alerts.endpoint), tell));
    } catch (reason) {
      setSaid(null);
      setError(AzmlError.of(reason));
    }
    setBusy(false);
  };
  const words: Record<string, string> = { webhook: trans.__('Webhook'), command: trans.__('Command') };
  return (
    <fieldset className="azml-Field azml-Test">
      <legend>{trans.__('Test')}</legend>
      <div className="azml-Actions">
        <button type="button" className="azml-Button" aria-disabled={isBusy} onClick={() => void test(false)}>
          {trans.__('Would it fire now?')}
        </button>
        {(draft.webhook.trim() || draft.command.trim()) && (
          <button
            type="button"
            className="azml-Button"
            aria-disabled={isBusy}
            onClick={() => void test(true)}
          >
            {trans.__('Tell webhook and command')}
          </button>
        )}
      </div>
      <div role="status">
        {isBusy && <p className="azml-mod-faint">{trans.__('Testing…')}</p>}
        {said && !isBusy && (
          <p className={`azml-Reason${said.is_breached ? ' azml-mod-bad' : ''}`}>
            <b>
              {said.is_breached === null
                ? trans.__('It cannot be told yet.')
                : said.is_breached
                  ? trans.__('It would fire.')
                  : trans.__('It would not fire.')}
            </b>{' '}
            {said.message}
            {Object.entries(said.told).map(([whom, why]) => (
              <span key={whom} className="azml-Test-told">
                {why
                  ? trans.__('%1: it failed: %2', words[whom] ?? whom, why)
                  : trans.__('%1: it was told.', words[whom] ?? whom)}
              </span>
            ))}
          </p>
        )}
      </div>
      {error && <Problem error={error} />}
    </fieldset>
  );
}
