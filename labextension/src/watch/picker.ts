import { element } from '../card/dom';
import { word } from '../card/state';
import { button } from './controls';

/** Which metrics are drawn: a button that opens a list with a search. */
export class Picker {
  readonly node = element('div', 'azml-Picker');
  onChoose: (keys: string[]) => void = () => undefined;

  constructor() {
    this.search.type = 'search';
    this.opener.setAttribute('aria-haspopup', 'dialog');
    this.list.setAttribute('role', 'group');
    this.panel.hidden = true;
    const buttons = element('div', 'azml-Actions');
    buttons.append(this.all, this.none);
    this.panel.append(this.search, buttons, this.list, this.empty);
    this.node.append(this.opener, this.panel);
    this.search.addEventListener('input', () => this.filter());
    this.node.addEventListener('keydown', event => this.onKey(event));
    this.node.addEventListener('focusout', event => {
      if (event.relatedTarget && !this.node.contains(event.relatedTarget as Node)) {
        this.open(false);
      }
    });
    document.addEventListener('pointerdown', this.onPointer, true);
  }

  show(known: string[], chosen: string[], labels: Record<string, string>, available: string[] | null): void {
    this.chosen = chosen;
    this.opener.textContent = `${word(labels, 'metrics')} ${chosen.length}/${known.length} ▾`;
    this.opener.setAttribute('aria-expanded', String(!this.panel.hidden));
    this.search.placeholder = word(labels, 'search');
    this.search.setAttribute('aria-label', word(labels, 'search'));
    this.list.setAttribute('aria-label', word(labels, 'metrics'));
    this.all.textContent = word(labels, 'all');
    this.none.textContent = word(labels, 'none');
    this.empty.textContent = word(labels, 'none found');
    const asked = JSON.stringify([known, available]);
    if (asked !== this.known) {
      this.known = asked;
      this.list.replaceChildren(...known.map(key => this.option(key, !available || available.includes(key))));
      this.filter();
    }
    this.options.forEach(({ box, key }) => (box.checked = chosen.includes(key)));
  }

  dispose(): void {
    document.removeEventListener('pointerdown', this.onPointer, true);
  }

  private option(key: string, isThere: boolean): HTMLElement {
    const label = element('label', 'azml-Picker-option');
    const box = element('input', '');
    box.type = 'checkbox';
    box.disabled = !isThere;
    label.dataset.key = key;
    label.title = key;
    label.append(box, element('span', '', key));
    box.addEventListener('change', () => {
      const others = this.chosen.filter(each => each !== key);
      this.onChoose(box.checked ? [...others, key] : others);
    });
    return label;
  }

  /** All words have to be in the name. */
  private filter(): void {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { label, key } of this.options) {
      label.hidden = !words.every(each => key.toLowerCase().includes(each));
    }
    this.empty.hidden = this.options.some(({ label }) => !label.hidden);
  }

  private choose(on: boolean): void {
    const found = this.options
      .filter(({ label, box }) => !label.hidden && !box.disabled)
      .map(({ key }) => key);
    const others = this.chosen.filter(key => !found.includes(key));
    this.onChoose(on ? [...others, ...found] : others);
  }

  private open(isOpen: boolean): void {
    this.panel.hidden = !isOpen;
    this.opener.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) {
      this.search.focus();
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !this.panel.hidden) {
      event.stopPropagation();
      this.open(false);
      this.opener.focus();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !this.panel.hidden) {
      event.preventDefault();
      const boxes = this.options.filter(({ label }) => !label.hidden).map(({ box }) => box);
      const at = boxes.indexOf(document.activeElement as HTMLInputElement);
      boxes[Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1))]?.focus();
    }
  }

  private onPointer = (event: PointerEvent): void => {
    if (!this.panel.hidden && !event.composedPath().includes(this.node)) {
      this.open(false);
    }
  };

  private get options(): { label: HTMLElement; box: HTMLInputElement; key: string }[] {
    return ([...this.list.children] as HTMLElement[]).map(label => ({
      label,
      box: label.querySelector('input')!,
      key: label.dataset.key!
    }));
  }

  private chosen: string[] = [];
  private known = '';
  private opener = button(() => this.open(this.panel.hidden));
  private panel = element('div', 'azml-Picker-panel');
  private search = element('input', 'azml-Search');
  private list = element('div', 'azml-Picker-list');
  private empty = element('p', 'azml-mod-faint');
  private all = button(() => this.choose(true), 'azml-Button azml-mod-quiet');
  private none = button(() => this.choose(false), 'azml-Button azml-mod-quiet');
}
