import type { JobStatus } from '../api/types';
import { duration, localeOf } from '../jobs/format';
import { plain } from '../jobs/log';
import { canCancel, isTerminal } from '../ui/status';
import { showStatus } from './badge';
import { element, say } from './dom';
import { CardMetric } from './metric';
import { ICardState, word } from './state';

const NEAR = 24;

/** A job in a box: the look of the sidebar in plain DOM, since a widget lives where there is no JupyterLab. */
export class JobCard {
  constructor(host: HTMLElement, onCancel: () => void) {
    this.badge.setAttribute('role', 'status');
    this.badge.setAttribute('aria-live', 'polite');
    this.cancel.type = 'button';
    this.cancel.addEventListener('click', () => {
      this.cancel.disabled = true;
      onCancel();
    });
    this.progress.setAttribute('role', 'progressbar');
    this.progress.append(this.bar);
    this.caption.append(this.cell, this.elapsed);
    this.log.tabIndex = 0;
    const head = element('div', 'azml-Card-head');
    head.append(this.badge, this.name, this.cancel);
    const log = element('div', 'azml-Log');
    log.append(this.log);
    this.note.setAttribute('role', 'status');
    this.card.append(
      head,
      this.note,
      this.reason,
      this.caption,
      this.progress,
      this.title,
      this.metrics,
      log
    );
    host.append(this.card);
  }

  show(state: Omit<ICardState, 'cancel'>): void {
    this.state = state;
    const { job, labels } = state;
    const status = job.status ?? 'NotStarted';
    showStatus(this.badge, status, word(labels, status));
    say(this.name, job.display_name || job.name || '');
    this.name.title = job.name ?? '';
    this.card.dataset.job = job.name ?? '';
    say(this.reason, status === 'Completed' ? '' : (job.reason?.message ?? ''));
    this.reason.classList.toggle('azml-mod-bad', status === 'Failed');
    const isStale = !state.live && !isTerminal(status);
    say(this.note, state.problem || (isStale ? word(labels, 'stale') : ''));
    say(this.cancel, !isStale && job.name && canCancel(status) ? word(labels, 'cancel') : '');
    this.showProgress(status);
    this.showMetrics();
    this.showLog();
    this.tick(status);
  }

  dispose(): void {
    window.clearInterval(this.timer);
    this.charts.forEach(chart => chart.dispose());
    this.card.remove();
  }

  private showProgress(status: JobStatus): void {
    const { job, cells: live, labels } = this.state!;
    const n = live?.cells ?? job.progress?.cells ?? 0;
    const k = status === 'Completed' ? n : (live?.cell ?? job.progress?.cell ?? 0);
    const done = status === 'Completed' ? n : Math.max(0, k - 1);
    const label = n > 0 ? word(labels, 'cell', { k, n }) : '';
    say(this.cell, label);
    this.progress.hidden = n === 0;
    this.bar.style.width = `${n > 0 ? (100 * done) / n : 0}%`;
    this.bar.dataset.status = status;
    this.progress.setAttribute('aria-label', label);
    this.progress.setAttribute('aria-valuemin', '0');
    this.progress.setAttribute('aria-valuemax', String(n));
    this.progress.setAttribute('aria-valuenow', String(done));
    say(this.title, isTerminal(status) ? '' : (live?.title ?? ''));
  }

  private showMetrics(): void {
    const { series, labels } = this.state!;
    for (const [key, points] of Object.entries(series ?? {})) {
      let chart = this.charts.get(key);
      if (!chart) {
        chart = new CardMetric(key, this.locale);
        this.charts.set(key, chart);
        this.metrics.append(chart.node);
      }
      chart.show(points, labels);
    }
    // A job that is run again begins anew.
    for (const [key, chart] of this.charts) {
      if (!series?.[key]) {
        chart.dispose();
        this.charts.delete(key);
      }
    }
    this.metrics.hidden = this.charts.size === 0;
  }

  private showLog(): void {
    const { log, labels } = this.state!;
    const isAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
    this.log.setAttribute('aria-label', word(labels, 'log'));
    say(this.log, plain(log ?? ''));
    if (isAtEnd) {
      this.log.scrollTop = this.log.scrollHeight;
    }
  }

  /** The clock runs only while the job does. */
  private tick(status: JobStatus): void {
    const { started, ended } = this.state!.job;
    window.clearInterval(this.timer);
    if (!started) {
      say(this.elapsed, '');
      return;
    }
    const show = () => {
      const until = ended ? Date.parse(ended) : Date.now();
      const seconds = (until - Date.parse(started)) / 1000;
      say(this.elapsed, duration(ended ? seconds : Math.floor(seconds), this.locale));
    };
    if (!isTerminal(status)) {
      this.timer = window.setInterval(show, 1_000);
    }
    if (ended || !isTerminal(status)) {
      show();
    }
  }

  private get locale(): string {
    return localeOf(word(this.state!.labels, 'locale'));
  }

  private state: Omit<ICardState, 'cancel'> | null = null;
  private timer = 0;
  private charts = new Map<string, CardMetric>();
  private card = element('div', 'azml-Card azml-Surface');
  private badge = element('span', 'azml-Badge');
  private name = element('span', 'azml-Card-name');
  private cancel = element('button', 'azml-Button');
  private note = element('p', 'azml-Card-note');
  private reason = element('p', 'azml-Reason');
  private caption = element('div', 'azml-Progress-caption');
  private cell = element('span', '');
  private elapsed = element('span', 'azml-mod-faint');
  private progress = element('div', 'azml-Progress');
  private bar = element('div', 'azml-Progress-bar');
  private title = element('p', 'azml-Progress-title');
  private metrics = element('div', 'azml-Metrics');
  private log = element('pre', '');
}
