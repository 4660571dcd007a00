/** Makes an element; children that are texts stay texts, whatever stands in them. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A name from a manifest, kept apart from the direction of the text around it. */
export function named(name: string): HTMLElement {
  return element('bdi', {}, name);
}
