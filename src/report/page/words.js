/* Numbers in words, and elements from text. Text of articles reaches the page through here, and only as text. */

/** An element; properties that begin with "on" are listened to, `text` is its text, others are attributes, of which those that
    say nothing are left out (but "false" says something to a screen reader). */
function make(tag, properties = {}, ...children) {
  const element = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || (value === false && !name.startsWith("aria-"))) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const byId = (id) => document.getElementById(id);

/** A cell as a number; `null` where it is empty. */
const number = (cell) => (cell === "" || cell === undefined ? null : Number(cell));

const whole = new Intl.NumberFormat("en");
const count = (value) => whole.format(Number(value));
const signed = (text) => text.replace(/^-0\.0+$/, (zero) => zero.slice(1)).replace("-", "\u2212");
const points = (share) => signed((share * 100).toFixed(1));
/** A share with one decimal, or two where it, or the largest beside it, is small. */
const percent = (share, largest = share) => `${signed((share * 100).toFixed(largest !== 0 && Math.abs(largest) < 0.021 ? 2 : 1))} %`;
const plural = (value, noun) => `${count(value)} ${noun}${Number(value) === 1 ? "" : "s"}`;
const qWords = (q) => (q === null ? "not tested" : q < 0.001 ? "q < 0.001" : `q = ${q.toFixed(3)}`);
/** How many of the one for each of the other, from a log ratio. */
const times = (log) => {
  const ratio = Math.exp(Math.abs(log));
  return ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1);
};

/** "95 % interval 2.4 to 8.9 %"; what to say where there is none. */
function intervalWords(low, high, shown, none) {
  return low === null || high === null ? none : `95 % interval ${shown(low).replace(/ %$/, "")} to ${shown(high)}`;
}

/** A sentence's words with its cues marked; each cue is looked for after the one before. */
function marked(text, cues) {
  const parts = [];
  let at = 0;
  for (const cue of cues) {
    const start = cue ? text.indexOf(cue, at) : -1;
    if (start < 0) continue;
    if (start > at) parts.push(document.createTextNode(text.slice(at, start)));
    parts.push(make("mark", { text: cue }));
    at = start + cue.length;
  }
  parts.push(document.createTextNode(text.slice(at)));
  return parts;
}

/** A cell of a CSV file for a spreadsheet: quoted where need be. A text that a spreadsheet would take for a formula gets
    an apostrophe before it; numbers stay. */
function csvCell(cell) {
  const isNumber = cell !== "" && Number.isFinite(Number(cell));
  const safe = !isNumber && /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Has the browser save rows as a CSV file. */
function download(name, header, rows) {
  const lines = [header, ...rows].map((cells) => cells.map(csvCell).join(","));
  const url = URL.createObjectURL(new Blob([`${lines.join("\n")}\n`], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
