// @ts-check
// Elements of the page, found and made. Text of articles reaches the page through here, and only as text.
import { frameOf } from "./facts.js";

/**
 * @typedef {string | number | boolean | null | undefined | ((event: any) => void)} Property
 * @typedef {HTMLElement | SVGElement} Shape
 */

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/** A check box, a radio button or a field. @param {string} id @returns {HTMLInputElement} */
export function inputById(id) {
  return /** @type {HTMLInputElement} */ (byId(id));
}

/** @param {string} id @returns {HTMLSelectElement} */
export function selectById(id) {
  return /** @type {HTMLSelectElement} */ (byId(id));
}

/** The input elements that a selector finds. @param {string} selector @param {ParentNode} within @returns {HTMLInputElement[]} */
export function inputsOf(selector, within = document) {
  return Array.from(within.querySelectorAll(selector), (found) => /** @type {HTMLInputElement} */ (found));
}

/** An element of HTML. @param {string} tag @param {Record<string, Property>} properties @param {(Node | string | null)[]} children @returns {HTMLElement} */
export function make(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/** An element of SVG. @param {string} tag @param {Record<string, Property>} properties @param {(Node | string | null)[]} children @returns {SVGElement} */
export function draw(tag, properties = {}, ...children) {
  const made = /** @type {SVGElement} */ (document.createElementNS("http://www.w3.org/2000/svg", tag));
  return filled(made, properties, children);
}

/**
 * Properties that begin with "on" are listened to, `text` is its text, others are attributes, of which those that say nothing
 * are left out (but "false" says something to a screen reader).
 * @template {Shape} S @param {S} made @param {Record<string, Property>} properties @param {(Node | string | null)[]} children @returns {S}
 */
function filled(made, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    const spoken = name.startsWith("aria-");
    if (value === null || value === undefined || (value === false && !spoken)) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (name === "text") made.textContent = String(value);
    else made.setAttribute(name, value === true && !spoken ? "" : String(value));
  }
  for (const child of children) if (child !== null) made.append(child);
  return made;
}

/** Gives an element the colour of a frame, on paper and on a dark screen. @template {Shape} S @param {S} element @param {string} frame @returns {S} */
export function paint(element, frame) {
  const { light, dark } = frameOf(frame);
  element.classList.add("hued");
  element.style.setProperty("--light", light);
  element.style.setProperty("--dark", dark);
  return element;
}

/** A small square in the colour of a frame. @param {string} frame @param {Record<string, Property>} properties */
export function swatch(frame, properties = { "aria-hidden": "true" }) {
  return paint(make("span", { class: "swatch", ...properties }), frame);
}

/** What stands where there is nothing to draw. @param {string} words */
export function nothing(words) {
  return make("p", { class: "nothing", text: words });
}

/** A sentence's words with its cues marked; each cue is looked for after the one before. @param {string} text @param {string[]} cues @returns {Node[]} */
export function marked(text, cues) {
  const parts = [];
  let at = 0;
  for (const cue of cues) {
    const start = cue ? text.indexOf(cue, at) : -1;
    if (start < 0) continue;
    if (start > at) parts.push(document.createTextNode(text.slice(at, start)));
    parts.push(make("mark", { text: cue }));
    at = start + cue.length;
  }
  parts.push(document.createTextNode(text.slice(at)));
  return parts;
}
