// @ts-check
// Puts the page together: first what is seen first, then the sentences.
import { drawContrasts } from "./contrasts.js";
import { drawDifferences } from "./differences.js";
import { byId, inputsOf, make, swatch } from "./elements.js";
import { facts, fillFacts, frameLabel } from "./facts.js";
import { buildFilters, filters } from "./filters.js";
import { unpackFindings } from "./findings.js";
import { buildTips } from "./pointing.js";
import { drawPrevalence } from "./prevalence.js";
import { countedRows } from "./selection.js";
import { buildSentences, listSentences, reading, showSentences } from "./sentences.js";
import { drawSources } from "./sources.js";
import { buildTables, drawTable } from "./tables.js";
import { drawTimeline } from "./timeline.js";
import { unpackedTable, unpackedValue } from "./unpack.js";
import { plural } from "./words.js";

async function start() {
  fillFacts(await unpackedValue("facts"));
  await unpackFindings();
  document.documentElement.classList.add("ready");
  byId("shares").removeAttribute("open");
  buildFilters();
  buildChoices();
  buildTips();
  buildSentences();
  buildStatements();
  writeMethods();
  drawCharts();
  buildTables();
  filters.listeners.push(drawCharts, drawTable, listSentences, writeStatus);
  for (const name of /** @type {const} */ (["codings", "attributions"])) reading.counts[name] = await unpackedTable(`${name}-counts`);
  writeStatus();
  reading.codings = await unpackedTable("codings", (table) => (reading.codings = table));
  listSentences();
  reading.attributions = await unpackedTable("attributions", (table) => (reading.attributions = table));
  listSentences();
  document.documentElement.dataset.state = "done";
}

function drawCharts() {
  drawPrevalence();
  drawTimeline();
  drawDifferences();
  drawContrasts();
  drawSources();
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("nav a"))) {
    link.hidden = byId(link.hash.slice(1)).hidden;
  }
}

/** The switches above single charts. */
function buildChoices() {
  for (const id of ["same-scale", "by-share"]) byId(id).addEventListener("change", drawPrevalence);
  byId("timeline-frame").addEventListener("change", drawTimeline);
  for (const input of inputsOf('input[name="speakers"]')) input.addEventListener("change", drawSources);
  byId("read-all").addEventListener("click", () => showSentences({}));
}

/** Gives each statement of the summary a way to its sentences. */
function buildStatements() {
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#statements li[data-frame]"))) {
    const { frame = "", group } = item.dataset;
    // Of a group of frames, and of a frame that is coded of whole articles, no sentence is listed.
    if (!facts.frames.some(({ id, whole }) => id === frame && !whole)) continue;
    const label = `Read the sentences: ${frameLabel(frame)}${group ? `, ${group}` : ""}`;
    const onclick = () => showSentences({ frame, group, period: facts.wholeSpan });
    const button = make("button", { type: "button", class: "link", text: "Read the sentences", "aria-label": label, onclick });
    item.lastElementChild?.append(" ", button);
  }
}

/** How many sentences pass the filters, for all to see and hear. */
function writeStatus() {
  const rows = countedRows(reading.counts.codings, {});
  if (rows === null) return;
  const voices = filters.voice !== facts.voice ? ` Differences and contrasts were tested for voice = ${facts.voice} only.` : "";
  byId("status").textContent = `${plural(rows, "coded sentence")} ${rows === 1 ? "passes" : "pass"} the filters.${voices}`;
}

/** Frames with their definitions, and what was left out. */
function writeMethods() {
  const frames = facts.frames.flatMap((frame) => [
    make("dt", {}, swatch(frame.id), make("span", { text: frame.label })),
    make("dd", {}, make("span", { text: frame.definition || "No definition in the codebook." }), make("code", { text: frame.id })),
  ]);
  byId("frames").append(...frames);
  byId("seed").textContent = facts.seed;
  byId("study-file").textContent = facts.studyFile;
}

start().catch((error) => {
  for (const id of ["loading", "status"]) byId(id).textContent = `This page could not be unpacked (${error.message}). The same numbers stand in the CSV files beside it.`;
  throw error;
});
