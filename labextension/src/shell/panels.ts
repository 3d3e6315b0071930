import { ILayoutRestorer, JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget, WidgetTracker } from '@jupyterlab/apputils';
import type { LabIcon } from '@jupyterlab/ui-components';
import type * as React from 'react';
import type { IWords } from '../ui/words';
import { PanelBody } from './body';

/** What a panel in the main area shows: one thing of the workspace, or several. */
export interface IPanelKind {
  /** `job`: the command `azml:open-job` opens one, and so does a link that ends in `?azml=job/NAME`. */
  readonly id: string;
  /** Of the command. */
  readonly label: string;
  readonly caption?: string;
  readonly icon: LabIcon;
  /** What `name` is, for those who call the command. */
  readonly nameDescription: string;
  /** Of the tab until the panel says something better; the name, unless given. */
  title?: (name: string) => string;
  /** Called when one is opened: the place for `await import(…)`. What it throws is shown in the panel. */
  load: (name: string, place: IPlace) => Promise<React.ReactElement>;
}

/** The panel that something is shown in. */
export interface IPlace {
  setTitle: (label: string, caption?: string) => void;
  /** Calls back now and whenever the panel comes into sight or leaves it. */
  whenSeen: (tell: (isSeen: boolean) => void) => void;
  /** Called once, when the panel is closed. */
  whenClosed: (leave: () => void) => void;
  close: () => void;
}

type Panel = MainAreaWidget<PanelBody>;

/** The panels of the main area: one for each thing, opened again when the page is loaded again. */
export class Panels {
  constructor(
    private app: JupyterFrontEnd,
    private restorer: ILayoutRestorer | null,
    private words: IWords
  ) {}

  add(kind: IPanelKind): void {
    const command = `azml:open-${kind.id}`;
    const tracker = new WidgetTracker<Panel>({ namespace: `azml-${kind.id}` });
    this.kinds.set(kind.id, { kind, tracker });
    this.app.commands.addCommand(command, {
      label: kind.label,
      caption: kind.caption ?? '',
      icon: kind.icon,
      describedBy: {
        args: {
          type: 'object',
          properties: { name: { type: 'string', description: kind.nameDescription } },
          required: ['name']
        }
      },
      execute: args => {
        const name = String(args.name ?? this.underMenu(kind.id));
        if (name) {
          this.open(kind.id, name);
        }
      }
    });
    void this.restorer?.restore(tracker, {
      command,
      args: panel => ({ name: panel.content.name }),
      name: panel => panel.content.name
    });
  }

  get ids(): string[] {
    return [...this.kinds.keys()];
  }

  has(id: string): boolean {
    return this.kinds.has(id);
  }

  open(id: string, name: string): void {
    const { kind, tracker } = this.kinds.get(id)!;
    let panel = tracker.find(each => each.content.name === name);
    if (!panel) {
      panel = this.make(kind, name);
      void tracker.add(panel);
      this.app.shell.add(panel, 'main', { type: `Azure ML ${id}` });
    }
    this.app.shell.activateById(panel.id);
  }

  /** What they show is of a workspace that is attached no more. */
  closeAll(): void {
    for (const { tracker } of this.kinds.values()) {
      tracker.filter(() => true).forEach(panel => panel.dispose());
    }
  }

  /** Rows say what they are about: `data-job="NAME"` for the kind `job`. */
  private underMenu(id: string): string {
    const row = this.app.contextMenuHitTest(node => node.dataset[id] !== undefined);
    return row?.dataset[id] ?? '';
  }

  private make(kind: IPanelKind, name: string): Panel {
    const content = new PanelBody(kind, name, this.words);
    const panel = new MainAreaWidget({ content });
    panel.toolbar.hide();
    panel.id = `azml-${kind.id}-${name}`;
    panel.title.label = kind.title?.(name) ?? name;
    panel.title.caption = name;
    panel.title.icon = kind.icon;
    panel.title.closable = true;
    content.title.changed.connect(({ label, caption }) => {
      panel.title.label = label;
      panel.title.caption = caption;
    });
    return panel;
  }

  private kinds = new Map<string, { kind: IPanelKind; tracker: WidgetTracker<Panel> }>();
}
