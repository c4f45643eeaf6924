// @ts-check
// Two frames held against each other: a panel for each pair, a row for each group.
import { dotRow } from "./dot_rows.js";
import { axis, dotTrack, ratioScale } from "./drawing.js";
import { byId, draw, make, nothing, paint, swatch } from "./elements.js";
import { frameLabel, holdsUp } from "./facts.js";
import { filters } from "./filters.js";
import { inGroups, inPeriod, rowsOf } from "./findings.js";
import { leading } from "./leading.js";
import { roving } from "./pointing.js";
import { count, qWords, times } from "./words.js";

/**
 * @typedef {import("./facts.js").Row} Row
 * @typedef {import("./drawing.js").Scale} Scale
 */

/** The scale goes no further than this many of the one for each of the other. */
const MOST_TIMES = 300;

export function drawContrasts() {
  const section = byId("contrasts");
  const all = rowsOf("contrasts");
  section.hidden = all.length === 0;
  if (section.hidden) return;
  const rows = all.filter((row) => inPeriod(row) && inGroups(row));
  const pairs = new Map(all.map((row) => [`${row.frame_a}\n${row.frame_b}`, row]));
  const ends = rows.map((row) => leading(row, "log_ratio")).flatMap(({ value, low, high }) => [value ?? 0, low ?? 0, high ?? 0]);
  const most = Math.log(MOST_TIMES);
  const place = ratioScale(Math.max(-most, Math.min(0, ...ends)), Math.min(most, Math.max(0, ...ends)));
  const panels = [...pairs.values()].map(({ frame_a, frame_b }) => contrastPanel(frame_a, frame_b, rows, place));
  byId("contrasts-chart").replaceChildren(...(filters.groups.size ? panels : [nothing("Nothing is chosen.")]));
}

/** @param {string} a @param {string} b @param {Row[]} rows @param {Scale} place */
function contrastPanel(a, b, rows, place) {
  const left = make("span", {}, swatch(b), `\u25C2 ${frameLabel(b)}`);
  const right = make("span", {}, `${frameLabel(a)} \u25B8`, swatch(a));
  const panel = make("section", { class: "panel wide" }, make("h3", { class: "versus" }, left, right));
  panel.append(...rows.filter((row) => row.frame_a === a && row.frame_b === b).map((row) => contrastRow(row, place)));
  const blank = () => make("span");
  panel.append(make("div", { class: "row axis-row contrast", "aria-hidden": "true" }, blank(), blank(), axis(place, ""), blank()));
  return roving(panel);
}

/** @param {Row} row @param {Scale} place */
function contrastRow(row, place) {
  const { value, low, high, q } = leading(row, "log_ratio");
  // Test and interval are of two methods: where they disagree the row's note calls it open.
  const isSure = holdsUp(q) && !((low ?? -Infinity) <= 0 && (high ?? Infinity) >= 0 && (low ?? high) !== null);
  const track = dotTrack(place, { value, low, high, hollow: !isSure, zero: true });
  const behind = { frames: [row.frame_a, row.frame_b], group: row.group, period: row.period };
  const button = dotRow({ name: row.group, track, value: count(row.hits_a), lines: contrastTip(row), behind });
  button.classList.add("contrast");
  if (isSure) paint(button, (value ?? 0) >= 0 ? row.frame_a : row.frame_b);
  track.before(make("span", { class: "value", text: count(row.hits_b) }));
  const why = Number(row.hits_a) + Number(row.hits_b) ? "no ratio" : "no hits";
  if (value === null) track.append(draw("text", { class: "why halo", x: `${place.at(0)}%`, y: 15, "text-anchor": "middle", text: why }));
  return button;
}

/** The words of a row, told from the side of the frame that is ahead. @param {Row} row */
function contrastTip(row) {
  const { value, low, high, q } = leading(row, "log_ratio");
  const hits = `${count(row.hits_a)} ${frameLabel(row.frame_a)}, ${count(row.hits_b)} ${frameLabel(row.frame_b)}`;
  if (value === null) return [row.group, "No ratio", hits, row.note];
  const [ahead, behind] = value >= 0 ? [row.frame_a, row.frame_b] : [row.frame_b, row.frame_a];
  const [least, most] = (value < 0 ? [high, low] : [low, high]).map((end) => (end === null ? null : Math.exp(value < 0 ? -end : end).toFixed(1)));
  const interval = least === null && most === null ? "no interval" : `95 % interval ${least === null ? `up to ${most}` : most === null ? `${least} or more` : `${least} to ${most}`}`;
  return [row.group, `${times(value)} of ${frameLabel(ahead)} for each of ${frameLabel(behind)}`, `${interval}; ${qWords(q)}`, hits, row.note];
}
