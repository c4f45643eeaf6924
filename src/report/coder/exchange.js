// @ts-check
// Codings as a CSV file, one row a sentence and frame, as `parallax agree` and a study's `codings` read it; and back.
import { emptyWork, askedFrames, sheetOf } from "./work.js";

const COLUMNS = ["item", "frame", "value", "coder", "voice", "source", "stance", "unsure", "note", "text"];

/** A cell, behind an apostrophe where a spreadsheet would compute it. @param {string} text */
function cellOf(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {import("./work.js").Task} task @param {import("./work.js").Work} work @returns {string} */
export function codingsAsCsv(task, work) {
  const lines = [COLUMNS.join(",")];
  for (const item of task.items) {
    const sheet = sheetOf(work, item.item);
    for (const frame of askedFrames(task, item)) {
      const answer = sheet.answers[frame.id];
      // A sentence left in the middle says 1 where a frame was marked and nothing of the others.
      if (answer?.value === undefined && !sheet.unsure && sheet.note === "") continue;
      const value = answer?.value === undefined ? "" : String(answer.value);
      const cells = [item.item, frame.id, value, task.coder, answer?.voice ?? "", answer?.source ?? "", answer?.stance ?? "", sheet.unsure ? "1" : "", sheet.note, item.words[1]];
      lines.push(cells.map(cellOf).join(","));
    }
  }
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** The cells of a CSV file. @param {string} text @returns {string[][]} */
export function cellsOf(text) {
  const rows = [[""]];
  let quoted = false;
  const body = text.replace(/^\ufeff/, "");
  const mark = separatorOf(body);
  for (let at = 0; at < body.length; at += 1) {
    const letter = body[at];
    const row = rows[rows.length - 1];
    if (letter === '"' && quoted && body[at + 1] === '"') {
      row[row.length - 1] += '"';
      at += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (letter === mark && !quoted) row.push("");
    else if (letter === "\n" && !quoted) rows.push([""]);
    else if (letter !== "\r" || quoted) row[row.length - 1] += letter;
  }
  return rows.filter((row) => row.length > 1);
}

/** A European spreadsheet writes semicolons. @param {string} text */
function separatorOf(text) {
  const header = text.split("\n", 1)[0];
  return header.includes(";") && !header.includes(",") ? ";" : ",";
}

/**
 * The work in a file that this page or another copy of it wrote; throws with what is wrong.
 * @param {import("./work.js").Task} task @param {string} text @returns {import("./work.js").Work}
 */
export function workFromCsv(task, text) {
  const [header, ...rows] = cellsOf(text);
  const place = Object.fromEntries(COLUMNS.map((name) => [name, header?.indexOf(name) ?? -1]));
  const missing = ["item", "frame", "value"].filter((name) => place[name] < 0);
  if (missing.length > 0) throw new Error(`no column ${missing.join(", ")}: load a file that “Save codings” wrote`);
  const items = new Map(task.items.map((item) => [item.item, item]));
  const work = emptyWork();
  let strange = 0;
  for (const row of rows) {
    const cell = (/** @type {string} */ name) => (row[place[name]] ?? "").replace(/^'(?=[=+\-@\t\r])/, "");
    const item = items.get(cell("item"));
    if (!item || !task.frames.some((frame) => frame.id === cell("frame"))) {
      strange += 1;
      continue;
    }
    readRow(work, cell);
  }
  if (rows.length > 0 && strange === rows.length) throw new Error("none of its sentences is in this sample");
  for (const item of task.items) {
    const sheet = work.sheets[item.item];
    if (sheet) sheet.done = askedFrames(task, item).every((frame) => sheet.answers[frame.id]?.value !== undefined);
  }
  return work;
}

/** @param {import("./work.js").Work} work @param {(name: string) => string} cell */
function readRow(work, cell) {
  const sheet = (work.sheets[cell("item")] ??= sheetOf(work, cell("item")));
  sheet.unsure ||= cell("unsure") === "1";
  sheet.note ||= cell("note");
  const value = cell("value");
  if (value !== "0" && value !== "1") return;
  /** @type {import("./work.js").Answer} */
  const answer = { value: value === "1" ? 1 : 0 };
  const [voice, stance, source] = [cell("voice"), cell("stance"), cell("source")];
  if (voice === "own" || voice === "attributed") answer.voice = voice;
  if (stance === "favor" || stance === "against" || stance === "neutral") answer.stance = stance;
  if (source !== "") answer.source = source;
  sheet.answers[cell("frame")] = answer;
}
