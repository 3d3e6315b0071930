import { element, say } from '../card/dom';
import { word } from '../card/state';
import type { ICurveOfJob } from '../chart/curves';
import { ILook, isDark, lookOfLine } from '../chart/palette';
import { onThemeChange } from '../chart/theme';
import type { XKind } from '../chart/ticks';
import { duration, localeOf, metricValue, numberFormat } from '../jobs/format';
import { isTerminal } from '../ui/status';
import { Charts } from './charts';
import { button, Choice, Slider, Tabs, Tick } from './controls';
import { csvOfTable, save } from './csv';
import { Legend } from './legend';
import { Lines } from './lines';
import { Parallel } from './parallel';
import { Picker } from './picker';
import { pictureOf } from './picture';
import { tableOf } from './rows';
import { brushed, parallelAxes } from './scales';
import {
  Axis,
  AXES,
  IAnswer,
  IHostState,
  IView,
  IWatchState,
  metricsOf,
  PanelJob,
  Statistic,
  STATISTICS,
  Tab,
  TABS
} from './state';
import { ComparisonTable } from './table';
import { titlesOf } from './titles';

const KINDS: Record<Axis, XKind> = { step: 'number', epoch: 'number', relative: 'seconds', wall: 'time' };

/** What is drawn anew whole when it changes; the rest are curves. */
const SLOW = ['jobs', 'view', 'labels', 'live', 'problem'] as const;

export interface IPanelActions {
  setView(changes: Partial<IView>): void;
  /** Every point of the metrics that are drawn, as CSV. */
  savePoints(): void;
}

/** Several jobs side by side: curves, a table, parallel axes. Plain DOM: it lives where there is no JupyterLab. */
export class WatchPanel {
  constructor(
    host: HTMLElement,
    private actions: IPanelActions
  ) {
    this.build();
    host.append(this.node);
    this.leaveTheme = onThemeChange(() => this.redraw());
  }

  show(state: IWatchState, host: IHostState): void {
    const { state: before } = this;
    const isGrown =
      before && SLOW.every(name => before[name] === state[name]) && this.host.canAsk === host.canAsk;
    this.state = state;
    this.host = { ...host };
    this.lines.take(state.curves, state.news ?? {});
    if (!isGrown) {
      this.redraw();
    } else if (this.tab === 'curves') {
      // Many times a second: nothing but the curves is different.
      this.drawCurves();
    }
  }

  dispose(): void {
    this.leaveTheme();
    this.charts.dispose();
    this.parallel.dispose();
    this.picker.dispose();
    this.node.remove();
  }

  private redraw(): void {
    if (!this.state) {
      return;
    }
    const { jobs, labels, live, problem } = this.state;
    this.isDark = isDark(this.node);
    this.looks = new Map(jobs.map((job, i) => [job.name, lookOfLine(i, this.isDark)]));
    this.titles = titlesOf(jobs);
    const isStale = (!live || !this.host.canAsk) && jobs.some(job => !isTerminal(job.status));
    say(this.note, problem || (isStale ? word(labels, 'stale') : ''));
    this.node.dataset.live = String(live && this.host.canAsk);
    this.showSummary();
    const tab = this.tab;
    this.tabs.show(tab, name => word(labels, name));
    this.panes.forEach((pane, name) => (pane.hidden = name !== tab));
    this.showFilter();
    this.legend.show(
      jobs.map(job => ({
        job,
        title: this.titleOf(job.name),
        look: this.looks.get(job.name)!,
        isHidden: !this.isShown(job)
      })),
      labels
    );
    if (tab === 'curves') {
      this.showCurves();
    } else if (tab === 'table') {
      this.showTable();
    } else {
      this.showParallel();
    }
  }

  private showSummary(): void {
    const { jobs, labels } = this.state!;
    const counts = new Map<string, number>();
    jobs.forEach(({ status }) => counts.set(status, (counts.get(status) ?? 0) + 1));
    const text = [...counts].map(([status, n]) => `${word(labels, status)} ${n}`).join(' · ');
    this.summary.textContent = text;
  }

  private showFilter(): void {
    const { jobs, labels } = this.state!;
    const hasBrush = Object.keys(this.view.brushes ?? {}).length > 0;
    const matched = brushed(jobs, this.axes, this.view.brushes ?? {});
    this.matched = matched;
    this.filter.hidden = !hasBrush;
    this.filter.textContent = `${word(labels, 'filtered', { k: matched.size, n: jobs.length })} ✕`;
    this.filter.title = word(labels, 'clear');
    this.filter.setAttribute('aria-label', `${this.filter.textContent.slice(0, -2)}. ${this.filter.title}`);
  }

  private showCurves(): void {
    const { jobs, labels } = this.state!;
    const { locale, view } = this;
    const keys = this.keys;
    const available = this.host.canAsk ? null : (this.state!.curves.keys ?? []);
    this.picker.show(metricsOf(jobs), keys, labels, available);
    this.axis.show(
      word(labels, 'axis'),
      AXES.map(each => [each, word(labels, each)]),
      view.axis ?? 'step'
    );
    this.axis.isDisabled = !this.host.canAsk;
    const percent = numberFormat(locale, { minimumFractionDigits: 2 });
    const smoothing = this.smoothingNow ?? view.smoothing ?? 0;
    this.smoothing.show(word(labels, 'smoothing'), smoothing, each => percent.format(each));
    this.logarithmic.show(word(labels, 'log axis'), view.log ?? false);
    say(this.whole, view.zoom ? word(labels, 'reset zoom') : '');
    this.label(this.png, 'png', 'save png');
    this.label(this.points, 'csv', 'save points');
    this.drawCurves();
  }

  private drawCurves(): void {
    const { jobs, labels } = this.state!;
    const { locale, view } = this;
    const keys = this.keys;
    const answer = this.answer;
    const drawn = answer === this.state!.curves ? this.lines : linesOf(answer);
    const shown = jobs.filter(job => this.isShown(job));
    const curves = new Map(
      keys.map(key => [
        key,
        shown.flatMap((job): ICurveOfJob[] => {
          const curve = drawn.of(job.name, key);
          return curve ? [{ id: job.name, ...curve, ...this.looks.get(job.name)! }] : [];
        })
      ])
    );
    const hasMetrics = jobs.some(job => job.metrics?.length);
    const isWithoutEpochs =
      answer.axis === 'epoch' && jobs.every(job => Object.keys(answer.lines?.[job.name] ?? {}).length === 0);
    say(
      this.empty,
      !hasMetrics ? word(labels, 'no metric') : isWithoutEpochs && !view.zoom ? word(labels, 'no epochs') : ''
    );
    this.controls.get('curves')!.hidden = !hasMetrics;
    this.charts.node.hidden = !this.empty.hidden;
    this.charts.show({
      keys: this.empty.hidden ? keys : [],
      curves: key => curves.get(key) ?? [],
      titleOf: name => this.titleOf(name),
      axis: answer.axis ?? 'step',
      kind: KINDS[answer.axis ?? 'step'],
      isLog: view.log ?? false,
      smoothing: this.smoothingNow ?? view.smoothing ?? 0,
      zoom: view.zoom ?? null,
      extent: extentOf([...curves.values()].flatMap(each => each.map(({ x }) => x))),
      labels,
      locale
    });
    this.charts.focus(this.pointed);
  }

  private showTable(): void {
    const { labels } = this.state!;
    this.showStatistic(this.statistic);
    this.differing.show(word(labels, 'differing'), this.view.onlyDiffering ?? false);
    this.label(this.tableCsv, 'csv', 'csv table');
    this.table.show(this.tabular, this.view.sort ?? null, name => this.looks.get(name)!, labels);
  }

  private showParallel(): void {
    const { jobs, labels } = this.state!;
    const axes = this.axes;
    this.goal.show(
      word(labels, 'metrics'),
      metricsOf(jobs).map(key => [key, key]),
      this.goalKey ?? ''
    );
    this.showStatistic(this.goalStatistic);
    const hasParameters = axes.some(({ id }) => id.startsWith('p:'));
    say(this.noParameters, hasParameters ? '' : word(labels, 'no parameters'));
    this.parallel.node.hidden = axes.length === 0;
    this.parallel.show({
      axes,
      jobs: jobs.map(job => ({
        ...{ name: job.name, title: this.titleOf(job.name), look: this.looks.get(job.name)! },
        isOn: this.isShown(job)
      })),
      brushes: this.view.brushes ?? {},
      labels
    });
    this.parallel.point(this.pointed);
  }

  private showStatistic(choice: Choice): void {
    const { labels } = this.state!;
    choice.show(
      word(labels, 'value'),
      STATISTICS.map(each => [each, word(labels, each)]),
      this.view.statistic ?? 'last'
    );
  }

  private label(target: HTMLElement, short: string, long: string): void {
    const { labels } = this.state!;
    target.textContent = `⤓ ${word(labels, short)}`;
    target.title = word(labels, long);
    target.setAttribute('aria-label', target.title);
  }

  private get view(): IView {
    return this.state?.view ?? {};
  }

  private get tab(): Tab {
    return this.view.tab && TABS.includes(this.view.tab) ? this.view.tab : 'curves';
  }

  private get locale(): string {
    return localeOf(word(this.state!.labels, 'locale'));
  }

  /** What was chosen, else what Python drew. */
  private get keys(): string[] {
    return this.view.keys ?? this.state!.curves.keys ?? [];
  }

  /** The closer look when it has come, else the whole. */
  private get answer(): Partial<IAnswer> {
    const { curves, detail } = this.state!;
    const { zoom } = this.view;
    const isOfZoom =
      zoom && detail.zoom && detail.axis === curves.axis && zoom.every((each, i) => each === detail.zoom![i]);
    return isOfZoom && this.keys.every(key => detail.keys?.includes(key)) ? detail : curves;
  }

  private get goalKey(): string | undefined {
    const known = metricsOf(this.state!.jobs);
    return this.view.goal && known.includes(this.view.goal) ? this.view.goal : (this.keys[0] ?? known[0]);
  }

  private get axes() {
    const format = (value: number) => metricValue(value, this.locale);
    return parallelAxes(this.state!.jobs, this.goalKey, this.view.statistic ?? 'last', format);
  }

  private get tabular() {
    const { jobs, labels } = this.state!;
    return tableOf(
      jobs.filter(job => this.isShown(job)),
      {
        statistic: this.view.statistic ?? 'last',
        onlyDiffering: this.view.onlyDiffering ?? false,
        sort: this.view.sort ?? null,
        locale: this.locale,
        word: key => word(labels, key),
        titleOf: job => this.titleOf(job.name),
        seconds: secondsOf,
        duration: seconds => duration(seconds, this.locale)
      }
    );
  }

  private isShown(job: PanelJob): boolean {
    return !this.view.hidden?.includes(job.name) && this.matched.has(job.name);
  }

  private titleOf(name: string): string {
    return this.titles.get(name) ?? name;
  }

  private toggle(name: string): void {
    const hidden = this.view.hidden ?? [];
    this.set({ hidden: hidden.includes(name) ? hidden.filter(each => each !== name) : [...hidden, name] });
  }

  private solo(name: string): void {
    const others = this.state!.jobs.map(job => job.name).filter(each => each !== name);
    const isAlone = others.every(each => this.view.hidden?.includes(each));
    this.set({ hidden: isAlone ? [] : others });
  }

  private brush(axis: string, range: [number, number] | null): void {
    const others = Object.fromEntries(Object.entries(this.view.brushes ?? {}).filter(([id]) => id !== axis));
    this.set({ brushes: range ? { ...others, [axis]: range } : others });
  }

  private sort(column: string): void {
    const { sort } = this.view;
    const isSame = sort?.column === column;
    // Once more turns it round, and then it is as it came.
    this.set({ sort: isSame && sort.down ? null : { column, down: isSame } });
  }

  private point(job: string | null): void {
    if (this.pointed !== job) {
      this.pointed = job;
      this.charts.focus(job);
      this.legend.point(job);
      this.parallel.point(job);
    }
  }

  private smooth(value: number, isDone: boolean): void {
    this.smoothingNow = isDone ? null : value;
    if (isDone) {
      this.set({ smoothing: value });
    } else {
      this.frame ||= requestAnimationFrame(() => {
        this.frame = 0;
        this.drawCurves();
      });
    }
  }

  private async savePicture(): Promise<void> {
    const style = getComputedStyle(this.node);
    const shown = this.state!.jobs.filter(job => this.isShown(job));
    const picture = await pictureOf({
      charts: this.charts.drawings,
      legend: shown.map(job => ({ title: this.titleOf(job.name), look: this.looks.get(job.name)! })),
      ground: style.backgroundColor,
      text: style.color,
      font: style.fontFamily
    });
    if (picture) {
      save('curves.png', picture, 'image/png');
    }
  }

  private set(changes: Partial<IView>): void {
    this.actions.setView(changes);
  }

  private build(): void {
    this.note.setAttribute('role', 'status');
    say(this.noParameters, '');
    this.charts.onZoom = zoom => this.set({ zoom });
    this.charts.onPoint = job => this.point(job);
    this.legend.onToggle = name => this.toggle(name);
    this.legend.onSolo = name => this.solo(name);
    this.legend.onPoint = job => this.point(job);
    this.tabs.onChoose = tab => this.set({ tab });
    this.picker.onChoose = keys => this.set({ keys });
    this.axis.onChoose = axis => this.set({ axis: axis as Axis, zoom: null });
    this.smoothing.onChange = (value, isDone) => this.smooth(value, isDone);
    this.logarithmic.onChange = log => this.set({ log });
    this.statistic.onChoose = statistic => this.set({ statistic: statistic as Statistic });
    this.goalStatistic.onChoose = statistic => this.set({ statistic: statistic as Statistic });
    this.goal.onChoose = goal => this.set({ goal });
    this.differing.onChange = onlyDiffering => this.set({ onlyDiffering });
    this.table.onSort = column => this.sort(column);
    this.table.onPoint = job => this.point(job);
    this.parallel.onBrush = (axis, range) => this.brush(axis, range);
    this.parallel.onPoint = job => this.point(job);

    this.addPane(
      'curves',
      [
        ...[this.picker.node, this.axis.node, this.smoothing.node, this.logarithmic.node],
        ...[this.whole, this.png, this.points]
      ],
      [this.empty, this.charts.node]
    );
    this.addPane('table', [this.statistic.node, this.differing.node, this.tableCsv], [this.table.node]);
    this.addPane(
      'parallel',
      [this.goal.node, this.goalStatistic.node],
      [this.noParameters, this.parallel.node]
    );
    const head = element('div', 'azml-Watch-head');
    head.append(this.tabs.node, this.summary, this.filter);
    this.node.append(this.note, head, this.legend.node, ...this.panes.values());
  }

  private addPane(name: Tab, controls: HTMLElement[], content: HTMLElement[]): void {
    const pane = element('div', 'azml-Watch-pane');
    pane.setAttribute('role', 'tabpanel');
    pane.setAttribute('aria-labelledby', this.tabs.idOf(name));
    const bar = element('div', 'azml-Watch-controls');
    bar.append(...controls);
    this.controls.set(name, bar);
    pane.append(bar, ...content);
    this.panes.set(name, pane);
  }

  private state: IWatchState | null = null;
  private lines = new Lines();
  private host: IHostState = { canAsk: false };
  private isDark = false;
  private looks = new Map<string, ILook>();
  private titles = new Map<string, string>();
  private matched = new Set<string>();
  private pointed: string | null = null;
  private smoothingNow: number | null = null;
  private frame = 0;
  private leaveTheme: () => void;
  private panes = new Map<Tab, HTMLElement>();
  private controls = new Map<Tab, HTMLElement>();
  private node = element('section', 'azml-Watch azml-Surface');
  private note = element('p', 'azml-Reason azml-Watch-note');
  private summary = element('span', 'azml-Watch-summary');
  private filter = button(() => this.set({ brushes: {} }), 'azml-Button azml-mod-main azml-Watch-filter');
  private tabs = new Tabs<Tab>(TABS);
  private legend = new Legend();
  private picker = new Picker();
  private axis = new Choice();
  private smoothing = new Slider();
  private logarithmic = new Tick();
  private whole = button(() => this.set({ zoom: null }));
  private png = button(() => void this.savePicture(), 'azml-Button azml-mod-quiet');
  private points = button(() => this.actions.savePoints(), 'azml-Button azml-mod-quiet');
  private empty = element('p', 'azml-Watch-empty');
  private charts = new Charts();
  private statistic = new Choice();
  private differing = new Tick();
  private tableCsv = button(
    () => save('jobs.csv', csvOfTable(this.tabular), 'text/csv'),
    'azml-Button azml-mod-quiet'
  );
  private table = new ComparisonTable();
  private goal = new Choice();
  private goalStatistic = new Choice();
  private noParameters = element('p', 'azml-Watch-empty');
  private parallel = new Parallel();
}

function linesOf(answer: Partial<IAnswer>): Lines {
  const lines = new Lines();
  lines.take(answer, {});
  return lines;
}

function secondsOf(job: PanelJob): number {
  if (!job.started) {
    return NaN;
  }
  const until = job.ended ? Date.parse(job.ended) : Date.now();
  return (until - Date.parse(job.started)) / 1000;
}

/** From the first x of any curve to the last. */
function extentOf(all: Float64Array[]): [number, number] | null {
  const some = all.filter(x => x.length);
  return some.length ? [Math.min(...some.map(x => x[0])), Math.max(...some.map(x => x[x.length - 1]))] : null;
}
