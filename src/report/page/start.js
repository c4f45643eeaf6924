/* Puts the page together: first what is seen first, then the sentences. */

let facts;

async function start() {
  facts = await unpackedValue("facts");
  periodAt = new Map(facts.periods.map((period) => [period.label, period.at]));
  await unpackFindings();
  document.documentElement.classList.add("ready");
  buildFilters();
  buildChoices();
  buildTips();
  buildSentences();
  buildStatements();
  writeMethods();
  drawCharts();
  buildTables();
  filters.listeners.push(drawCharts, drawTable, listSentences, writeStatus);
  reading.codings = await unpackedTable("codings", (table) => (reading.codings = table));
  writeStatus();
  listSentences();
  reading.attributions = await unpackedTable("attributions", (table) => (reading.attributions = table));
  listSentences();
  document.documentElement.dataset.state = "done";
}

async function unpackFindings() {
  const tables = {};
  for (const name of ["prevalence", "comparisons", "contrasts", "sources", "excluded", "voice-all", "voice-own", "voice-attributed"]) {
    tables[name] = await unpackedTable(name);
  }
  const rows = (name) => tables[name]?.allRows() ?? [];
  findings = {
    voices: { all: rows("voice-all"), own: rows("voice-own"), attributed: rows("voice-attributed"), [facts.voice]: rows("prevalence") },
    comparisons: rows("comparisons"),
    contrasts: rows("contrasts"),
    sources: rows("sources"),
    excluded: rows("excluded"),
    names: Object.fromEntries(TABLES.map(([name]) => [name, tables[name].names])),
  };
}

/** The switches above single charts. */
function buildChoices() {
  for (const id of ["same-scale", "by-share"]) byId(id).addEventListener("change", drawPrevalence);
  byId("timeline-frame").addEventListener("change", drawTimeline);
  for (const input of document.querySelectorAll('input[name="speakers"]')) input.addEventListener("change", drawSources);
  byId("read-all").addEventListener("click", () => showSentences({}));
}

/** Gives each statement of the summary a way to its sentences. */
function buildStatements() {
  for (const item of document.querySelectorAll("#statements li[data-frame]")) {
    const { frame, group } = item.dataset;
    item.lastElementChild.append(" ", make("button", { type: "button", class: "link", text: "Read the sentences", "aria-label": `Read the sentences: ${frameLabel(frame)}${group ? `, ${group}` : ""}`, onclick: open({ frame, group, period: WHOLE_SPAN }) }));
  }
}

/** How many sentences pass the filters, for all to see and hear. */
function writeStatus() {
  const table = reading.codings;
  if (!table) return;
  const before = reading.selection;
  reading.selection = {};
  const rows = codingRows(table);
  reading.selection = before;
  const voices = filters.voice !== facts.voice ? ` Differences and contrasts were tested for voice = ${facts.voice} only.` : "";
  byId("status").textContent = `${plural(rows.length, "coded sentence")} ${rows.length === 1 ? "passes" : "pass"} the filters.${voices}`;
}

/** Frames with their definitions, and what was left out. */
function writeMethods() {
  const frames = facts.frames.flatMap((frame) => [
    make("dt", {}, paint(make("span", { class: "swatch", "aria-hidden": "true" }), frame.id), make("span", { text: frame.label })),
    make("dd", {}, make("span", { text: frame.definition || "No definition in the codebook." }), make("code", { text: frame.id })),
  ]);
  byId("frames").append(...frames);
  byId("seed").textContent = facts.seed;
  byId("study-file").textContent = facts.studyFile;
}

start().catch((error) => {
  byId("status").textContent = `This page could not be unpacked (${error.message}). The same numbers stand in the CSV files beside it.`;
  throw error;
});
