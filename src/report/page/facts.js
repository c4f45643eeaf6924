// @ts-check
// What the page knows of the study beside its tables, as the program has packed it; and its frames and groups by name.

/**
 * @typedef {{ id: string, label: string, definition: string, threshold: number, whole: boolean, light: string, dark: string }} Frame
 * @typedef {{ id: string, frame: string, weight: number, stance: string }} FrameRule
 * @typedef {{ label: string, at: number }} Period
 * @typedef {{ date: string, label: string, at: number }} NamedDay
 * @typedef {{ rows: number, held: number }} Held
 * @typedef {{ name: string, label: string }} TableName
 * @typedef {{ significant: number, fewDocuments: number, speakers: number }} Limits
 * @typedef {{
 *   by: string, unit: string, voice: string, seed: string, studyFile: string,
 *   frames: Frame[], rules: FrameRule[], groups: string[], periods: Period[], days: NamedDay[],
 *   held: Record<string, Held>, tables: TableName[], voices: TableName[], limits: Limits,
 *   fullNames: [string, string][], wholeSpan: string, rest: string, unnamed: string,
 * }} Facts
 * @typedef {Record<string, string>} Row
 */

/** Filled once, before anything is drawn. @type {Facts} */
export const facts = /** @type {any} */ ({});

/** The place of each period on the axis of time. @type {Map<string, number>} */
const periodPlaces = new Map();

/** The full name of the one person of the study that a surname alone means. @type {Map<string, string>} */
const fullNames = new Map();

/** @param {Facts} unpacked */
export function fillFacts(unpacked) {
  Object.assign(facts, unpacked);
  for (const [surname, full] of facts.fullNames) fullNames.set(surname, full);
  for (const period of facts.periods) periodPlaces.set(period.label, period.at);
}

/** @param {string} label @returns {number} */
export function placeOf(label) {
  return periodPlaces.get(label) ?? 0;
}

/** Who a source of a document is in the whole study, as in sources.csv. @param {string} canonical */
export function personOf(canonical) {
  return fullNames.get(canonical) ?? canonical;
}

/** A frame; one that the codebook no longer has is called by its id. @param {string} id @returns {Frame} */
export function frameOf(id) {
  const unknown = { id, label: id, definition: "", threshold: 0, whole: false, light: "#555", dark: "#aaa" };
  return facts.frames.find((frame) => frame.id === id) ?? unknown;
}

/** @param {string} id */
export function frameLabel(id) {
  return frameOf(id).label;
}

/** Whether so few documents stand behind a row that it has little to say. @param {Row} row */
export function isThin(row) {
  return Number(row.documents) < facts.limits.fewDocuments;
}

/** Whether a test holds up once all tests beside it are allowed for. @param {number | null} q */
export function holdsUp(q) {
  return q !== null && q < facts.limits.significant;
}

/** A period as people say it: "2022-W04" is "week 4 of 2022", "..2022-01-25" is "until 2022-01-25". @param {string} label */
export function periodWords(label) {
  const week = /^(\d{4})-W(\d\d)$/.exec(label);
  if (week) return `${week[1]}, week ${Number(week[2])}`;
  if (label === facts.wholeSpan) return "whole span";
  const [from, to] = label.split("..");
  if (to === undefined) return label;
  if (from === "") return to === "" ? "all days" : `until ${to}`;
  return to === "" ? `from ${from}` : `from ${from} to ${to}`;
}
