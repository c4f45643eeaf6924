// @ts-check
// Elements of the page, made and found. Text is always text, never markup.

/** @param {string} id @returns {HTMLElement} */
export function elementOf(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/**
 * @param {string} name @param {Record<string, string | boolean | ((event: Event) => void)>} settings
 * @param {(Node | string)[]} children @returns {HTMLElement}
 */
export function element(name, settings, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(settings)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** @param {number} count @param {string} noun */
export function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
