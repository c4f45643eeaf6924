// @ts-check
// Who gets to speak: a panel for each group, a row for each of the sources heard most.
import { axisRow, dotRow } from "./dot_rows.js";
import { dotTrack, reachOf, shareScale } from "./drawing.js";
import { byId, inputById, make, nothing } from "./elements.js";
import { facts, isThin } from "./facts.js";
import { shownGroups } from "./filters.js";
import { inGroups, inPeriod, rowsOf } from "./findings.js";
import { roving } from "./pointing.js";
import { count, intervalWords, number, percent, plural } from "./words.js";

/**
 * @typedef {import("./facts.js").Row} Row
 * @typedef {import("./drawing.js").Scale} Scale
 */

export function drawSources() {
  const section = byId("sources");
  const all = rowsOf("sources");
  section.hidden = all.length === 0;
  if (section.hidden) return;
  const hasGroups = all.some((row) => row.kind === "group");
  byId("speaker-choice").hidden = !hasGroups;
  const kind = hasGroups && inputById("speaker-groups").checked ? "group" : "source";
  const rows = all.filter((row) => inPeriod(row) && inGroups(row) && (row.kind === kind || row.kind === "rest"));
  const named = rows.filter((row) => row.kind === kind);
  const place = shareScale(reachOf(named.filter((row) => !isThin(row)), "share"));
  const panels = shownGroups().map((group) => {
    const total = rows.find((row) => row.group === group)?.all_attributed ?? "0";
    return speakersPanel(group, total, named, place);
  });
  byId("sources-chart").replaceChildren(...(panels.length ? panels : [nothing("Nothing is chosen.")]));
}

/** @param {string} group @param {string} total @param {Row[]} named @param {Scale} place */
function speakersPanel(group, total, named, place) {
  const own = named.filter((row) => row.group === group);
  own.sort((a, b) => (number(b.share) ?? -1) - (number(a.share) ?? -1));
  const heading = make("h3", {}, make("bdi", { text: group }), make("span", { class: "count", text: ` ${plural(total, "attributed sentence")}` }));
  const panel = make("section", { class: "panel speakers" }, heading);
  panel.append(...own.slice(0, facts.limits.speakers).map((row) => speakerRow(row, place)));
  panel.append(own.length ? axisRow(place) : nothing("Nobody speaks in two articles or more."));
  return roving(panel);
}

/** @param {Row} row @param {Scale} place */
function speakerRow(row, place) {
  const [value, low, high] = [row.share, row.conf_low, row.conf_high].map(number);
  const kinds = `quoted ${count(row.direct)}, reported ${count(row.indirect)}, partly quoted ${count(row.mixed)}`;
  const lines = [
    `${row.source} in ${row.group}`,
    value === null ? "No share" : `${percent(value)} of attributed sentences \u2013 ${intervalWords(low, high, percent, "no interval")}`,
    `${count(row.attributed_sentences)} of ${plural(row.all_attributed, "attributed sentence")}, ${plural(row.documents, "article")}; ${kinds}`,
    row.note,
  ];
  const track = dotTrack(place, { value, low, high, hollow: isThin(row) });
  const behind = { source: row.source, kind: row.kind, group: row.group, period: row.period };
  return dotRow({ name: row.source, track, value: value === null ? "\u2013" : percent(value, place.end), lines, behind });
}
