import type { TranslationBundle } from '@jupyterlab/translation';
import type { Comparison, Fact, Job, MetricSummary } from '../api/types';
import { isOwnMetric, toNumber } from '../chart/series';
import { typeWord, valueText } from '../job/facts';
import { duration, metricValue } from '../jobs/format';
import { statusWord } from '../ui/words';

export interface ICell {
  text: string;
  /** What stands behind it, fainter. */
  detail: string;
}

export interface IRow {
  name: string;
  cells: ICell[];
  differs: boolean;
  isNumber: boolean;
}

export interface IPart {
  id: string;
  title: string;
  rows: IRow[];
}

/** What differs between the jobs and what does not, in the order in which people look for it. */
export function partsOf(comparison: Comparison, trans: TranslationBundle, locale: string): IPart[] {
  const facts = (kind: Fact['kind'], title: string): IPart => ({
    id: kind,
    title,
    rows: comparison.facts.filter(fact => fact.kind === kind).map(fact => rowOf(fact, trans, locale))
  });
  const metrics = (id: string, title: string, isWanted: (key: string) => boolean): IPart => ({
    id,
    title,
    rows: comparison.metrics
      .filter(metric => isWanted(metric.key))
      .map(({ key, summaries }) => ({
        // The part is called so already.
        name: key.replace(/^system\//, ''),
        cells: summaries.map(each => summaryCell(each, trans, locale)),
        differs: new Set(summaries.map(each => String(each?.last ?? ''))).size > 1,
        isNumber: true
      }))
  });
  return [
    facts('about', trans.__('About')),
    facts('parameter', trans.__('Parameters')),
    metrics('metric', trans.__('Metrics'), isOwnMetric),
    facts('input', trans.__('Data')),
    facts('environment', trans.__('Environment')),
    facts('git', trans.__('Git')),
    metrics('machine', trans.__('Use of the machine'), key => !isOwnMetric(key))
  ].filter(part => part.rows.length > 0);
}

function rowOf(fact: Fact, trans: TranslationBundle, locale: string): IRow {
  const isSeconds = fact.kind === 'about' && fact.name === 'seconds';
  const shown = (value: unknown): string => {
    if (value === null || value === undefined) {
      return '';
    }
    if (isSeconds) {
      return duration(Number(value), locale);
    }
    if (fact.kind === 'about' && fact.name === 'status') {
      return statusWord(value as Job['status'], trans);
    }
    if (fact.kind === 'about' && fact.name === 'type') {
      return typeWord(value as Job['type'], trans);
    }
    return fact.name === 'snapshot' ? String(value).slice(0, 12) : valueText(value);
  };
  const cells = fact.values.map(value => ({ text: shown(value), detail: '' }));
  return {
    name: fact.kind === 'about' ? aboutWord(fact.name, trans) : fact.name,
    cells,
    // Milliseconds that nobody is shown make no difference.
    differs: fact.differs && (!isSeconds || new Set(cells.map(cell => cell.text)).size > 1),
    isNumber: isSeconds || fact.values.every(value => value === null || typeof value === 'number')
  };
}

function summaryCell(summary: MetricSummary | null, trans: TranslationBundle, locale: string): ICell {
  if (!summary) {
    return { text: '', detail: '' };
  }
  const [last, min, max] = [summary.last, summary.min, summary.max].map(each =>
    metricValue(toNumber(each), locale)
  );
  return { text: last, detail: summary.count > 1 ? trans.__('%1 to %2', min, max) : '' };
}

function aboutWord(name: string, trans: TranslationBundle): string {
  const words: Record<string, string> = {
    status: trans.__('Status'),
    type: trans.__('Type'),
    experiment: trans.__('Experiment'),
    compute: trans.__('Compute'),
    seconds: trans.__('Duration'),
    snapshot: trans.__('Snapshot')
  };
  return words[name] ?? name;
}
