// @ts-check
// Which rows of codings or attributions stand behind a number: by filters, selection and search, in the order chosen.
import { inputById, selectById } from "./elements.js";
import { facts, personOf } from "./facts.js";
import { letThrough } from "./filters.js";
import { rowsOf } from "./findings.js";

/**
 * @typedef {import("./unpack.js").Table} Table
 * @typedef {import("./unpack.js").Column} Column
 * @typedef {import("./filters.js").Selection} Selection
 * @typedef {Record<string, (word: string) => boolean>} Tests
 */

/** The small letters of a column's words; they are made once. @type {Map<Column, string[]>} */
const smallLetters = new Map();

/** The sentences of a selection. @param {Table} table @param {Selection} selection @returns {number[]} */
export function codingRows(table, selection) {
  return matching(table, codingTests(selection));
}

/** @param {Selection} selection @returns {Tests} */
function codingTests(selection) {
  return { ...letThrough(selection), hit: (hit) => hit === "true" || inputById("below-threshold").checked };
}

/** Attributions of a source, of a group of sources, of all others, or of nobody named. @param {Table} table @param {Selection} selection @returns {number[]} */
export function wordsRows(table, selection) {
  return matching(table, { ...wordsTests(selection), canonical: canonicalOf(selection) });
}

/** @param {Selection} selection @returns {Tests} */
function wordsTests(selection) {
  const { source, kind } = selection;
  return { ...letThrough(selection), source_group: (id) => kind !== "group" || id === source, mood: (mood) => mood === "asserted" };
}

/**
 * How many rows of the whole study a selection means, held by the page or not; `null` where only the rows could tell.
 * @param {Table | null} counts @param {Selection} selection @returns {number | null}
 */
export function countedRows(counts, selection) {
  const words = selection.source !== undefined;
  if (!counts || (words && !["any", "group"].includes(selection.kind ?? ""))) return null;
  const { words: numbers, cells } = counts.column("rows");
  const rows = matching(counts, words ? wordsTests(selection) : codingTests(selection));
  return rows.reduce((sum, row) => sum + Number(numbers[cells[row]]), 0);
}

/** Which names a selection of a source means. @param {Selection} selection @returns {(name: string) => boolean} */
function canonicalOf({ source, kind, group }) {
  if (kind === "source") return (name) => personOf(name) === source;
  if (kind !== "rest") return () => true;
  if (source === facts.unnamed) return (name) => name === "";
  const own = rowsOf("sources").filter((row) => row.kind === "source" && row.group === group && row.period === facts.wholeSpan);
  const named = new Set(own.map((row) => row.source));
  return (name) => name !== "" && !named.has(personOf(name));
}

/** Rows whose words pass the test of each column that the table has. @param {Table} table @param {Tests} wanted */
function matching(table, wanted) {
  const tests = Object.entries(wanted).filter(([name]) => table.byName.has(name)).map(([name, test]) => ({ cells: table.column(name).cells, mask: table.mask(name, test) }));
  const rows = [];
  for (let row = 0; row < table.rows; row += 1) {
    if (tests.every(({ cells, mask }) => mask[cells[row]])) rows.push(row);
  }
  return rows;
}

/** Those of the rows that hold what is sought in one of the columns. @param {Table} table @param {number[]} rows @param {string[]} names */
export function searched(table, rows, names) {
  const sought = inputById("sentence-search").value.trim().toLowerCase();
  if (!sought) return rows;
  const tests = names.map((name) => ({ cells: table.column(name).cells, mask: maskOf(table.column(name), sought) }));
  return rows.filter((row) => tests.some(({ cells, mask }) => mask[cells[row]]));
}

/** Which words of a column hold what is sought. @param {Column} column @param {string} sought */
function maskOf(column, sought) {
  let small = smallLetters.get(column);
  if (small?.length !== column.words.length) {
    small = column.words.map((word) => word.toLowerCase());
    smallLetters.set(column, small);
  }
  return Uint8Array.from(small, (word) => (word.includes(sought) ? 1 : 0));
}

/** @param {Table} table @param {number[]} rows */
export function ordered(table, rows) {
  const order = selectById("sentence-order").value;
  if (order === "document" || !table.byName.has(order)) return rows;
  const { words, cells } = table.column(order);
  const places = words.map((_, place) => place).sort((a, b) => (words[a] < words[b] ? -1 : words[a] > words[b] ? 1 : 0));
  const ranks = new Uint32Array(words.length);
  places.forEach((place, rank) => (ranks[place] = rank));
  const turn = order === "probability" ? -1 : 1;
  return [...rows].sort((a, b) => turn * (ranks[cells[a]] - ranks[cells[b]]) || a - b);
}
