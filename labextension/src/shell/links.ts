import type { IRouter } from '@jupyterlab/application';
import { Clipboard, Notification } from '@jupyterlab/apputils';
import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import type { IHere } from './here';
import { ShellCommandIDs, SIDEBAR_ID } from './ids';

const PARAMETER = 'azml';

/** A page whose address ends in `?azml=job/NAME` opens that panel, one in `?azml=models` that section. */
export function addLinks(here: IHere, router: IRouter | null): void {
  const { app, words } = here;
  const { trans } = words;
  app.commands.addCommand(ShellCommandIDs.link, {
    label: trans.__('Open a link to the workspace'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          target: { type: 'string', description: 'A section, such as jobs, or a thing, such as job/NAME' }
        },
        required: ['target']
      }
    },
    execute: args => openTarget(here, String(args.target ?? ''))
  });
  app.commands.addCommand(ShellCommandIDs.copyLink, {
    label: trans.__('Copy link'),
    caption: trans.__('Copy an address that opens this in JupyterLab'),
    describedBy: {
      args: {
        type: 'object',
        properties: { target: { type: 'string', description: 'What the link opens, such as job/NAME' } },
        required: ['target']
      }
    },
    execute: args => {
      Clipboard.copyToSystem(linkTo(String(args.target ?? targetUnderMenu(here))));
      Notification.info(trans.__('The link was copied.'), { autoClose: 3_000 });
    }
  });
  if (router) {
    follow(here, router);
  }
}

/** The address that opens it in this JupyterLab. It has no token. */
export function linkTo(target: string): string {
  const { origin, pathname } = new URL(PageConfig.getUrl({ treePath: '' }), window.location.href);
  return `${origin}${pathname}?${PARAMETER}=${encodeURIComponent(target).replace(/%2F/g, '/')}`;
}

/** What an address asks for; null when it asks for nothing of ours. */
export function targetIn(search: string): string | null {
  return new URLSearchParams(search).get(PARAMETER);
}

export function openTarget({ app, sections, panels }: IHere, target: string): void {
  const [, kind, name] = /^([\w-]+)\/(.+)$/s.exec(target) ?? [];
  if (kind && panels.has(kind)) {
    panels.open(kind, name);
  } else if (sections.all.some(section => section.id === target)) {
    sections.choose(target);
    app.shell.activateById(SIDEBAR_ID);
  }
}

/** What the row under the context menu is about, of those kinds that have a panel. */
function targetUnderMenu({ app, panels }: IHere): string {
  const row = app.contextMenuHitTest(node => panels.ids.some(id => node.dataset[id] !== undefined));
  const id = row && panels.ids.find(each => row.dataset[each] !== undefined);
  return id ? `${id}/${row.dataset[id]}` : '';
}

function follow(here: IHere, router: IRouter): void {
  const target = targetIn(router.current.search ?? '');
  if (target === null) {
    return;
  }
  // Before the layout stands again, what is opened would be put aside by it.
  void here.app.restored.then(() => {
    openTarget(here, target);
    // Others tidy the address too, from what it was when they began.
    router.routed.connect(() => forgetTarget(router));
    forgetTarget(router);
  });
}

/** What was opened is closed for good when it is closed: a reload must not open it again. */
function forgetTarget(router: IRouter): void {
  const { path, search, hash } = router.current;
  const query = new URLSearchParams(search ?? '');
  if (query.has(PARAMETER)) {
    query.delete(PARAMETER);
    const rest = query.toString();
    router.navigate(URLExt.join('/', path ?? '') + (rest ? `?${rest}` : '') + (hash ?? ''), {
      skipRouting: true
    });
  }
}
