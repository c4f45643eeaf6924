// @ts-check
// Differences of each group from the rest, of two groups the one from the other: a table with coloured cells.
import { byId, make, nothing } from "./elements.js";
import { facts, frameLabel, holdsUp } from "./facts.js";
import { shownFrames, shownGroups } from "./filters.js";
import { inPeriod, rowsOf } from "./findings.js";
import { correctionWords, leading } from "./leading.js";
import { roving, tip } from "./pointing.js";
import { showSentences } from "./sentences.js";
import { intervalWords, number, percent, points, qWords } from "./words.js";

/** @typedef {import("./facts.js").Row} Row */

/** With more columns than these they are narrow; more groups than these, and than frames, are rows. */
const MANY_COLUMNS = 10;

/** A difference of this size has the full colour at least, so that noise near 0 is not blown up. */
const LEAST_FULL = 0.02;

export function drawDifferences() {
  const section = byId("differences");
  const rest = rowsOf("comparisons").filter((row) => row.group_b === facts.rest);
  const all = rest.length ? rest : rowsOf("comparisons");
  section.hidden = all.length === 0;
  if (section.hidden) return;
  const cells = new Map(all.filter(inPeriod).map((row) => [`${row.frame}\n${row.group_a}`, row]));
  const tested = [...cells.values()].map((row) => leading(row, "difference")).filter(({ q }) => q !== null);
  const largest = Math.max(LEAST_FULL, ...tested.map(({ value }) => Math.abs(value ?? 0)));
  const groups = shownGroups().filter((group) => all.some((row) => row.group_a === group));
  const ofGroups = groups.map((group) => ({ key: group, label: group }));
  const ofFrames = shownFrames().map((frame) => ({ key: frame.id, label: frame.label }));
  const turned = groups.length > Math.max(MANY_COLUMNS, ofFrames.length);
  const [down, across] = turned ? [ofGroups, ofFrames] : [ofFrames, ofGroups];
  const names = across.map(({ label }) => make("th", { scope: "col" }, make("bdi", { text: label })));
  const body = (names.length ? down : []).map((entry) => {
    const row = across.map((other) => differenceCell(cells.get(turned ? `${other.key}\n${entry.key}` : `${entry.key}\n${other.key}`), largest));
    return make("tr", {}, make("th", { scope: "row" }, make("bdi", { text: entry.label })), ...row);
  });
  const table = make(
    "table",
    { class: across.length > MANY_COLUMNS ? "heat dense" : "heat" },
    make("caption", { class: "unseen", text: "Difference of each group from the rest, in percentage points" }),
    make("thead", {}, make("tr", {}, make("td"), ...names)),
    make("tbody", {}, ...body),
  );
  if (across.length > MANY_COLUMNS) table.style.minWidth = `${9 + 3.7 * across.length}rem`;
  byId("differences-chart").replaceChildren(body.length ? roving(table) : nothing("Nothing is chosen."));
}

/** @param {Row | undefined} row @param {number} largest */
function differenceCell(row, largest) {
  const shown = row ? leading(row, "difference") : null;
  if (!row || !shown || shown.value === null) return make("td", { class: "undefined", title: row?.note ?? "", text: "\u2013" });
  const { value: difference, q } = shown;
  const look = q === null ? "undefined" : difference > 0 ? "more" : "less";
  const cell = make("td", { class: holdsUp(q) ? `${look} surely` : look }, differenceButton(row, difference, shown));
  cell.style.setProperty("--depth", `${Math.round((Math.abs(difference) / largest) * 70)}%`);
  return cell;
}

/** @param {Row} row @param {number} difference @param {import("./leading.js").Leading} shown */
function differenceButton(row, difference, { low, high, q }) {
  const sure = holdsUp(q);
  const behind = { frame: row.frame, group: row.group_a, period: row.period };
  const button = make(
    "button",
    { type: "button", "data-tip": true, onclick: () => showSentences(behind) },
    make("span", { text: `${difference > 0 ? "+" : ""}${points(difference)}` }),
    sure ? make("span", { class: "sure", text: "\u25CF" }) : null,
  );
  const [one, other] = [row.estimate_a, row.estimate_b].map(number);
  return tip(button, [
    `${frameLabel(row.frame)}: ${row.group_a} against ${row.group_b === facts.rest ? "the rest" : row.group_b}`,
    `${percent(one ?? 0)} against ${percent(other ?? 0)} as counted, a difference of ${points(difference)} points`,
    correctionWords(row, "difference", points),
    `${intervalWords(low, high, points, "no interval")}; ${qWords(q)}${sure ? ", holds up" : ""}`,
    row.note,
  ]);
}
