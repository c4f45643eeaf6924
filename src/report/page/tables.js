/* The tables, as the CSV files have them: sorted, filtered, saved. Only the rows in sight are in the page. */

const ROW_HEIGHT = 30;
const TABLES = [
  ["prevalence", "Prevalence"],
  ["comparisons", "Differences"],
  ["contrasts", "Contrasts"],
  ["sources", "Sources"],
  ["excluded", "Excluded records"],
];

const view = { table: "prevalence", sort: null, descending: false, rows: [], names: [] };

function buildTables() {
  const tabs = TABLES.map(([name, label]) =>
    make("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "table-view", text: label, onclick: () => chooseTable(name) }));
  const list = make("div", { role: "tablist", "aria-label": "Tables" }, ...tabs);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.findIndex((tab) => tab.id === `tab-${view.table}`) + step + tabs.length) % tabs.length];
    next.click();
    next.focus();
  });
  byId("table-tabs").append(list);
  byId("table-scroll").addEventListener("scroll", () => requestAnimationFrame(drawTableRows), { passive: true });
  byId("single-periods").addEventListener("change", drawTable);
  byId("save-table").addEventListener("click", () =>
    download(`${view.table}-selection.csv`, view.names, view.rows.map((row) => view.names.map((name) => row[name]))));
  drawTable();
}

function chooseTable(name) {
  Object.assign(view, { table: name, sort: null, descending: false });
  byId("table-scroll").scrollTop = 0;
  drawTable();
}

/** Whether a row of a table of findings passes the filters. */
function passes(row) {
  const frames = [row.frame, row.frame_a, row.frame_b].filter((frame) => frame !== undefined);
  const groups = [row.group, row.group_a].filter((group) => group !== undefined);
  const inSpan = row.period === undefined || row.period === filters.period || (filters.period === WHOLE_SPAN && byId("single-periods").checked);
  return inSpan && (!frames.length || frames.some((frame) => filters.frames.has(frame))) && groups.every((group) => filters.groups.has(group));
}

function drawTable() {
  for (const [name] of TABLES) {
    const chosen = name === view.table;
    byId(`tab-${name}`).setAttribute("aria-selected", chosen);
    byId(`tab-${name}`).setAttribute("tabindex", chosen ? "0" : "-1");
  }
  byId("table-view").setAttribute("aria-labelledby", `tab-${view.table}`);
  const all = view.table === "prevalence" ? prevalence() : findings[view.table];
  view.names = findings.names[view.table];
  view.rows = all.filter(passes);
  if (view.sort) sortRows();
  byId("table-head").replaceChildren(...view.names.map(headCell));
  byId("table").setAttribute("aria-rowcount", view.rows.length + 1);
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

function headCell(name) {
  const sorted = view.sort === name;
  const act = () => {
    Object.assign(view, { sort: name, descending: sorted && !view.descending });
    drawTable();
    byId("table-head").querySelector(`[data-name="${name}"]`).focus();
  };
  const sign = sorted ? (view.descending ? " \u25BE" : " \u25B4") : "";
  const button = make("button", { type: "button", "data-name": name, onclick: act }, make("span", { text: name }), make("span", { "aria-hidden": "true", text: sign }));
  return make("th", { scope: "col", "aria-sort": sorted ? (view.descending ? "descending" : "ascending") : "none" }, button);
}

/** By number where both cells are numbers; empty cells come last either way. */
function sortRows() {
  const [name, turn] = [view.sort, view.descending ? -1 : 1];
  const collator = new Intl.Collator("en", { numeric: true });
  view.rows.sort((a, b) => {
    const [x, y] = [a[name], b[name]];
    if (x === "" || y === "") return (x === "") - (y === "");
    const [left, right] = [Number(x), Number(y)];
    return turn * (Number.isNaN(left) || Number.isNaN(right) ? collator.compare(x, y) : left - right);
  });
}

/** Draws the rows in sight and some around them; the others are empty space of the same height. */
let drawnFrom = -1;
function drawTableRows(anew = false) {
  const box = byId("table-scroll");
  const first = Math.max(0, Math.floor(box.scrollTop / ROW_HEIGHT) - 10);
  if (anew !== true && Math.abs(first - drawnFrom) < 5) return;
  drawnFrom = first;
  const last = Math.min(view.rows.length, first + Math.ceil(box.clientHeight / ROW_HEIGHT) + 25);
  const space = (rows) => {
    const row = make("tr", { class: "space", "aria-hidden": "true" }, make("td", { colspan: view.names.length }));
    row.firstChild.style.height = `${rows * ROW_HEIGHT}px`;
    return row;
  };
  const rows = view.rows.slice(first, last).map((row, place) =>
    make("tr", { "aria-rowindex": first + place + 2 }, ...view.names.map((name) => {
      const isNumber = row[name] !== "" && !Number.isNaN(Number(row[name]));
      return make("td", { class: isNumber ? "number" : null, text: row[name], title: name === "note" && row[name] ? row[name] : null });
    })));
  byId("table-body").replaceChildren(space(first), ...rows, space(view.rows.length - last));
}
