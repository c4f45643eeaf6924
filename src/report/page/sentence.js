// @ts-check
// One sentence in full, and why it is coded so.
import { byId, make, marked, nothing, swatch } from "./elements.js";
import { facts, frameOf, personOf } from "./facts.js";
import { number, signed } from "./words.js";

/** @typedef {import("./facts.js").Row} Row */

/** Between the cues of a cell. */
export const CUE_BREAK = " | ";

/** What each word of a column means, for a reader. @type {Record<string, string>} */
const STANCES = { favor: "affirms the frame", against: "rejects the frame", neutral: "neither affirms nor rejects it" };
/** @type {Record<string, string>} */
const MANNERS = { direct: "quoted", indirect: "reported", mixed: "partly quoted" };

/** Draws a row, of attributions where `words`; `null` where nothing passes the filters. @param {Row | null} row @param {boolean} words */
export function drawSentence(row, words) {
  const box = byId("sentence");
  if (!row) return box.replaceChildren(nothing("No sentence passes the filters."));
  const command = `parallax explain ${quoted(facts.studyFile)} --document ${quoted(row.document)} --sentence ${row.sentence}`;
  const place = `${row.document}, ${row.sentence === "0" ? "title" : `sentence ${row.sentence}`}`;
  /** @type {[string, string | Node][]} */
  const common = [[facts.by, row.group], ["outlet", facts.by === "outlet" ? "" : row.outlet], ["date", row.date], ["document", place]];
  const text = words ? [document.createTextNode(row.content)] : marked(row.text, row.cues.split(CUE_BREAK));
  box.replaceChildren(
    make("blockquote", { dir: "auto" }, ...text),
    pairs([...common, ...(words ? wordsPairs(row) : codingPairs(row))]),
    ...(words ? [] : [make("h4", { text: "Why" }), why(row)]),
    make("p", { class: "command" }, make("span", { text: "Each step: " }), make("code", { text: command })),
  );
  box.scrollTop = 0;
}

/** A word of a command line. @param {string} word */
function quoted(word) {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Names with what they say, those that say nothing left out. @param {[string, string | Node][]} rows */
function pairs(rows) {
  const told = rows.filter(([, words]) => words);
  return make("dl", {}, ...told.flatMap(([name, words]) => [make("dt", { text: name }), make("dd", {}, words instanceof Node ? words : make("bdi", { text: words }))]));
}

/** @param {Row} row @returns {[string, string | Node][]} */
function codingPairs(row) {
  const frame = frameOf(row.frame);
  const hit = row.hit === "true" ? `a hit, since the threshold is ${frame.threshold}` : `below the threshold of ${frame.threshold}`;
  return [
    ["frame", make("span", { class: "frame" }, swatch(row.frame), make("span", { text: frame.label }))],
    ["voice", voiceWords(row)],
    ["verb", row.verb ? `\u201c${row.verb}\u201d${row.verb_class ? ` (${row.verb_class})` : ""}` : ""],
    ["stance", STANCES[row.stance] ?? "none"],
    ["probability", `${(number(row.probability) ?? 0).toFixed(3)}: ${hit}`],
  ];
}

/** @param {Row} row */
function voiceWords(row) {
  if (row.voice === "own") return "the outlet\u2019s own";
  if (row.voice !== "attributed") return "not known (language not supported, or no cue)";
  return row.source ? `given to \u201c${row.source}\u201d` : "given to somebody who is not named";
}

/** @param {Row} row @returns {[string, string][]} */
function wordsPairs(row) {
  return [
    ["source", row.source || "nobody named"],
    ["known as", personOf(row.canonical) === row.source ? "" : personOf(row.canonical)],
    ["group", row.source_group],
    ["verb", row.verb ? `\u201c${row.verb}\u201d (${row.verb_class})` : ""],
    ["words", MANNERS[row.kind] ?? ""],
  ];
}

/** Rules, scores, and whether voice or sentence turned a rule's stance round. @param {Row} row */
function why(row) {
  const ids = row.rules.split(";").filter(Boolean);
  const rules = ids.map((id) => facts.rules.find((rule) => rule.id === id) ?? { id, weight: 0, stance: "" });
  const lines = rules.map((rule) => make("li", {}, make("code", { text: rule.id }), ` (${weight(rule.weight)}, stance ${rule.stance})`));
  const cues = row.cues.split(CUE_BREAK).flatMap((cue, at) => [at ? ", " : "", make("mark", { text: cue })]);
  const stances = new Set(rules.map((rule) => rule.stance));
  const turned = row.stance && stances.size === 1 && !stances.has(row.stance);
  const items = [...lines];
  if (row.cues) items.push(make("li", {}, "The words that matched: ", ...cues));
  items.push(make("li", { text: scoreWords(row) }));
  if (turned) items.push(make("li", { text: "The stance is not the rule\u2019s: here the words are negated, denied, asked or held at a distance." }));
  return make("ul", { class: "why" }, ...items);
}

/** @param {number} value */
function weight(value) {
  return signed(`${value < 0 ? "" : "+"}${value.toFixed(2)}`);
}

/** "Rule score 1.20, model score 0.40." @param {Row} row */
function scoreWords(row) {
  const scores = [["rule score", row.rule_score], ["model score", row.model_score]].filter(([, score]) => score);
  const words = scores.map(([name, score]) => `${name} ${signed((number(score) ?? 0).toFixed(2))}`).join(", ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}
