/* From packed elements to tables of columns. */

/** A table: each column has its distinct words once, and a number per row. */
class Table {
  constructor(names) {
    this.names = names;
    this.rows = 0;
    this.columns = names.map((name) => ({ name, words: [], cells: [], numbers: new Map() }));
    this.byName = new Map(this.columns.map((column) => [column.name, column]));
  }

  /** Adds rows as they were packed. */
  add({ rows, words, cells }) {
    this.columns.forEach((column, place) => {
      const numbers = words[place].map((word) => {
        let number = column.numbers.get(word);
        if (number === undefined) {
          number = column.words.push(word) - 1;
          column.numbers.set(word, number);
        }
        return number;
      });
      const packed = cells[place];
      for (let row = 0; row < rows; row += 1) column.cells.push(numbers[packed ? packed[row] : row]);
    });
    this.rows += rows;
  }

  column(name) {
    return this.byName.get(name);
  }

  cell(row, name) {
    const column = this.byName.get(name);
    return column ? column.words[column.cells[row]] : "";
  }

  /** The row as an object of its cells. */
  row(row) {
    return Object.fromEntries(this.columns.map((column) => [column.name, column.words[column.cells[row]]]));
  }

  allRows() {
    return Array.from({ length: this.rows }, (_, row) => this.row(row));
  }

  /** For each word of a column whether `wanted` says so: tests on rows are then one look-up. */
  mask(name, wanted) {
    const column = this.byName.get(name);
    return column ? Uint8Array.from(column.words, (word) => (wanted(word) ? 1 : 0)) : null;
  }
}

/** The value that is packed in `element`, which then gives its memory back. */
async function unpacked(element) {
  const letters = atob(element.textContent);
  element.remove();
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place += 1) bytes[place] = letters.charCodeAt(place);
  if (typeof DecompressionStream !== "function") return JSON.parse(new TextDecoder().decode(fflate.gunzipSync(bytes)));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

const packedElements = (name) => Array.from(document.querySelectorAll(`script.packed[data-name="${name}"]`));

/** One value of that name; `null` where the page holds none. */
async function unpackedValue(name) {
  const [element] = packedElements(name);
  return element ? unpacked(element) : null;
}

/** The table of that name. `progress` hears after each part, between which the page may draw. */
async function unpackedTable(name, progress = () => {}) {
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
