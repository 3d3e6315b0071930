import { element } from '../card/dom';

let count = 0;

/** A drop-down with its label before it. */
export class Choice {
  readonly node = element('label', 'azml-Control');
  onChoose: (value: string) => void = () => undefined;

  constructor() {
    this.node.append(this.label, this.select);
    this.select.addEventListener('change', () => this.onChoose(this.select.value));
  }

  show(label: string, options: [value: string, text: string][], chosen: string): void {
    this.label.textContent = label;
    const known = JSON.stringify(options);
    if (known !== this.known) {
      this.known = known;
      this.select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
    }
    this.select.value = chosen;
  }

  set isDisabled(disabled: boolean) {
    this.select.disabled = disabled;
  }

  private label = element('span', 'azml-Control-label');
  private select = element('select', 'azml-Select');
  private known = '';
}

export class Tick {
  readonly node = element('label', 'azml-Control');
  onChange: (on: boolean) => void = () => undefined;

  constructor() {
    this.box.type = 'checkbox';
    this.node.append(this.box, this.label);
    this.box.addEventListener('change', () => this.onChange(this.box.checked));
  }

  show(label: string, on: boolean): void {
    this.label.textContent = label;
    this.box.checked = on;
  }

  private box = element('input', '');
  private label = element('span', '');
}

export class Slider {
  readonly node = element('label', 'azml-Control');
  /** While it moves; `isDone` when it rests. */
  onChange: (value: number, isDone: boolean) => void = () => undefined;

  constructor() {
    this.range.type = 'range';
    Object.assign(this.range, { min: '0', max: '0.99', step: '0.01' });
    this.node.append(this.label, this.range, this.value);
    this.range.addEventListener('input', () => this.move(false));
    this.range.addEventListener('change', () => this.move(true));
  }

  show(label: string, value: number, format: (value: number) => string): void {
    this.format = format;
    this.label.textContent = label;
    if (document.activeElement !== this.range || !this.range.matches(':active')) {
      this.range.value = String(value);
    }
    this.value.textContent = format(Number(this.range.value));
  }

  private move(isDone: boolean): void {
    this.value.textContent = this.format(Number(this.range.value));
    this.onChange(Number(this.range.value), isDone);
  }

  private format: (value: number) => string = String;
  private label = element('span', 'azml-Control-label');
  private range = element('input', 'azml-Slider');
  private value = element('output', 'azml-Control-value');
}

export function button(onClick: () => void, className = 'azml-Button'): HTMLButtonElement {
  const made = element('button', className);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
}

/** Tabs as WAI-ARIA has them: arrow keys move between them. */
export class Tabs<Name extends string> {
  readonly node = element('div', 'azml-Tabs');
  onChoose: (name: Name) => void = () => undefined;

  constructor(private names: readonly Name[]) {
    const id = `azml-tabs-${++count}`;
    this.node.setAttribute('role', 'tablist');
    for (const name of names) {
      const tab = button(() => this.onChoose(name), 'azml-Tab');
      tab.setAttribute('role', 'tab');
      tab.id = `${id}-${name}`;
      tab.dataset.tab = name;
      this.node.append(tab);
    }
    this.node.addEventListener('keydown', event => this.onKey(event));
  }

  idOf(name: Name): string {
    return this.tabs[this.names.indexOf(name)].id;
  }

  show(chosen: Name, text: (name: Name) => string): void {
    this.chosen = chosen;
    this.tabs.forEach((tab, i) => {
      const isChosen = this.names[i] === chosen;
      tab.textContent = text(this.names[i]);
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    });
  }

  private onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step && this.chosen) {
      event.preventDefault();
      event.stopPropagation();
      const { names } = this;
      const next = names[(names.indexOf(this.chosen) + step + names.length) % names.length];
      this.onChoose(next);
      this.tabs[names.indexOf(next)].focus();
    }
  }

  private get tabs(): HTMLButtonElement[] {
    return [...this.node.children] as HTMLButtonElement[];
  }

  private chosen: Name | null = null;
}
