// @ts-check
// The marks that charts are made of: scales, dots with whiskers, axes. Places are in percent, so that a chart fits any width
// without being drawn again.
import { draw } from "./elements.js";
import { leading } from "./leading.js";
import { count } from "./words.js";

/**
 * @typedef {import("./facts.js").Row} Row
 * @typedef {{
 *   start: number, end: number, ticks: number[], words: (tick: number) => string,
 *   at: (value: number) => number, beyond: (value: number) => boolean,
 * }} Scale
 * @typedef {{ value: number | null, low: number | null, high: number | null, hollow?: boolean, zero?: boolean }} Dot
 */

/** Height of a track and of its middle, in pixels. */
const TRACK = 22;
const MIDDLE = TRACK / 2;

/** A scale from 0 to a round number not below `most`, with three to five ticks. @param {number} most */
export function shareScale(most) {
  const top = Math.min(1, most > 0 ? most : 0.01);
  const power = 10 ** Math.floor(Math.log10(top / 4));
  const step = [1, 2, 2.5, 5, 10].map((nice) => nice * power).find((nice) => top / nice <= 4.001) ?? top;
  const end = Math.min(1, Math.ceil(top / step - 1e-9) * step);
  const ticks = [];
  for (let tick = 0; tick <= end + step / 1000; tick += step) ticks.push(tick);
  return scale(0, end, ticks, (tick) => `${Number((tick * 100).toPrecision(3))}`);
}

/** A scale of log ratios that holds `least`, 1:1 and `most`, with ticks at powers of two. @param {number} least @param {number} most */
export function ratioScale(least, most) {
  const [low, high] = [Math.min(-1, Math.floor(least / Math.LN2)), Math.max(1, Math.ceil(most / Math.LN2))];
  const step = Math.ceil((high - low) / 5);
  const [first, last] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  const ticks = [];
  for (let tick = first; tick <= last; tick += step) ticks.push(tick * Math.LN2);
  return scale(first * Math.LN2, last * Math.LN2, ticks, ratioWords);
}

/** @param {number} log */
function ratioWords(log) {
  const ratio = Math.round(Math.exp(Math.abs(log)));
  return ratio === 1 ? "1:1" : log > 0 ? `${count(ratio)}:1` : `1:${count(ratio)}`;
}

/** @param {number} start @param {number} end @param {number[]} ticks @param {(tick: number) => string} words @returns {Scale} */
function scale(start, end, ticks, words) {
  /** @param {number} value */
  const at = (value) => Math.min(100, Math.max(0, ((value - start) / (end - start)) * 100));
  return { start, end, ticks, words, at, beyond: (value) => value > end || value < start };
}

/**
 * The largest share that a scale must reach: every one with an interval, and intervals up to 2.5 times the largest of them. One of
 * a single article sets no scale, even where hand codings of the others give it an interval, but where there are no others it is
 * what there is.
 * @param {Row[]} rows @param {string} column
 */
export function reachOf(rows, column) {
  const sure = rows.filter((row) => Number(row.documents) > 1 && leading(row, column).high !== null);
  const told = (sure.length ? sure : rows).map((row) => leading(row, column));
  const largest = Math.max(0.002, ...told.map((shown) => shown.value ?? 0));
  return Math.max(largest * 1.05, Math.min(2.5 * largest, Math.max(0, ...told.map((shown) => shown.high ?? 0))));
}

/** The track of one row: grid, whisker and dot. @param {Scale} place @param {Dot} dot */
export function dotTrack(place, { low, high, value, hollow = false, zero = false }) {
  const track = draw("svg", { class: "track", "aria-hidden": "true", height: TRACK });
  for (const tick of place.ticks) {
    const look = zero && Math.abs(tick) < 1e-9 ? "grid zero" : "grid";
    track.append(upright(look, place.at(tick), 0, TRACK));
  }
  // A corrected ratio may have a limit at one end only.
  if (low !== null || high !== null) track.append(...whisker(place, low ?? -Infinity, high ?? Infinity));
  const look = hollow ? "dot hollow" : "dot";
  if (value !== null) track.append(place.beyond(value) ? tipOf(place, value, look) : draw("circle", { class: look, cx: `${place.at(value)}%`, cy: MIDDLE, r: 4.5 }));
  return track;
}

/** A value off the scale: a tip at its end, not a dot that would be read off there. @param {Scale} place @param {number} value @param {string} look */
function tipOf(place, value, look) {
  const way = value > place.end ? 1 : -1;
  const corner = draw("svg", { x: `${place.at(value)}%`, overflow: "visible" });
  corner.append(draw("path", { class: look, d: `M${-4 * way},${MIDDLE - 4} L${3 * way},${MIDDLE} L${-4 * way},${MIDDLE + 4}Z` }));
  return corner;
}

/** An interval: ends where it has them, arrows where it goes on beyond the scale. @param {Scale} place @param {number} low @param {number} high */
function whisker(place, low, high) {
  const [x1, x2] = [`${place.at(low)}%`, `${place.at(high)}%`];
  const parts = [draw("line", { class: "whisker", x1, x2, y1: MIDDLE, y2: MIDDLE })];
  for (const end of [low, high]) {
    if (!place.beyond(end)) parts.push(upright("whisker", place.at(end), MIDDLE - 3.5, MIDDLE + 3.5));
  }
  if (high > place.end) parts.push(arrow(100, -1));
  if (low < place.start) parts.push(arrow(0, 1));
  return parts;
}

/** @param {string} look @param {number} percent @param {number} top @param {number} bottom */
function upright(look, percent, top, bottom) {
  const x = `${percent}%`;
  return draw("line", { class: look, x1: x, x2: x, y1: top, y2: bottom });
}

/** Says that an interval goes on beyond the scale. @param {number} percent @param {number} direction */
function arrow(percent, direction) {
  const corner = draw("svg", { x: `${percent}%`, overflow: "visible" });
  corner.append(draw("path", { class: "arrow", d: `M${direction * 5},${MIDDLE - 4} L0,${MIDDLE} L${direction * 5},${MIDDLE + 4}` }));
  return corner;
}

/** The line of tick labels below the tracks. @param {Scale} place @param {string} unit */
export function axis(place, unit) {
  const labels = draw("svg", { class: "axis", height: 18, "aria-hidden": "true" });
  const middle = place.ticks.findIndex((tick) => Math.abs(tick) < 1e-9);
  place.ticks.forEach((tick, order) => {
    // Where there is little room, every other one is left out, never the middle.
    const between = place.ticks.length > 5 && (order - middle) % 2 !== 0 ? "between" : null;
    const text = place.words(tick) + (order === place.ticks.length - 1 && unit ? ` ${unit}` : "");
    labels.append(draw("text", { class: between, x: `${place.at(tick)}%`, y: 13, "text-anchor": "middle", text }));
  });
  return labels;
}
