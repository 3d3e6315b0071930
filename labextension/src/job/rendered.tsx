import type * as nbformat from '@jupyterlab/nbformat';
import { OutputArea, OutputAreaModel, SimplifiedOutputArea } from '@jupyterlab/outputarea';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

/** Outputs as JupyterLab shows them in a notebook that nobody has trusted: no script of theirs runs. */
export function Outputs({
  values,
  rendermime
}: {
  values: readonly unknown[];
  rendermime: IRenderMimeRegistry;
}): React.ReactElement {
  const host = React.useRef<HTMLDivElement>(null);
  const area = React.useRef<OutputAreaModel | null>(null);
  React.useEffect(() => {
    const model = new OutputAreaModel({ trusted: false });
    const widget = new SimplifiedOutputArea({
      model,
      rendermime,
      contentFactory: OutputArea.defaultContentFactory
    });
    area.current = model;
    Widget.attach(widget, host.current!);
    return () => {
      area.current = null;
      detach(widget);
      model.dispose();
    };
  }, [rendermime]);
  React.useEffect(() => area.current?.fromJSON(values as nbformat.IOutput[]), [values, rendermime]);
  return <div ref={host} className="azml-Outputs" />;
}

/** Text of a cell: Markdown, or code with its colours. */
export function Source({
  text,
  language,
  rendermime
}: {
  text: string;
  /** Null for Markdown. */
  language: string | null;
  rendermime: IRenderMimeRegistry;
}): React.ReactElement {
  const host = React.useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = React.useState(false);
  const markdown = language === null ? text : fenced(text, language);
  React.useEffect(() => {
    const renderer = rendermime.createRenderer('text/markdown');
    const model = rendermime.createModel({ data: { 'text/markdown': markdown }, trusted: false });
    let isWanted = true;
    void renderer.renderModel(model).then(() => {
      if (isWanted && host.current) {
        Widget.attach(renderer, host.current);
        setDrawn(true);
      }
    });
    return () => {
      isWanted = false;
      detach(renderer);
    };
  }, [markdown, rendermime]);
  return (
    <div ref={host} className={language === null ? 'azml-Cell-text' : 'azml-Cell-code'}>
      {!isDrawn && <pre>{text}</pre>}
    </div>
  );
}

/** JupyterLab's Markdown colours code between fences; the fence is longer than any in the code. */
export function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(found => found[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** React may have taken the host away already: then lumino's own detaching refuses. */
function detach(widget: Widget): void {
  if (widget.isAttached && widget.node.isConnected) {
    Widget.detach(widget);
  } else if (widget.isAttached) {
    MessageLoop.sendMessage(widget, Widget.Msg.BeforeDetach);
    MessageLoop.sendMessage(widget, Widget.Msg.AfterDetach);
  }
  widget.dispose();
}
