// @ts-check
// What shows when something in a chart has the pointer or the focus, and how the arrow keys move the focus.
import { byId, make } from "./elements.js";

/** @type {WeakMap<Element, string[]>} */
const tips = new WeakMap();

/** Shows these lines beside `element` while it has the pointer or the focus; the first of them is its heading. @template {HTMLElement | SVGElement} S @param {S} element @param {string[]} lines @returns {S} */
export function tip(element, lines) {
  const said = lines.filter(Boolean);
  tips.set(element, said);
  const named = (element.textContent ?? "").trim() !== "";
  element.setAttribute(named ? "aria-description" : "aria-label", said.join(". "));
  return element;
}

/** The element with a tip that an event is about. @param {EventTarget | null} target */
function tipped(target) {
  return target instanceof Element ? target.closest("[data-tip]") : null;
}

export function buildTips() {
  const box = byId("tip");
  /** @type {Element | null} */
  let focused = null;
  const hide = () => {
    box.hidden = true;
  };
  /** @param {Element | null} target @param {number | null} pointer */
  const show = (target, pointer) => {
    const lines = target && tips.get(target);
    if (!target || !lines) return hide();
    box.replaceChildren(...lines.map((line, order) => make(order === 0 ? "strong" : "span", { text: line })));
    box.hidden = false;
    focused = pointer === null ? target : null;
    placeBeside(box, target.getBoundingClientRect(), pointer);
  };
  document.addEventListener("pointermove", (event) => show(tipped(event.target), event.clientX));
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof Element && event.target.matches(":focus-visible")) show(tipped(event.target), null);
    else hide();
  });
  document.addEventListener("pointerleave", hide);
  // Focus may scroll to what it is on; the tip goes with it.
  document.addEventListener("scroll", () => (focused && !box.hidden ? show(focused, null) : hide()), { passive: true });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}

/** Above the anchor where there is room, else below it. @param {HTMLElement} box @param {DOMRect} anchor @param {number | null} pointer */
function placeBeside(box, anchor, pointer) {
  const { width, height } = box.getBoundingClientRect();
  const x = pointer ?? anchor.left + anchor.width / 2;
  const above = anchor.top - height - 8;
  box.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, x - width / 2))}px`;
  box.style.top = `${above > 8 ? above : anchor.bottom + 8}px`;
}

/** Names a panel by its heading, and makes the buttons in it one stop of the Tab key; arrow keys move among them. @template {HTMLElement} S @param {S} group @returns {S} */
export function roving(group) {
  const heading = group.querySelector("h3");
  if (heading) {
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", heading.textContent ?? "");
  }
  const items = () => /** @type {HTMLElement[]} */ ([...group.querySelectorAll("[data-tip]")]);
  items().forEach((item, order) => item.setAttribute("tabindex", order === 0 ? "0" : "-1"));
  group.addEventListener("keydown", (event) => moveAmong(items(), event));
  return group;
}

/** @param {HTMLElement[]} all @param {KeyboardEvent} event */
function moveAmong(all, event) {
  const at = all.findIndex((item) => item === document.activeElement);
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -at, End: all.length - 1 - at };
  const step = Object.entries(steps).find(([key]) => key === event.key)?.[1];
  if (at < 0 || step === undefined || !all[at + step]) return;
  all[at].setAttribute("tabindex", "-1");
  all[at + step].setAttribute("tabindex", "0");
  all[at + step].focus();
  event.preventDefault();
}
