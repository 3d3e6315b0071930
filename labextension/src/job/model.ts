import type { TranslationBundle } from '@jupyterlab/translation';
import { ISignal, Signal } from '@lumino/signaling';
import { jobPath, Request } from '../api/request';
import type { FileDiff, Lineage, PageFile, SnapshotChanges } from '../api/types';
import { CurvesSource } from '../compare/curves';
import { Look } from '../data/look';
import type { FollowedJob } from '../jobs/followed';
import type { IWords } from '../ui/words';
import { Asked } from './asked';
import { CellsModel } from './cells';
import { FilesModel } from './files';
import { LogFile, STD_LOG } from './logfile';

/** All that a job's panel shows; each part is read when somebody looks at it. */
export class JobPanelModel {
  readonly cells: CellsModel;
  readonly curves: CurvesSource;
  readonly files: FilesModel;
  readonly changes: Asked<SnapshotChanges>;
  readonly lineage: Asked<Lineage>;

  constructor(
    readonly followed: FollowedJob,
    private request: Request,
    words: IWords
  ) {
    const { trans } = words;
    this.cells = new CellsModel(followed, request);
    this.curves = new CurvesSource([followed], request, words);
    this.files = new FilesModel(request, () => followed.job, titlesOf(trans));
    this.changes = new Asked(() => request(jobPath(followed.name, 'snapshot', 'changes')));
    this.lineage = new Asked(() => request(jobPath(followed.name, 'lineage')));
    this._log = new LogFile(followed, request);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get log(): LogFile {
    return this._log;
  }

  /** Log files of the job; the one that everything printed goes to is the first. */
  logs: readonly string[] = [STD_LOG];

  /** The part that is shown. */
  get tab(): string {
    return this._tab;
  }

  set tab(id: string) {
    this._tab = id;
    this.settle();
    this._changed.emit();
  }

  /** Whether somebody looks at the panel: hidden, it asks for nothing. */
  set isSeen(isSeen: boolean) {
    this._isSeen = isSeen;
    this.settle();
  }

  chooseLog(path: string): void {
    this._log.isSeen = false;
    this._log = new LogFile(this.followed, this.request, path);
    this.settle();
    this._changed.emit();
  }

  look(uri: string): Look {
    return new Look(this.request, uri);
  }

  fileOf(path: string): Asked<FileDiff> {
    return new Asked(() =>
      this.request(jobPath(this.followed.name, 'snapshot', 'file'), { query: { path } })
    );
  }

  private settle(): void {
    const shows = (id: string) => this._isSeen && this._tab === id;
    this.cells.isSeen = shows('cells');
    this._log.isSeen = shows('log');
    if (shows('log')) {
      void this.findLogs();
    }
  }

  private async findLogs(): Promise<void> {
    const found: string[] = [];
    for (const path of ['logs', 'logs/user_logs']) {
      try {
        const page = await this.request<PageFile>(jobPath(this.followed.name, 'files'), { query: { path } });
        found.push(...page.items.filter(file => !file.is_folder).map(file => file.path));
      } catch {
        // Nothing was written yet.
      }
    }
    this.logs = [STD_LOG, ...found.filter(path => path !== STD_LOG)];
    this._changed.emit();
  }

  private _log: LogFile;
  private _tab = 'overview';
  private _isSeen = false;
  private _changed = new Signal<this, void>(this);
}

const titlesOf = (trans: TranslationBundle) => ({
  outputs: trans.__('Outputs'),
  artifacts: trans.__('Artifacts of MLflow'),
  logs: trans.__('Logs')
});
