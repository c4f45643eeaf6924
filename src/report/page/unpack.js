// @ts-check
// From packed elements to tables of columns.
import { fflate } from "./inflate.js";

/**
 * @typedef {{ name: string, words: string[], cells: number[], numbers: Map<string, number> }} Column
 * @typedef {{ rows: number, words: string[][], cells: (number[] | null)[] }} PackedRows
 * @typedef {Record<string, string>} Cells
 */

/** A table: each column has its distinct words once, and a number per row. */
export class Table {
  /** @param {string[]} names */
  constructor(names) {
    this.names = names;
    this.rows = 0;
    this.columns = names.map((name) => /** @type {Column} */ ({ name, words: [], cells: [], numbers: new Map() }));
    this.byName = new Map(this.columns.map((column) => [column.name, column]));
  }

  /** Adds rows as they were packed. @param {PackedRows} packed */
  add({ rows, words, cells }) {
    this.columns.forEach((column, place) => {
      const numbers = words[place].map((word) => numberOf(column, word));
      const packed = cells[place];
      for (let row = 0; row < rows; row += 1) column.cells.push(numbers[packed ? packed[row] : row]);
    });
    this.rows += rows;
  }

  /** @param {string} name @returns {Column} */
  column(name) {
    const column = this.byName.get(name);
    if (!column) throw new Error(`no column ${name}`);
    return column;
  }

  /** The row as an object of its cells. @param {number} row @returns {Cells} */
  row(row) {
    return Object.fromEntries(this.columns.map((column) => [column.name, column.words[column.cells[row]]]));
  }

  /** @returns {Cells[]} */
  allRows() {
    return Array.from({ length: this.rows }, (_, row) => this.row(row));
  }

  /** For each word of a column whether `wanted` says so: tests on rows are then one look-up. @param {string} name @param {(word: string) => boolean} wanted */
  mask(name, wanted) {
    return Uint8Array.from(this.column(name).words, (word) => (wanted(word) ? 1 : 0));
  }
}

/** The number of a word in a column, which learns it where it is new. @param {Column} column @param {string} word */
function numberOf(column, word) {
  const known = column.numbers.get(word);
  if (known !== undefined) return known;
  const number = column.words.push(word) - 1;
  column.numbers.set(word, number);
  return number;
}

/** The value that is packed in `element`, which then gives its memory back. @param {Element} element @returns {Promise<any>} */
async function unpacked(element) {
  const letters = atob(element.textContent ?? "");
  element.remove();
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place += 1) bytes[place] = letters.charCodeAt(place);
  if (typeof DecompressionStream !== "function") return JSON.parse(new TextDecoder().decode(fflate.gunzipSync(bytes)));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** @param {string} name */
function packedElements(name) {
  return Array.from(document.querySelectorAll(`script.packed[data-name="${name}"]`));
}

/** One value of that name; `null` where the page holds none. @param {string} name @returns {Promise<any>} */
export async function unpackedValue(name) {
  const [element] = packedElements(name);
  return element ? unpacked(element) : null;
}

/** The table of that name. `progress` hears after each part, between which the page may draw. @param {string} name @param {(table: Table) => void} progress */
export async function unpackedTable(name, progress = () => {}) {
  const names = await unpackedValue(`${name}-columns`);
  if (!names) return null;
  const table = new Table(names);
  for (const element of packedElements(name)) {
    table.add(await unpacked(element));
    progress(table);
    await new Promise((resume) => setTimeout(resume));
  }
  return table;
}
