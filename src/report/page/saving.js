// @ts-check
// Rows saved from the page as CSV files.
import { make } from "./elements.js";

/**
 * A cell for a spreadsheet: quoted where need be. A text that a spreadsheet would take for a formula gets an apostrophe before
 * it; numbers stay.
 * @param {string} cell
 */
function csvCell(cell) {
  const isNumber = cell !== "" && Number.isFinite(Number(cell));
  const safe = !isNumber && /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Has the browser save rows as a CSV file. @param {string} name @param {string[]} header @param {string[][]} rows */
export function download(name, header, rows) {
  const lines = [header, ...rows].map((cells) => cells.map(csvCell).join(","));
  const url = URL.createObjectURL(new Blob([`${lines.join("\n")}\n`], { type: "text/csv;charset=utf-8" }));
  const link = make("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
