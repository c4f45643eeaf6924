// @ts-check
// The tables, as the CSV files have them: sorted, filtered, saved. Only the rows in sight are in the page.
import { byId, inputById, make } from "./elements.js";
import { facts } from "./facts.js";
import { filters, findingPasses } from "./filters.js";
import { namesOf, prevalence, rowsOf } from "./findings.js";
import { download } from "./saving.js";
import { count, plural } from "./words.js";

/** @typedef {import("./facts.js").Row} Row */

/** Height of a row in pixels, as the style sheet has it. */
const ROW_HEIGHT = 30;

/** Rows that are drawn above and below those in sight, and by how many the list may move before it is drawn anew. */
const AROUND = 10;
const MOVED = 5;

const view = {
  table: "",
  sort: "",
  descending: false,
  /** @type {Row[]} */
  rows: [],
  /** @type {string[]} */
  names: [],
  drawnFrom: -1,
};

export function buildTables() {
  view.table = facts.tables[0].name;
  const tabs = facts.tables.map(({ name, label }) =>
    make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "table-view", text: label, onclick: () => chooseTable(name) }));
  const list = make("div", { role: "tablist", "aria-label": "Tables" }, ...tabs);
  list.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const next = tabs[(tabs.findIndex((tab) => tab.id === `tab-${view.table}`) + step + tabs.length) % tabs.length];
    next.click();
    next.focus();
  });
  byId("table-tabs").append(list);
  byId("table-scroll").addEventListener("scroll", () => requestAnimationFrame(() => drawTableRows(false)), { passive: true });
  byId("single-periods").addEventListener("change", drawTable);
  byId("save-table").addEventListener("click", () =>
    download(`${view.table}-selection.csv`, view.names, view.rows.map((row) => view.names.map((name) => row[name]))));
  // Not every browser opens a closed part that a link leads into.
  for (const link of document.querySelectorAll('a[href^="#columns"]')) link.addEventListener("click", () => {
    const place = document.querySelector(link.getAttribute("href") ?? "");
    if (place?.parentElement instanceof HTMLDetailsElement) place.parentElement.open = true;
  });
  drawTable();
}

/** @param {string} name */
function chooseTable(name) {
  Object.assign(view, { table: name, sort: "", descending: false });
  byId("table-scroll").scrollTop = 0;
  drawTable();
}

export function drawTable() {
  for (const { name } of facts.tables) {
    const chosen = name === view.table;
    byId(`tab-${name}`).setAttribute("aria-selected", String(chosen));
    byId(`tab-${name}`).setAttribute("tabindex", chosen ? "0" : "-1");
  }
  byId("table-view").setAttribute("aria-labelledby", `tab-${view.table}`);
  byId("table-columns").setAttribute("href", `#columns-${view.table}`);
  const all = view.table === "prevalence" ? prevalence() : rowsOf(view.table);
  view.names = namesOf(view.table);
  view.rows = all.filter(findingPasses);
  if (view.sort) sortRows();
  byId("table-head").replaceChildren(...view.names.map(headCell));
  byId("table").setAttribute("aria-rowcount", String(view.rows.length + 1));
  byId("table-count").textContent = `${plural(view.rows.length, "row")} of ${count(all.length)}. ${tableNote()}`;
  drawTableRows(true);
}

function tableNote() {
  const held = facts.held[view.table];
  const notes = [];
  if (held && held.held < held.rows) notes.push(`The page holds ${count(held.held)} of the file\u2019s ${count(held.rows)} rows: those of the whole span and against the rest; all are in ${view.table}.csv.`);
  if (filters.voice !== facts.voice && view.table === "prevalence") notes.push(`Not in prevalence.csv, which the study has for voice = ${facts.voice}; computed the same way.`);
  if (filters.voice !== facts.voice && ["comparisons", "contrasts"].includes(view.table)) notes.push(`Tested for voice = ${facts.voice}, as the study asks; the voice filter changes nothing here.`);
  return notes.join(" ");
}

/** @param {string} name */
function headCell(name) {
  const sorted = view.sort === name;
  const act = () => {
    Object.assign(view, { sort: name, descending: sorted && !view.descending });
    drawTable();
    const again = byId("table-head").querySelector(`[data-name="${name}"]`);
    if (again instanceof HTMLElement) again.focus();
  };
  const sign = sorted ? (view.descending ? " \u25BE" : " \u25B4") : "";
  const button = make("button", { type: "button", "data-name": name, title: meaningOf(name), onclick: act }, make("span", { text: name }), make("span", { "aria-hidden": "true", text: sign }));
  return make("th", { scope: "col", "aria-sort": sorted ? (view.descending ? "descending" : "ascending") : "none" }, button);
}

/** What the page says of a column of the table in view. @param {string} name */
function meaningOf(name) {
  const described = byId(`columns-${view.table}`).parentElement?.querySelectorAll("tbody tr") ?? [];
  const row = Array.from(described).find((row) => row.firstElementChild?.textContent === name);
  return row?.lastElementChild?.textContent ?? null;
}

/** By number where both cells are numbers; empty cells come last either way. */
function sortRows() {
  const [name, turn] = [view.sort, view.descending ? -1 : 1];
  const collator = new Intl.Collator("en", { numeric: true });
  view.rows.sort((a, b) => {
    const [x, y] = [a[name], b[name]];
    if (x === "" || y === "") return Number(x === "") - Number(y === "");
    const [left, right] = [Number(x), Number(y)];
    return turn * (Number.isNaN(left) || Number.isNaN(right) ? collator.compare(x, y) : left - right);
  });
}

/** Draws the rows in sight and some around them; the others are empty space of the same height. @param {boolean} anew */
function drawTableRows(anew) {
  const box = byId("table-scroll");
  const first = Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT) - AROUND);
  if (!anew && Math.abs(first - view.drawnFrom) < MOVED) return;
  view.drawnFrom = first;
  const last = Math.min(view.rows.length, first + Math.ceil(box.clientHeight / ROW_HEIGHT) + 2 * AROUND + MOVED);
  const rows = view.rows.slice(first, last).map((row, place) =>
    make("tr", { "aria-rowindex": first + place + 2 }, ...view.names.map((name) => tableCell(name, row[name]))));
  byId("table-body").replaceChildren(spaceOf(first), ...rows, spaceOf(view.rows.length - last));
}

/** @param {string} name @param {string} cell */
function tableCell(name, cell) {
  const isNumber = cell !== "" && !Number.isNaN(Number(cell));
  return make("td", { class: isNumber ? "number" : null, text: cell, title: name === "note" && cell ? cell : null });
}

/** Empty space as high as so many rows. @param {number} rows */
function spaceOf(rows) {
  const cell = make("td", { colspan: view.names.length });
  cell.style.height = `${rows * ROW_HEIGHT}px`;
  return make("tr", { class: "space", "aria-hidden": "true" }, cell);
}
