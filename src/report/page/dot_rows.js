// @ts-check
// Rows of a chart of dots: a button with a name, a track and a number, which leads to the sentences.
import { axis } from "./drawing.js";
import { make, swatch } from "./elements.js";
import { tip } from "./pointing.js";
import { showSentences } from "./sentences.js";

/**
 * @typedef {import("./selection.js").Selection} Selection
 * @typedef {{ name: string, track: SVGElement, value: string, lines: string[], behind: Selection }} DotRow
 */

/** @param {DotRow} row */
export function dotRow({ name, track, value, lines, behind }) {
  const row = make(
    "button",
    { type: "button", class: "row", "data-tip": true, onclick: () => showSentences(behind) },
    make("bdi", { class: "name", text: name }),
    " ",
    track,
    make("span", { class: "value", text: value }),
  );
  return tip(row, lines);
}

/** The axis below such rows. @param {import("./drawing.js").Scale} place */
export function axisRow(place) {
  return make("div", { class: "row axis-row", "aria-hidden": "true" }, make("span"), axis(place, "%"), make("span"));
}

/** @param {import("./facts.js").Frame} frame */
export function frameHeading(frame) {
  return make("h3", {}, swatch(frame.id), make("span", { text: frame.label }));
}
