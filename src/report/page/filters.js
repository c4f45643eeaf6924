/* What is shown: frames, groups, one period or all, whose voice. */

const WHOLE_SPAN = "all";
const VOICES = [
  ["all", "All voices"],
  ["own", "Outlet\u2019s own"],
  ["attributed", "Sources\u2019"],
];

const filters = {
  frames: new Set(),
  groups: new Set(),
  period: WHOLE_SPAN,
  voice: "all",
  listeners: [],
  /** Tells everybody that something has changed. */
  changed() {
    writeFilterWords();
    for (const listener of filters.listeners) listener();
  },
};

const frameOf = (id) => facts.frames.find((frame) => frame.id === id) ?? { id, label: id, definition: "", light: "#555", dark: "#aaa" };
const frameLabel = (id) => frameOf(id).label;
const shownFrames = () => facts.frames.filter((frame) => filters.frames.has(frame.id));
const shownGroups = () => facts.groups.filter((group) => filters.groups.has(group));

/** Builds the bar of filters. */
function buildFilters() {
  filters.frames = new Set(facts.frames.map((frame) => frame.id));
  filters.groups = new Set(facts.groups);
  filters.voice = facts.voice;
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
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
    event.stopImmediatePropagation();
  });
  writeFilterWords();
}

function closeMenus(event) {
  for (const open of document.querySelectorAll("details.menu[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
}

/** A menu of check boxes over the set `filters[name]`. */
function menu(name, title, choices) {
  const box = ({ value, label, frame }) => {
    const input = make("input", { type: "checkbox", value, checked: true });
    input.addEventListener("change", () => {
      if (input.checked) filters[name].add(value);
      else filters[name].delete(value);
      filters.changed();
    });
    const swatch = frame ? make("span", { class: "swatch", "aria-hidden": "true" }) : null;
    if (frame) paint(swatch, frame);
    return make("label", {}, input, swatch, make("bdi", { text: label }));
  };
  const all = (checked) => () => {
    for (const input of list.querySelectorAll("input")) input.checked = checked;
    filters[name] = new Set(checked ? choices.map(({ value }) => value) : []);
    filters.changed();
  };
  const list = make("fieldset", {}, make("legend", { class: "unseen", text: title }), ...choices.map(box));
  const buttons = make(
    "p",
    { class: "buttons" },
    make("button", { type: "button", class: "quiet", text: "All", onclick: all(true) }),
    make("button", { type: "button", class: "quiet", text: "None", onclick: all(false) }),
  );
  return make(
    "details",
    { class: "menu", id: `menu-${name}` },
    make("summary", {}, make("span", { class: "caption", text: title }), make("span", { class: "value" })),
    make("div", { class: "sheet" }, buttons, list),
  );
}

function periodChoice() {
  const options = [make("option", { value: WHOLE_SPAN, text: "Whole span" })];
  for (const period of facts.periods) options.push(make("option", { value: period.label, text: periodWords(period.label) }));
  const select = make("select", { id: "period", disabled: facts.periods.length === 0 }, ...options);
  select.addEventListener("change", () => {
    filters.period = select.value;
    filters.changed();
  });
  return make("label", { class: "field" }, make("span", { class: "caption", text: "Period" }), select);
}

function voiceChoice() {
  const radios = VOICES.map(([value, label]) => {
    const input = make("input", { type: "radio", name: "voice", value, checked: value === facts.voice });
    input.addEventListener("change", () => {
      filters.voice = value;
      filters.changed();
    });
    return make("label", {}, input, make("span", { text: label }));
  });
  const legend = make("legend", { class: "caption", text: "Voice" });
  return make("fieldset", { class: "segments" }, legend, make("div", {}, ...radios));
}

function reset() {
  for (const input of document.querySelectorAll("details.menu input")) input.checked = true;
  filters.frames = new Set(facts.frames.map((frame) => frame.id));
  filters.groups = new Set(facts.groups);
  filters.period = WHOLE_SPAN;
  filters.voice = facts.voice;
  byId("period").value = WHOLE_SPAN;
  document.querySelector(`input[name="voice"][value="${facts.voice}"]`).checked = true;
  filters.changed();
}

/** Says in the bar what is chosen. */
function writeFilterWords() {
  const say = (name, chosen, all, one) => {
    const words = chosen.length === all ? `all ${all}` : chosen.length === 1 ? one(chosen[0]) : `${chosen.length} of ${all}`;
    byId(`menu-${name}`).querySelector(".value").textContent = words;
  };
  say("frames", [...filters.frames], facts.frames.length, frameLabel);
  say("groups", [...filters.groups], facts.groups.length, (group) => group);
}

/** A period as people say it: "2022-W04" is "week 4 of 2022", "..2022-01-25" is "until 2022-01-25". */
function periodWords(label) {
  const week = /^(\d{4})-W(\d\d)$/.exec(label);
  if (week) return `${week[1]}, week ${Number(week[2])}`;
  if (label === WHOLE_SPAN) return "whole span";
  const [from, to] = label.split("..");
  if (to === undefined) return label;
  if (from === "") return to === "" ? "all days" : `until ${to}`;
  return to === "" ? `from ${from}` : `${from} to ${to}`;
}
