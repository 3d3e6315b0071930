import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aJob } from '../testing/jobs';
import { aLine, aMetric, aPanel } from '../testing/panel';
import { WatchPanel } from './panel';
import type { IView, IWatchState } from './state';

describe('WatchPanel', () => {
  let host: HTMLElement;
  let panel: WatchPanel;
  let state: IWatchState;
  let canAsk: boolean;
  const show = (changes: Partial<IWatchState> = {}) => {
    state = { ...state, ...changes };
    panel.show(state, { canAsk });
  };
  const setView = (changes: Partial<IView>) => show({ view: { ...state.view, ...changes } });
  const all = (selector: string) => [...host.querySelectorAll<HTMLElement>(selector)];
  const tab = (name: string) => host.querySelector<HTMLElement>(`[data-tab=${name}]`)!.click();
  const charts = () => all('.azml-Chart').map(each => each.dataset.metric);

  beforeEach(() => {
    host = document.createElement('div');
    document.body.append(host);
    state = aPanel();
    canAsk = true;
    panel = new WatchPanel(host, { setView, savePoints: () => undefined });
  });
  afterEach(() => {
    panel.dispose();
    expect(host.childElementCount).toBe(0);
    host.remove();
  });

  it('has a chart for each metric and an entry for each job', () => {
    show();
    expect(charts()).toEqual(['loss']);
    expect(all('.azml-Legend-entry').map(each => each.dataset.job)).toEqual(['a', 'b', 'c']);
    expect(host.querySelector('.azml-Watch-summary')!.textContent).toBe('Running 2 · Completed 1');
  });

  it('says that there are no metrics yet, and shows them when there are', () => {
    const jobs = [aJob('a', { metrics: [] })];
    show({ jobs, curves: { keys: [], axis: 'step', zoom: null, lines: {} } });
    expect(host.querySelector('.azml-Watch-empty:not([hidden])')!.textContent).toBe('no metric');
    show({ ...aPanel() });
    expect(host.querySelector('.azml-Watch-empty:not([hidden])')).toBeNull();
    expect(charts()).toEqual(['loss']);
  });

  it('hides a job, or shows it alone', () => {
    show();
    const entry = (name: string) => host.querySelector<HTMLElement>(`.azml-Legend-entry[data-job=${name}]`)!;
    entry('a').click();
    expect(entry('a').getAttribute('aria-pressed')).toBe('false');
    tab('table');
    expect(all('tbody tr').map(each => each.dataset.job)).toEqual(['b', 'c']);
    entry('b').dispatchEvent(new MouseEvent('dblclick'));
    expect(all('tbody tr').map(each => each.dataset.job)).toEqual(['b']);
  });

  it('lets metrics be searched and chosen', () => {
    const jobs = state.jobs.map(job => ({
      ...job,
      metrics: ['loss', 'val/loss', 'auc'].map(key => aMetric(key, 1))
    }));
    show({ jobs });
    const search = host.querySelector<HTMLInputElement>('input[type=search]')!;
    search.value = 'LOSS val';
    search.dispatchEvent(new Event('input'));
    const options = () => all('.azml-Picker-option').filter(each => !each.hidden);
    expect(options().map(each => each.dataset.key)).toEqual(['val/loss']);
    options()[0].querySelector('input')!.click();
    expect(state.view.keys).toEqual(['loss', 'val/loss']);
    expect(charts()).toEqual(['loss', 'val/loss']);
  });

  it('draws the closer look when it is the one that was asked for', () => {
    const close = { keys: ['loss'], axis: 'step' as const, zoom: [0, 1] as [number, number], lines: {} };
    const points = () => host.querySelector('.azml-Chart-plot')!.getAttribute('aria-label');
    show({ view: { zoom: [0, 1] } });
    expect(points()).toBe('chart');
    show({ detail: { ...close, lines: { a: { loss: aLine([0], [1]) } } } });
    expect(host.querySelector('.azml-Chart-empty')!.textContent).toBe('');
    show({ detail: close });
    expect(host.querySelector('.azml-Chart-empty')!.textContent).toBe('empty');
    show({ detail: { ...close, zoom: [5, 6] } });
    expect(host.querySelector('.azml-Chart-empty')!.textContent).toBe('');
  });

  it('sorts by a column, then the other way round, then not', () => {
    show();
    tab('table');
    const header = () => host.querySelector<HTMLElement>('[data-column="m:loss"]')!;
    const order = () => all('tbody tr').map(each => each.dataset.job);
    header().click();
    expect(order()).toEqual(['b', 'a', 'c']);
    expect(header().parentElement!.getAttribute('aria-sort')).toBe('ascending');
    header().click();
    expect(order()).toEqual(['a', 'b', 'c']);
    header().click();
    expect(header().parentElement!.getAttribute('aria-sort')).toBe('none');
  });

  it('says when it is no longer live, and asks for nothing that nobody answers', () => {
    canAsk = false;
    show({ live: false });
    expect(host.querySelector('[role=status].azml-Watch-note')!.textContent).toBe('stale');
    expect(host.querySelector('select')!.disabled).toBe(true);
    show({ jobs: state.jobs.map(job => ({ ...job, status: 'Completed' as const })) });
    expect(host.querySelector<HTMLElement>('.azml-Watch-note')!.hidden).toBe(true);
  });

  it('shows names as text', () => {
    const evil = '<img src=x onerror=alert(1)>';
    const jobs = [
      aJob('a', { display_name: evil, parameters: { [evil]: evil }, metrics: [aMetric(evil, NaN)] })
    ];
    show({
      jobs,
      curves: { keys: [evil], axis: 'step', zoom: null, lines: { a: { [evil]: aLine([0], [NaN]) } } }
    });
    for (const name of ['curves', 'table', 'parallel']) {
      tab(name);
      expect(host.querySelector('img')).toBeNull();
    }
    expect(host.textContent).toContain(evil);
  });

  it('moves between tabs by arrow keys', () => {
    show();
    const key = (name: string) =>
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
    host.querySelector<HTMLElement>('[data-tab=curves]')!.focus();
    key('ArrowLeft');
    expect((document.activeElement as HTMLElement).dataset.tab).toBe('parallel');
    expect(state.view.tab).toBe('parallel');
  });
});
