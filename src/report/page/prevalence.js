// @ts-check
// The chart of how often each frame appears: a panel for each frame, a row for each group.
import { axisRow, dotRow, frameHeading } from "./dot_rows.js";
import { dotTrack, reachOf, shareScale } from "./drawing.js";
import { byId, inputById, make, nothing, paint } from "./elements.js";
import { facts, frameLabel, isThin, periodWords } from "./facts.js";
import { filters, shownFrames } from "./filters.js";
import { inGroups, inPeriod, prevalence } from "./findings.js";
import { correctionWords, leading } from "./leading.js";
import { roving } from "./pointing.js";
import { count, intervalWords, percent, plural } from "./words.js";

/** @typedef {import("./facts.js").Row} Row */

/** The words of a cell of prevalence. @param {Row} row */
export function prevalenceTip(row) {
  const { value: share, low, high } = leading(row, "estimate");
  const all = facts.unit === "sentence" ? row.sentences : row.documents;
  return [
    `${frameLabel(row.frame)}, ${row.group}${row.period === facts.wholeSpan ? "" : `, ${periodWords(row.period)}`}`,
    share === null ? "No share" : `${percent(share)} \u2013 ${intervalWords(low, high, percent, "no interval")}`,
    correctionWords(row, "estimate", percent),
    `${count(row.hits)} of ${plural(all, facts.unit)}, ${plural(row.documents, "article")}`,
    row.note,
  ];
}

export function drawPrevalence() {
  const rows = prevalence().filter((row) => inPeriod(row) && inGroups(row) && filters.frames.has(row.frame));
  const shared = inputById("same-scale").checked ? shareScale(reachOf(rows, "estimate")) : null;
  const panels = shownFrames().map((frame) => {
    const own = rows.filter((row) => row.frame === frame.id);
    if (inputById("by-share").checked) own.sort((a, b) => (leading(b, "estimate").value ?? -1) - (leading(a, "estimate").value ?? -1));
    const place = shared ?? shareScale(reachOf(own, "estimate"));
    const panel = paint(make("section", { class: "panel" }, frameHeading(frame)), frame.id);
    panel.append(...own.map((row) => shareRow(row, place)), axisRow(place));
    return roving(panel);
  });
  byId("prevalence-chart").replaceChildren(...(panels.length && filters.groups.size ? panels : [nothing("Nothing is chosen.")]));
}

/** @param {Row} row @param {import("./drawing.js").Scale} place */
function shareRow(row, place) {
  const { value, low, high } = leading(row, "estimate");
  const track = dotTrack(place, { value, low, high, hollow: isThin(row) });
  const behind = { frame: row.frame, group: row.group, period: row.period };
  return dotRow({ name: row.group, track, value: value === null ? "\u2013" : percent(value, place.end), lines: prevalenceTip(row), behind });
}
