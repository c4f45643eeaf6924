// @ts-check
// The sentences behind the numbers: a panel with a list, of which only what is in sight is in the page.
import { byId, inputById, make, marked, swatch } from "./elements.js";
import { facts, frameLabel, periodWords, personOf } from "./facts.js";
import { filters } from "./filters.js";
import { download } from "./saving.js";
import { codingRows, countedRows, ordered, searched, wordsRows } from "./selection.js";
import { CUE_BREAK, drawSentence } from "./sentence.js";
import { count, plural } from "./words.js";

/**
 * @typedef {import("./facts.js").Row} Row
 * @typedef {import("./unpack.js").Table} Table
 * @typedef {import("./selection.js").Selection} Selection
 */

/** Height of an item in pixels, as the style sheet has it. */
const ITEM_HEIGHT = 76;

/** Items that are drawn above and below those in sight, and by how many the list may move before it is drawn anew. */
const ITEMS_AROUND = 4;
const ITEMS_MOVED = 2;

/** A cue further from the beginning than this is shown from shortly before it, both in characters. */
const FAR = 110;
const BEFORE_CUE = 60;

/** Milliseconds without a key after which a search begins. */
const PAUSE = 120;

export const reading = {
  /** @type {Selection} */
  selection: {},
  /** Whether attributions are read, not codings. */
  words: false,
  /** @type {number[]} */
  rows: [],
  at: 0,
  drawnFrom: -1,
  /** @type {Element | null} */
  opener: null,
  /** @type {Table | null} */
  codings: null,
  /** @type {Table | null} */
  attributions: null,
  /** How many rows there are of each kind. @type {{ codings: Table | null, attributions: Table | null }} */
  counts: { codings: null, attributions: null },
};

export function buildSentences() {
  byId("close-sentences").addEventListener("click", closeSentences);
  byId("sentence-search").addEventListener("input", debounced(listSentences));
  for (const id of ["sentence-order", "below-threshold"]) byId(id).addEventListener("change", listSentences);
  byId("save-sentences").addEventListener("click", saveSentences);
  byId("drop-selection").addEventListener("click", () => {
    reading.selection = reading.words ? { source: "", kind: "any" } : {};
    listSentences();
  });
  const list = byId("sentence-list");
  list.addEventListener("scroll", () => requestAnimationFrame(() => drawItems(false)), { passive: true });
  list.addEventListener("keydown", moveInList);
  list.addEventListener("click", (event) => {
    const item = event.target instanceof Element ? event.target.closest("[data-at]") : null;
    if (item instanceof HTMLElement) openSentence(Number(item.dataset.at));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !byId("sentences").hidden) closeSentences();
  });
}

/** @param {() => void} act */
function debounced(act) {
  let waiting = 0;
  return () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(act, PAUSE);
  };
}

/** Opens the panel on what a number rests on: frame or frames, group, period, or a source. @param {Selection} selection */
export function showSentences(selection) {
  reading.selection = selection;
  reading.words = selection.source !== undefined;
  reading.opener = document.activeElement;
  inputById("sentence-search").value = "";
  byId("sentences").hidden = false;
  document.body.classList.add("reading");
  listSentences();
  byId("sentences-title").focus({ preventScroll: true });
}

function closeSentences() {
  byId("sentences").hidden = true;
  document.body.classList.remove("reading");
  const { opener } = reading;
  if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true });
}

function readingTable() {
  return reading.words ? reading.attributions : reading.codings;
}

/** The rows that pass filters, selection and search, in the order chosen. */
export function listSentences() {
  if (byId("sentences").hidden) return;
  const table = readingTable();
  writeSelection();
  const below = byId("below-threshold").closest("label");
  if (below) below.hidden = reading.words;
  if (!table) {
    byId("sentence-count").textContent = "Unpacking \u2026";
    return;
  }
  const rows = reading.words ? wordsRows(table, reading.selection) : codingRows(table, reading.selection);
  const names = reading.words ? ["content", "source", "canonical"] : ["text", "source", "cues", "rules"];
  reading.rows = ordered(table, searched(table, rows, names));
  reading.at = 0;
  byId("sentence-list").scrollTop = 0;
  byId("sentence-count").textContent = countWords(table);
  drawItems(true);
  drawChosen();
}

/** @param {Table} table */
function countWords(table) {
  const { cells } = table.column("document");
  const articles = new Set(reading.rows.map((row) => cells[row])).size;
  const stretches = reading.rows.length === 1 ? "1 stretch of words" : `${count(reading.rows.length)} stretches of words`;
  const amount = reading.words ? stretches : plural(reading.rows.length, "sentence");
  return `${amount} in ${plural(articles, "article")}.${whyNone()}${drawWords()}`;
}

/** Why a frame has no sentences; nothing of others. */
function whyNone() {
  const { frame } = reading.selection;
  if (!frame || reading.words) return "";
  const known = facts.frames.find(({ id }) => id === frame);
  if (!known) return " It is a group of frames: choose one of them.";
  return known.whole ? " The frame was coded of whole articles, not of their sentences." : "";
}

/** What of the study's rows the list is drawn from; nothing where the page holds them all. */
function drawWords() {
  const name = reading.words ? "attributions" : "codings";
  const { held, rows } = facts.held[name];
  if (held >= rows) return "";
  const all = inputById("sentence-search").value.trim() ? null : countedRows(reading.counts[name], reading.selection);
  const from = all === null ? "" : ` A random draw from ${count(all)}.`;
  return `${from} The page holds ${count(held)} of ${count(rows)} rows, drawn evenly from groups, periods${reading.words ? "" : ", frames and voices"}; all are in ${name}.csv.`;
}

/** Says what was chosen, as a tag that can be dropped. */
function writeSelection() {
  const { frame, frames, group, period, source } = reading.selection;
  const parts = [
    source || null,
    frame ? frameLabel(frame) : null,
    frames ? frames.map(frameLabel).join(" or ") : null,
    group,
    period && period !== facts.wholeSpan ? periodWords(period) : null,
  ].filter(Boolean);
  byId("sentences-title").textContent = reading.words ? "Words given to sources" : "Sentences";
  byId("selection").hidden = parts.length === 0;
  byId("selection-words").textContent = parts.join(" \u00b7 ");
  const voice = facts.voices.find(({ name }) => name === filters.voice)?.label ?? "";
  byId("sentence-filters").textContent = filters.voice === "all" || reading.words ? "" : `Voice: ${voice}`;
}

/** @param {KeyboardEvent} event */
function moveInList(event) {
  const page = Math.max(1, Math.floor(byId("sentence-list").clientHeight / ITEM_HEIGHT) - 1);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  const step = Object.entries(steps).find(([key]) => key === event.key)?.[1];
  if (step === undefined || !reading.rows.length) return;
  event.preventDefault();
  openSentence(Math.max(0, Math.min(reading.rows.length - 1, reading.at + step)));
}

/** @param {number} at */
function openSentence(at) {
  reading.at = at;
  const list = byId("sentence-list");
  const top = at * ITEM_HEIGHT;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + ITEM_HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + ITEM_HEIGHT - list.clientHeight;
  drawItems(true);
  drawChosen();
}

function drawChosen() {
  const table = readingTable();
  drawSentence(table && reading.rows.length ? table.row(reading.rows[reading.at]) : null, reading.words);
}

/** Draws the items in sight and some around them. @param {boolean} anew */
function drawItems(anew) {
  const [list, table] = [byId("sentence-list"), readingTable()];
  const first = Math.max(0, Math.floor(list.scrollTop / ITEM_HEIGHT) - ITEMS_AROUND);
  if (!table || (!anew && Math.abs(first - reading.drawnFrom) < ITEMS_MOVED)) return;
  reading.drawnFrom = first;
  const last = Math.min(reading.rows.length, first + Math.ceil(list.clientHeight / ITEM_HEIGHT) + 2 * ITEMS_AROUND);
  const space = byId("sentence-space");
  space.style.height = `${Math.max(1, reading.rows.length) * ITEM_HEIGHT}px`;
  const items = [];
  for (let at = first; at < last; at += 1) items.push(listItem(table.row(reading.rows[at]), at));
  space.replaceChildren(...items);
  if (reading.rows.length) list.setAttribute("aria-activedescendant", `item-${reading.at}`);
  else list.removeAttribute("aria-activedescendant");
}

/** @param {Row} row @param {number} at */
function listItem(row, at) {
  const chosen = at === reading.at;
  const head = make("span", { class: "meta" });
  if (!reading.words) head.append(swatch(row.frame, { title: frameLabel(row.frame) }));
  head.append(make("bdi", { text: [row.group, row.date, whose(row)].filter(Boolean).join(" \u00b7 ") }));
  if (row.stance === "against") head.append(make("span", { class: "against", text: "rejected" }));
  const text = reading.words ? [make("span", { text: row.content })] : marked(around(row), row.cues.split(CUE_BREAK));
  const item = make(
    "div",
    { role: "option", id: `item-${at}`, class: chosen ? "item chosen" : "item", "data-at": at, "aria-selected": chosen, "aria-posinset": at + 1, "aria-setsize": reading.rows.length },
    head,
    make("bdi", { class: "text" }, ...text),
  );
  item.style.top = `${at * ITEM_HEIGHT}px`;
  return item;
}

/** Whose words they are, in a word or two. @param {Row} row */
function whose(row) {
  if (reading.words) return personOf(row.canonical) || row.source || "nobody named";
  if (row.voice === "attributed") return row.source || "a source";
  return row.voice === "own" ? "own voice" : "voice not known";
}

/** A sentence from shortly before its first cue, where that stands far from its beginning. @param {Row} row */
function around({ text, cues }) {
  const first = text.indexOf(cues.split(CUE_BREAK)[0]);
  if (first < FAR) return text;
  const space = text.indexOf(" ", first - BEFORE_CUE);
  return `\u2026${text.slice(space > 0 && space < first ? space : first - BEFORE_CUE)}`;
}

function saveSentences() {
  const table = readingTable();
  if (!table) return;
  const rows = reading.rows.map((row) => table.columns.map((column) => column.words[column.cells[row]]));
  download(`${reading.words ? "attributions" : "codings"}-selection.csv`, table.names, rows);
}
