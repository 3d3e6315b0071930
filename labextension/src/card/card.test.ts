import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aJob } from '../testing/jobs';
import { aLine } from '../testing/panel';
import { JobCard } from './card';
import type { ICardState } from './state';

const state = (changes: Partial<ICardState> = {}): ICardState => ({
  job: aJob('a', { display_name: 'train', progress: { cell: 2, cells: 4 } }),
  cells: {},
  log: '',
  series: {},
  live: true,
  problem: '',
  labels: { Running: 'En cours', cell: 'cellule {k} sur {n}', cancel: 'Annuler', locale: 'fr_FR' },
  cancel: 0,
  ...changes
});

describe('JobCard', () => {
  let host: HTMLElement;
  let onCancel: ReturnType<typeof vi.fn<() => void>>;
  let card: JobCard;
  beforeEach(() => {
    host = document.createElement('div');
    onCancel = vi.fn<() => void>();
    card = new JobCard(host, onCancel);
  });
  afterEach(() => card.dispose());

  it('says where the job stands, in the words that Python sends', () => {
    card.show(state());
    expect(host.querySelector('[role=status]')!.textContent).toBe('En cours');
    expect(host.querySelector('[role=progressbar]')!.getAttribute('aria-label')).toBe('cellule 2 sur 4');
    expect(host.querySelector('[role=progressbar]')!.getAttribute('aria-valuenow')).toBe('1');
  });

  it('asks once to cancel, and not after the end', () => {
    card.show(state());
    const button = host.querySelector('button')!;
    button.click();
    button.click();
    expect(onCancel).toHaveBeenCalledTimes(1);
    card.show(state({ job: aJob('a', { status: 'Completed', progress: { cell: 4, cells: 4 } }) }));
    expect(button.hidden).toBe(true);
  });

  it('shows what the job says as text', () => {
    const evil = '<img src=x onerror=alert(1)>';
    const reason = { code: 'CellFailed', message: evil, values: {} };
    card.show(
      state({ job: aJob('a', { status: 'Failed', display_name: evil, reason }), log: `\u001b[31m${evil}` })
    );
    expect(host.querySelector('img')).toBeNull();
    expect(host.querySelector('pre')!.textContent).toBe(evil);
    expect(host.querySelector('.azml-Reason')!.textContent).toBe(evil);
  });

  it('labels each metric with its last value', () => {
    card.show(state({ series: { loss: aLine([1, 2], [NaN, 0.25]) } }));
    expect(host.querySelector('[role=img]')!.getAttribute('aria-label')).toBe('loss: last value 0,25');
  });

  it('says when nobody tells it any more, and offers nothing that nobody would do', () => {
    card.show(state({ live: false }));
    expect(host.querySelector('.azml-Card-note')!.textContent).toBe('stale');
    expect(host.querySelector('button')!.hidden).toBe(true);
    card.show(state({ live: false, job: aJob('a', { status: 'Completed' }) }));
    expect(host.querySelector<HTMLElement>('.azml-Card-note')!.hidden).toBe(true);
  });

  it('leaves nothing behind', () => {
    card.show(state());
    card.dispose();
    expect(host.childElementCount).toBe(0);
  });
});
