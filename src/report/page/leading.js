// @ts-check
// The number of a row that leads: as hand codings correct it where they do, else as counted.
import { count, number } from "./words.js";

/**
 * @typedef {import("./facts.js").Row} Row
 * @typedef {{ value: number | null, low: number | null, high: number | null, q: number | null, corrected: boolean }} Leading
 */

/** The corrected number, or that of `column`, with its interval and q. @param {Row} row @param {string} column @returns {Leading} */
export function leading(row, column) {
  const corrected = number(row.corrected);
  if (corrected === null) {
    return { value: number(row[column]), low: number(row.conf_low), high: number(row.conf_high), q: number(row.q_value), corrected: false };
  }
  return { value: corrected, low: number(row.corrected_low), high: number(row.corrected_high), q: number(row.corrected_q), corrected: true };
}

/** What a tip says of the correction; nothing where there is none. @param {Row} row @param {string} column @param {(value: number) => string} shown */
export function correctionWords(row, column, shown) {
  const counted = number(row[column]);
  if (number(row.corrected) === null || counted === null) return "";
  return `corrected by ${count(row.codings)} hand codings; as counted ${shown(counted)}`;
}
