import { MainAreaWidget } from '@jupyterlab/apputils';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';
import { IWords, Words } from '../ui/words';
import { assetIcon } from './icons';
import type { Look } from './look';
import { IPreviewActions, PreviewView } from './preview';

/** A look into data in the main area. */
export function previewPanel(
  look: Look,
  name: string,
  actions: IPreviewActions,
  words: IWords
): MainAreaWidget {
  const content = new PreviewPanel(look, actions, words);
  const panel = new MainAreaWidget({ content });
  panel.toolbar.hide();
  panel.id = `azml-preview-${look.path}`;
  panel.title.label = name;
  panel.title.caption = look.path;
  panel.title.icon = assetIcon;
  panel.title.closable = true;
  return panel;
}

class PreviewPanel extends ReactWidget {
  constructor(
    private look: Look,
    private actions: IPreviewActions,
    private words: IWords
  ) {
    super();
    this.addClass('azml-Surface');
    this.addClass('azml-PreviewPanel');
  }

  protected override render(): React.ReactElement {
    return (
      <Words.Provider value={this.words}>
        <PreviewView look={this.look} actions={this.actions} />
      </Words.Provider>
    );
  }
}
