import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { describe, expect, it, vi } from 'vitest';
import type { Saver } from '../api/stream';
import { saveNotebook, saveWhenAsked } from './saving';

const contents = {
  driveName: (path: string) => (path.includes(':') ? path.split(':')[0] : ''),
  localPath: (path: string) => path.split(':').pop()
} as unknown as Contents.IManager;

const aPanel = (path: string, dirty: boolean, save = vi.fn(async () => undefined)) =>
  ({ context: { path, model: { dirty }, save } }) as unknown as NotebookPanel;

const tracker = (...panels: NotebookPanel[]) => ({ find: panels.find.bind(panels) }) as INotebookTracker;

describe('saveNotebook', () => {
  it('saves what has changed', async () => {
    const save = vi.fn(async () => undefined);
    const panels = tracker(aPanel('b.ipynb', true), aPanel('deep/a.ipynb', true, save));
    expect(await saveNotebook('deep/a.ipynb', panels, contents)).toBe('saved');
    expect(save).toHaveBeenCalledOnce();
  });

  it('leaves alone what has not', async () => {
    const save = vi.fn();
    expect(await saveNotebook('a.ipynb', tracker(aPanel('RTC:a.ipynb', false, save)), contents)).toBe(
      'clean'
    );
    expect(save).not.toHaveBeenCalled();
  });

  it('says when it cannot', async () => {
    const save = vi.fn(async () => Promise.reject(new Error('the disk is full')));
    expect(await saveNotebook('a.ipynb', tracker(aPanel('a.ipynb', true, save)), contents)).toBe('failed');
  });

  it('takes no notebook of another drive for the one that is meant', async () => {
    expect(await saveNotebook('a.ipynb', tracker(aPanel('azml:a.ipynb', true)), contents)).toBe('absent');
  });
});

describe('saveWhenAsked', () => {
  it('is ready while a notebook is open', () => {
    const opened: NotebookPanel[] = [];
    const dispose = vi.fn();
    const answerSaves = vi.fn<(saver: Saver) => IDisposable>(() => ({ dispose, isDisposed: false }));
    const notebooks = {
      get size() {
        return opened.length;
      }
    } as INotebookTracker;
    const widgetAdded = new Signal<INotebookTracker, NotebookPanel>(notebooks);
    Object.assign(notebooks, { widgetAdded });
    saveWhenAsked(notebooks, contents, { answerSaves });
    expect(answerSaves).not.toHaveBeenCalled();

    const panel = aPanel('a.ipynb', true);
    const disposed = new Signal<NotebookPanel, void>(panel);
    opened.push(Object.assign(panel, { disposed }));
    widgetAdded.emit(panel);
    widgetAdded.emit(panel);
    expect(answerSaves).toHaveBeenCalledOnce();

    opened.pop();
    disposed.emit();
    expect(dispose).toHaveBeenCalledOnce();
  });
});
