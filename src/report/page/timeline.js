// @ts-check
// The chart over time: one frame, a panel for each group, all others thin behind it.
import { reachOf, shareScale } from "./drawing.js";
import { byId, draw, make, nothing, paint, selectById } from "./elements.js";
import { facts, frameLabel, isThin, periodWords, placeOf } from "./facts.js";
import { filters, shownFrames, shownGroups } from "./filters.js";
import { inGroups, prevalence } from "./findings.js";
import { leading } from "./leading.js";
import { roving, tip } from "./pointing.js";
import { prevalenceTip } from "./prevalence.js";
import { showSentences } from "./sentences.js";
import { plural } from "./words.js";

/**
 * @typedef {import("./facts.js").Row} Row
 * @typedef {import("./drawing.js").Scale} Scale
 */

/** Height of a plot in pixels, and what of it is free above the scale for its topmost label. */
const HEIGHT = 120;
const HEADROOM = 20;

const timeline = { corrected: false };

export function drawTimeline() {
  const section = byId("timeline");
  section.hidden = facts.periods.length < 2;
  if (section.hidden) return;
  const frame = chosenFrame();
  const chart = byId("timeline-chart");
  if (!frame || !filters.groups.size) return chart.replaceChildren(nothing("Nothing is chosen."));
  const rows = prevalence().filter((row) => row.frame === frame && row.period !== facts.wholeSpan && inGroups(row));
  // Few articles shall not set the scale of the others, but where nobody has more of them they are what there is.
  const sure = rows.filter((row) => !isThin(row));
  const place = shareScale(reachOf(sure.some((row) => Number(row.estimate) > 0) ? sure : rows, "estimate"));
  const corrected = rows.every((row) => row.corrected !== "" || row.estimate === "");
  timeline.corrected = corrected;
  byId("timeline-days").textContent = dayWords();
  const groups = linedGroups();
  chart.replaceChildren(...groups.map((group) => timePanel(group, rows, place, frame)));
}

/** Groups with enough articles for a line of their own, or all where none has. */
function linedGroups() {
  const spans = prevalence().filter((row) => row.period === facts.wholeSpan && !isThin(row));
  const enough = new Set(spans.map((row) => row.group));
  const groups = shownGroups();
  return groups.some((group) => enough.has(group)) ? groups.filter((group) => enough.has(group)) : groups;
}

/** What a row shows: lines go through corrected shares where all periods have one, else through counted ones. @param {Row} row */
function shownIn(row) {
  return leading(timeline.corrected ? row : { ...row, corrected: "" }, "estimate");
}

/** The frame chosen, which stays the same while it is among those shown. */
function chosenFrame() {
  const select = selectById("timeline-frame");
  const [before, frames] = [select.value, shownFrames()];
  select.replaceChildren(...frames.map((frame) => make("option", { value: frame.id, text: frame.label })));
  if (frames.some((frame) => frame.id === before)) select.value = before;
  return select.value;
}

/** How far to the right a place on the axis of time stands, in percent. @param {number} at */
function across(at) {
  const [first, last] = [facts.periods[0].at, facts.periods[facts.periods.length - 1].at];
  return last === first ? 50 : 9 + ((at - first) / (last - first)) * 89;
}

/** What the dashed lines are. */
function dayWords() {
  const days = facts.days.map(({ date, label }) => `${date} (${label})`);
  return days.length ? `Dashed lines: ${days.join(", ")}.` : "";
}

/** How far down a share stands, in pixels. @param {Scale} place @param {number} share */
function down(place, share) {
  return HEIGHT - 1 - (place.at(share) / 100) * (HEIGHT - HEADROOM);
}

/** @param {string} group @param {Row[]} rows @param {Scale} place @param {string} frame */
function timePanel(group, rows, place, frame) {
  const own = rows.filter((row) => row.group === group);
  const plot = draw("svg", { class: "plot", height: HEIGHT, role: "group", "aria-label": `${frameLabel(frame)} in ${group} over time` });
  for (const tick of place.ticks) {
    const y = down(place, tick);
    plot.append(draw("line", { class: tick === 0 ? "grid zero" : "grid", x1: 0, x2: "100%", y1: y, y2: y }));
  }
  for (const { at } of facts.days) {
    const x = `${across(at)}%`;
    plot.append(draw("line", { class: "day", x1: x, x2: x, y1: 0, y2: HEIGHT }));
  }
  plot.append(timeLines(group, rows, place));
  for (const tick of place.ticks.slice(1)) {
    const unit = tick === place.ticks[place.ticks.length - 1] ? " %" : "";
    plot.append(draw("text", { class: "halo", x: 0, y: down(place, tick) - 3, text: place.words(tick) + unit }));
  }
  for (const row of own.filter((row) => row.estimate !== "")) plot.append(timeDot(row, place));
  const documents = own.reduce((sum, row) => sum + Number(row.documents), 0);
  const heading = make("h3", {}, make("bdi", { text: group }), make("span", { class: "count", text: ` ${plural(documents, "article")}` }));
  const ends = [facts.periods[0], facts.periods[facts.periods.length - 1]].map(({ label }) => make("span", { text: shortPeriod(label) }));
  const panel = make("section", { class: "panel time" }, heading, plot, make("p", { class: "ends", "aria-hidden": "true" }, ...ends));
  return roving(paint(panel, frame));
}

/** The lines of all groups, that of `group` with its ribbon before the others. @param {string} group @param {Row[]} rows @param {Scale} place */
function timeLines(group, rows, place) {
  const lines = draw("svg", { viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none", width: "100%", height: HEIGHT, "aria-hidden": "true" });
  for (const other of shownGroups().filter((other) => other !== group)) {
    const others = runs(rows.filter((row) => row.group === other));
    lines.append(...others.map((run) => draw("path", { class: "behind", d: linePath(run, place) })));
  }
  for (const run of runs(rows.filter((row) => row.group === group))) {
    const banded = run.filter((row) => shownIn(row).low !== null);
    if (banded.length > 1) lines.append(draw("path", { class: "ribbon", d: ribbonPath(banded, place) }));
    lines.append(draw("path", { class: "line", d: linePath(run, place) }));
  }
  return lines;
}

/** @param {string} label */
function shortPeriod(label) {
  return periodWords(label).replace(", week ", " wk ");
}

/** A point in time; one off the scale is a tip at its edge. @param {Row} row @param {Scale} place */
function timeDot(row, place) {
  const share = shownIn(row).value ?? 0;
  const [x, height] = [`${across(placeOf(row.period))}%`, down(place, share)];
  const look = isThin(row) ? "dot hollow" : "dot";
  const off = draw("svg", { x, y: height, overflow: "visible" }, draw("path", { class: look, d: "M-4,3 L0,-4 L4,3Z" }));
  const mark = place.beyond(share) ? off : draw("circle", { class: look, cx: x, cy: height, r: 3.2 });
  const target = draw("circle", { class: "target", cx: x, cy: height, r: 9 });
  const act = () => showSentences({ frame: row.frame, group: row.group, period: row.period });
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  };
  const dot = draw("g", { role: "button", class: "point", "data-tip": true, onclick: act, onkeydown: press }, target, mark);
  return tip(dot, prevalenceTip(row));
}

/** Rows of neighbouring periods together: where nothing was published the line breaks. @param {Row[]} rows */
function runs(rows) {
  /** @type {Row[][]} */
  const all = [];
  for (const row of rows.filter((row) => row.estimate !== "")) {
    const run = all[all.length - 1];
    const before = run?.[run.length - 1];
    if (before && placeOf(row.period) - placeOf(before.period) === 1) run.push(row);
    else all.push([row]);
  }
  return all;
}

/** A place on the plot where a number of a row stands. @param {Row} row @param {"value" | "low" | "high"} end @param {Scale} place */
function corner(row, end, place) {
  return `${across(placeOf(row.period)).toFixed(2)},${down(place, shownIn(row)[end] ?? 0).toFixed(2)}`;
}

/** @param {Row[]} run @param {Scale} place */
function linePath(run, place) {
  return `M${run.map((row) => corner(row, "value", place)).join("L")}`;
}

/** @param {Row[]} run @param {Scale} place */
function ribbonPath(run, place) {
  const [above, below] = /** @type {const} */ (["high", "low"]).map((end) => run.map((row) => corner(row, end, place)));
  return `M${[...above, ...below.reverse()].join("L")}Z`;
}
