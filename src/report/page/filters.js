// @ts-check
// What is shown (frames, groups, one period or all, whose voice), and which rows of which column that lets through. A further
// filter is made here alone: its value, its control, its test.
import { byId, inputById, inputsOf, make, selectById, swatch } from "./elements.js";
import { facts, frameLabel, periodWords } from "./facts.js";

/**
 * @typedef {import("./facts.js").Row} Row
 * @typedef {{ value: string, label: string, frame?: string }} Choice
 * @typedef {{ frame?: string, frames?: string[], group?: string, period?: string, source?: string, kind?: string }} Selection
 */

export const filters = {
  /** @type {Set<string>} */
  frames: new Set(),
  /** @type {Set<string>} */
  groups: new Set(),
  period: "",
  voice: "",
  /** @type {(() => void)[]} */
  listeners: [],
  /** Tells everybody that something has changed. */
  changed() {
    writeFilterWords();
    for (const listener of filters.listeners) listener();
  },
};

/**
 * What is let through, by the column it is asked of; a table without the column has nothing to ask. What a selection names
 * stands in a filter's place.
 * @param {Selection} selection @returns {Record<string, (word: string) => boolean>}
 */
export function letThrough({ frame, frames = frame ? [frame] : undefined, group, period = filters.period }) {
  return {
    frame: (id) => (frames ? frames.includes(id) : filters.frames.has(id)),
    group: (name) => (group === undefined ? filters.groups.has(name) : name === group),
    period: (label) => period === facts.wholeSpan || label === period,
    voice: (voice) => filters.voice === "all" || voice === filters.voice,
  };
}

/** Whether a row of a table of findings passes; its voice is that of the study. @param {Row} row */
export function findingPasses(row) {
  const frames = [row.frame, row.frame_a, row.frame_b].filter((frame) => frame !== undefined);
  const groups = [row.group, row.group_a].filter((group) => group !== undefined);
  const single = filters.period === facts.wholeSpan && inputById("single-periods").checked;
  const inSpan = row.period === undefined || row.period === filters.period || single;
  return inSpan && (!frames.length || frames.some((frame) => filters.frames.has(frame))) && groups.every((group) => filters.groups.has(group));
}

export function shownFrames() {
  return facts.frames.filter((frame) => filters.frames.has(frame.id));
}

export function shownGroups() {
  return facts.groups.filter((group) => filters.groups.has(group));
}

/** Everything is shown, in the study's voice. */
function showAll() {
  filters.frames = new Set(facts.frames.map((frame) => frame.id));
  filters.groups = new Set(facts.groups);
  filters.period = facts.wholeSpan;
  filters.voice = facts.voice;
}

/** Builds the bar of filters. */
export function buildFilters() {
  showAll();
  const frames = facts.frames.map((frame) => ({ value: frame.id, label: frame.label, frame: frame.id }));
  const groups = facts.groups.map((group) => ({ value: group, label: group }));
  byId("filters").append(
    menu("frames", "Frames", frames),
    menu("groups", facts.by[0].toUpperCase() + facts.by.slice(1), groups),
    periodChoice(),
    voiceChoice(),
    make("button", { type: "button", class: "quiet", id: "reset", text: "Reset", onclick: reset }),
  );
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    if (!(open instanceof HTMLDetailsElement)) return;
    open.open = false;
    open.querySelector("summary")?.focus();
    event.stopImmediatePropagation();
  });
  writeFilterWords();
}

/** @param {Event} event */
function closeMenus(event) {
  for (const open of document.querySelectorAll("details.menu[open]")) {
    if (!open.contains(/** @type {Node} */ (event.target))) open.removeAttribute("open");
  }
}

/** A menu of check boxes over the set `filters[name]`. @param {"frames" | "groups"} name @param {string} title @param {Choice[]} choices */
function menu(name, title, choices) {
  /** @param {Choice} choice */
  const box = ({ value, label, frame }) => {
    const input = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", value, checked: true }));
    input.addEventListener("change", () => {
      if (input.checked) filters[name].add(value);
      else filters[name].delete(value);
      filters.changed();
    });
    return make("label", {}, input, frame ? swatch(frame) : null, make("bdi", { text: label }));
  };
  /** @param {boolean} checked */
  const all = (checked) => () => {
    for (const input of inputsOf("input", list)) input.checked = checked;
    filters[name] = new Set(checked ? choices.map(({ value }) => value) : []);
    filters.changed();
  };
  const list = make("fieldset", {}, make("legend", { class: "unseen", text: title }), ...choices.map(box));
  const buttons = make("p", { class: "buttons" }, quietButton("All", all(true)), quietButton("None", all(false)));
  return make(
    "details",
    { class: "menu", id: `menu-${name}` },
    make("summary", {}, make("span", { class: "caption", text: title }), make("span", { class: "value" })),
    make("div", { class: "sheet" }, buttons, list),
  );
}

/** @param {string} text @param {() => void} onclick */
function quietButton(text, onclick) {
  return make("button", { type: "button", class: "quiet", text, onclick });
}

function periodChoice() {
  const options = [make("option", { value: facts.wholeSpan, text: "Whole span" })];
  for (const period of facts.periods) options.push(make("option", { value: period.label, text: periodWords(period.label) }));
  const select = make("select", { id: "period", disabled: facts.periods.length === 0 }, ...options);
  select.addEventListener("change", () => {
    filters.period = selectById("period").value;
    filters.changed();
  });
  return make("label", { class: "field" }, make("span", { class: "caption", text: "Period" }), select);
}

function voiceChoice() {
  const radios = facts.voices.map(({ name, label }) => {
    const input = make("input", { type: "radio", name: "voice", value: name, checked: name === facts.voice });
    input.addEventListener("change", () => {
      filters.voice = name;
      filters.changed();
    });
    return make("label", {}, input, make("span", { text: label }));
  });
  const legend = make("legend", { class: "caption", text: "Voice" });
  return make("fieldset", { class: "segments" }, legend, make("div", {}, ...radios));
}

function reset() {
  showAll();
  for (const input of inputsOf("details.menu input")) input.checked = true;
  selectById("period").value = facts.wholeSpan;
  for (const input of inputsOf(`input[name="voice"][value="${facts.voice}"]`)) input.checked = true;
  filters.changed();
}

/** Says in the bar what is chosen. */
function writeFilterWords() {
  /** @param {string} name @param {string[]} chosen @param {number} all @param {(one: string) => string} one */
  const say = (name, chosen, all, one) => {
    const words = chosen.length === all ? `all ${all}` : chosen.length === 1 ? one(chosen[0]) : `${chosen.length} of ${all}`;
    const value = byId(`menu-${name}`).querySelector(".value");
    if (value) value.textContent = words;
  };
  say("frames", [...filters.frames], facts.frames.length, frameLabel);
  say("groups", [...filters.groups], facts.groups.length, (group) => group);
}
