// @ts-check
// The rows of the tables of findings, unpacked, and which of them the filters leave.
import { facts } from "./facts.js";
import { filters } from "./filters.js";
import { unpackedTable } from "./unpack.js";

/** @typedef {import("./facts.js").Row} Row */

/** Rows and columns of each table, by its name. @type {Map<string, { names: string[], rows: Row[] }>} */
const tables = new Map();

/** Unpacks every table of findings, and prevalence by every voice. */
export async function unpackFindings() {
  const voices = facts.voices.map(({ name }) => `voice-${name}`);
  for (const name of [...facts.tables.map((table) => table.name), ...voices]) {
    const table = await unpackedTable(name);
    if (table) tables.set(name, { names: table.names, rows: table.allRows() });
  }
}

/** @param {string} table @returns {Row[]} */
export function rowsOf(table) {
  return tables.get(table)?.rows ?? [];
}

/** @param {string} table @returns {string[]} */
export function namesOf(table) {
  return tables.get(table)?.names ?? [];
}

/** The rows of prevalence of the chosen voice. */
export function prevalence() {
  return rowsOf(filters.voice === facts.voice ? "prevalence" : `voice-${filters.voice}`);
}

/** @param {Row} row */
export function inPeriod(row) {
  return row.period === filters.period;
}

/** @param {Row} row */
export function inGroups(row) {
  return filters.groups.has(row.group);
}
