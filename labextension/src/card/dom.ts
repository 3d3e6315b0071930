/** An element with a class and, as text, what it says. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text = ''
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Shows the element only when there is something to say. */
export function say(target: HTMLElement, text: string): void {
  target.hidden = text === '';
  if (target.textContent !== text) {
    target.textContent = text;
  }
}
