import type { ISessionContext } from '@jupyterlab/apputils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { Kernel, Session } from '@jupyterlab/services';
import { Panel, Widget } from '@lumino/widgets';
import type { IDrawn, Saved } from './drawn';

export const SAVED = 'application/vnd.azml.view+json';
const WIDGET = 'application/vnd.jupyter.widget-view+json';
/** Milliseconds that a living view has to appear before what was saved is drawn. */
const PATIENCE = 700;
/** Times that ipywidgets is asked again: it comes to know of a notebook's kernel after the notebook is drawn. */
const ATTEMPTS = 60;
const GONE = new Set<Kernel.Status>(['restarting', 'autorestarting', 'terminating', 'dead']);

/** The view itself where a kernel has it; until then, and else, what the output says of it. */
export class SavedView extends Panel implements IRenderMime.IRenderer {
  constructor(
    private options: IRenderMime.IRendererOptions,
    private registry: IRenderMimeRegistry,
    private session: ISessionContext
  ) {
    super();
    session.statusChanged.connect(this.onStatus, this);
    session.kernelChanged.connect(this.onKernel, this);
    this.addClass('azml-SavedView');
    this.saved.addClass('azml-SavedView-saved');
    this.addWidget(this.saved);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.state = model.data[SAVED] as unknown as Saved;
    const { model_id: id } = (model.data[WIDGET] ?? {}) as { model_id?: string };
    if (id && id !== this.living && model.trusted) {
      this.living = id;
      this.attempts = ATTEMPTS;
      this.removeClass('azml-mod-disconnected');
      this.model = model;
      this.seek();
    }
    if (this.drawn) {
      this.drawn.show(this.state);
    } else {
      this.wait(this.living ? PATIENCE : 0);
    }
  }

  override dispose(): void {
    this.session.statusChanged.disconnect(this.onStatus, this);
    this.session.kernelChanged.disconnect(this.onKernel, this);
    window.clearTimeout(this.timer);
    this.observer?.disconnect();
    this.drawn?.dispose();
    super.dispose();
  }

  /** ipywidgets draws the view, if some kernel has its model, as soon as it knows of the kernel. */
  private seek(): void {
    const factory = this.registry.getFactory(WIDGET);
    if (factory && factory !== this.asked && this.model) {
      this.asked = factory;
      this.observer?.disconnect();
      this.inner?.dispose();
      this.inner = factory.createRenderer({ ...this.options, mimeType: WIDGET });
      this.observer = new MutationObserver(() => this.isLive !== this.hasLiving && void this.settle());
      this.observer.observe(this.inner.node, { childList: true, subtree: true });
      this.addWidget(this.inner);
      void this.inner.renderModel(this.model);
    }
  }

  private wait(milliseconds: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.settle(), milliseconds);
  }

  private async settle(): Promise<void> {
    this.isLive = this.hasLiving;
    this.node.dataset.live = String(this.isLive);
    if (this.isLive) {
      this.drawn?.dispose();
      this.drawn = null;
      return;
    }
    if (this.living && this.attempts-- > 0) {
      this.seek();
      this.wait(PATIENCE);
    }
    const { drawSaved } = await import('./drawn');
    if (!this.isLive && !this.drawn && !this.isDisposed && this.state) {
      this.drawn = drawSaved(this.saved.node, this.state.kind);
      this.drawn.show(this.state);
    }
  }

  private onStatus(_session: ISessionContext, status: Kernel.Status): void {
    if (GONE.has(status)) {
      this.onGone();
    }
  }

  private onKernel(
    _session: ISessionContext,
    { oldValue }: Session.ISessionConnection.IKernelChangedArgs
  ): void {
    if (oldValue) {
      this.onGone();
    }
  }

  /** The living view keeps what it shows, and says that it stays so. */
  private onGone(): void {
    this.toggleClass('azml-mod-disconnected', this.isLive);
    this.attempts = 0;
  }

  private get hasLiving(): boolean {
    return !!this.inner?.node.querySelector('.azml-Surface');
  }

  private state: Saved | null = null;
  private model: IRenderMime.IMimeModel | null = null;
  private living = '';
  private attempts = 0;
  private asked: IRenderMime.IRendererFactory | null = null;
  private inner: IRenderMime.IRenderer | null = null;
  private isLive = false;
  private drawn: IDrawn | null = null;
  private timer = 0;
  private observer: MutationObserver | null = null;
  private saved = new Widget();
}
