// @ts-check
// Numbers in words.

/** A cell as a number; `null` where it is empty. @param {string | undefined} cell @returns {number | null} */
export function number(cell) {
  return cell === "" || cell === undefined ? null : Number(cell);
}

const whole = new Intl.NumberFormat("en");

/** @param {string | number} value */
export function count(value) {
  return whole.format(Number(value));
}

/** A number with a minus sign as people write it, and none before a zero. @param {string} text */
export function signed(text) {
  return text.replace(/^-0\.0+$/, (zero) => zero.slice(1)).replace("-", "\u2212");
}

/** Percentage points. @param {number} share */
export function points(share) {
  return signed((share * 100).toFixed(1));
}

/** A share with one decimal, or two where it, or the largest beside it, is small. @param {number} share @param {number} largest */
export function percent(share, largest = share) {
  return `${signed((share * 100).toFixed(largest !== 0 && Math.abs(largest) < 0.021 ? 2 : 1))} %`;
}

/** @param {string | number} value @param {string} noun */
export function plural(value, noun) {
  return `${count(value)} ${noun}${Number(value) === 1 ? "" : "s"}`;
}

/** @param {number | null} q */
export function qWords(q) {
  return q === null ? "not tested" : q < 0.001 ? "q < 0.001" : `q = ${q.toFixed(3)}`;
}

/** How many of the one for each of the other, from a log ratio. @param {number} log */
export function times(log) {
  const ratio = Math.exp(Math.abs(log));
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1);
}

/**
 * "95 % interval 2.4 to 8.9 %"; what to say where there is none.
 * @param {number | null} low @param {number | null} high @param {(end: number) => string} shown @param {string} none
 */
export function intervalWords(low, high, shown, none) {
  return low === null || high === null ? none : `95 % interval ${shown(low).replace(/ %$/, "")} to ${shown(high)}`;
}
