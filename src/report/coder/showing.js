// @ts-check
// Draws the desk: the sentence, the frames with voice and stance, the codebook, and how far the work is.
import { element, elementOf, counted } from "./elements.js";
import { askedFrames, sheetOf } from "./work.js";

/** Keys of frames, in their order: digits first, then the two upper rows of letters; the commands have the lowest row. */
const FRAME_KEYS = "1234567890qwertyuiopasdfghjkl";

/** @param {number} place @returns {string} */
export function keyOfFrame(place) {
  return FRAME_KEYS[place] ?? "";
}

/** @param {string} key @returns {number} -1 where it is no frame's */
export function frameOfKey(key) {
  return key.length === 1 ? FRAME_KEYS.indexOf(key) : -1;
}

/** @typedef {{ toggle: (frame: string) => void, say: (frame: string, said: Partial<import("./work.js").Answer>) => void, goTo: (at: number) => void }} Moves */

/** @param {import("./work.js").Desk} desk @param {string} current the frame last touched @param {Moves} moves */
export function showAnswers(desk, current, moves) {
  const { sheet, task } = desk;
  // A frame has one key, which the codebook beside the text shows, also where only some frames are asked.
  const rows = askedFrames(task, desk.item).map((frame) => frameRow({ frame, place: task.frames.indexOf(frame), answer: sheet.answers[frame.id], isCurrent: frame.id === current, voices: task.voices }, moves));
  elementOf("frames").replaceChildren(...rows);
  /** @type {HTMLInputElement} */ (elementOf("unsure")).checked = sheet.unsure;
  const note = /** @type {HTMLTextAreaElement} */ (elementOf("note"));
  if (note.value !== sheet.note) note.value = sheet.note;
  for (const section of elementOf("codebook").querySelectorAll("section")) {
    const isCurrent = section.dataset.frame === current;
    if (isCurrent && !section.classList.contains("current")) bringIntoView(section);
    section.classList.toggle("current", isCurrent);
  }
}

/**
 * Scrolls the codebook alone: where it stands below the desk, as on a narrow screen, the sentence must not leave the view.
 * @param {HTMLElement} section
 */
function bringIntoView(section) {
  const codebook = elementOf("codebook");
  const [part, view] = [section.getBoundingClientRect(), codebook.getBoundingClientRect()];
  if (part.top < view.top) codebook.scrollTop += part.top - view.top;
  else if (part.bottom > view.bottom) codebook.scrollTop += Math.min(part.bottom - view.bottom, part.top - view.top);
}

/**
 * @param {{ frame: import("./work.js").Frame, place: number, answer: import("./work.js").Answer | undefined, isCurrent: boolean, voices: boolean }} row
 * @param {Moves} moves
 */
function frameRow({ frame, place, answer, isCurrent, voices }, moves) {
  const there = answer?.value === 1;
  const classes = ["frame", isCurrent ? "current" : "", answer?.value === 0 ? "absent" : ""].join(" ").trim();
  const key = keyOfFrame(place);
  const button = element("button", { type: "button", class: classes, "aria-pressed": String(there), "aria-keyshortcuts": key, "data-frame": frame.id, click: () => moves.toggle(frame.id) });
  if (key) button.append(element("kbd", { "aria-hidden": "true" }, key));
  button.append(element("span", {}, frame.label));
  const row = element("li", {}, button);
  if (there && voices) row.append(element("div", { class: "said" }, voiceChoice(frame, answer, moves), stanceChoice(frame, answer, moves)));
  return row;
}

/** @param {import("./work.js").Frame} frame @param {import("./work.js").Answer} answer @param {Moves} moves */
function voiceChoice(frame, answer, moves) {
  const choice = choices(`voice-${frame.id}`, "Voice (v)", [["own", "own"], ["attributed", "a source’s"]], answer.voice, (voice) => moves.say(frame.id, { voice: /** @type {any} */ (voice) }));
  if (answer.voice === "attributed") choice.append(element("span", { class: "source" }, answer.source ? `“${answer.source}”` : "pick the words (b)"));
  return choice;
}

/** @param {import("./work.js").Frame} frame @param {import("./work.js").Answer} answer @param {Moves} moves */
function stanceChoice(frame, answer, moves) {
  return choices(`stance-${frame.id}`, "Stance", [["favor", "for (+)"], ["against", "against (−)"], ["neutral", "neither (.)"]], answer.stance, (stance) => moves.say(frame.id, { stance: /** @type {any} */ (stance) }));
}

/**
 * @param {string} name @param {string} legend @param {[string, string][]} options @param {string | undefined} chosen
 * @param {(value: string) => void} choose
 */
function choices(name, legend, options, chosen, choose) {
  const buttons = options.map(([value, label]) => {
    const input = /** @type {HTMLInputElement} */ (element("input", { type: "radio", name, value, change: () => choose(value) }));
    input.checked = value === chosen;
    return element("label", {}, input, ` ${label}`);
  });
  return element("fieldset", {}, element("legend", {}, legend), ...buttons);
}

/** @param {import("./work.js").Desk} desk @param {import("./picking.js").Passage} passage */
export function showItem(desk, passage) {
  const { item, task, work } = desk;
  const article = task.articles[item.article];
  const place = elementOf("place");
  place.textContent = `${item.whole ? "Document" : "Sentence"} ${work.at + 1} of ${task.items.length}${desk.sheet.done ? ", coded" : ""}`;
  elementOf("about").textContent = [article.about, article.title].filter((part) => part !== "").map((part) => `· ${part}`).join(" ");
  // A whole article is read where a sentence stands, and has no other place below.
  passage.show(item.whole ? ["", [article.title, article.text].filter((part) => part !== "").join("\n\n"), ""] : item.words);
  const text = elementOf("sentence");
  text.classList.toggle("whole", item.whole === true);
  // What scrolls must be in reach of the keyboard.
  text.tabIndex = item.whole ? 0 : -1;
  text.scrollTop = 0;
  elementOf("article").hidden = item.whole === true;
  showOpinions(item);
  const details = /** @type {HTMLDetailsElement} */ (elementOf("article"));
  details.open = false;
  elementOf("article-text").replaceChildren(...articleText(article, item.place));
}

/** What others said, in a page for adjudication; they have no names. @param {import("./work.js").Item} item */
function showOpinions(item) {
  const opinions = item.opinions ?? [];
  const lines = opinions.map(({ frame, says }) => element("li", {}, element("b", {}, frame), `: ${says}`));
  elementOf("others").replaceChildren(...(lines.length > 0 ? [element("ul", { "aria-label": "What the coders said" }, ...lines)] : []));
}

/** @param {import("./work.js").Article} article @param {[number, number] | null} place @returns {(Node | string)[]} */
function articleText({ title, text }, place) {
  const heading = element("h2", {}, title);
  if (!place) return [heading, text];
  // Places count code points, as the tables do; a string of the browser counts code units.
  const letters = [...text];
  const part = (/** @type {number} */ from, /** @type {number | undefined} */ to) => letters.slice(from, to).join("");
  return [heading, part(0, place[0]), element("mark", {}, part(place[0], place[1])), part(place[1], undefined)];
}

/** @param {import("./work.js").Desk} desk @param {string} saved @param {Moves} moves */
export function showProgress(desk, saved, moves) {
  const { done, task, work } = desk;
  const bar = /** @type {HTMLProgressElement} */ (elementOf("progress"));
  bar.max = task.items.length;
  bar.value = done;
  const unsure = task.items.filter((item) => sheetOf(work, item.item).unsure).length;
  const all = done === task.items.length ? "All done: save the codings and send the file back." : "";
  elementOf("status").textContent = [`${done} of ${counted(task.items.length, task.items.every((item) => item.whole) ? "document" : "sentence")} coded`, unsure > 0 ? `${unsure} unsure` : "", saved, all].filter((part) => part !== "").join(" · ");
  const back = desk.toReturnTo;
  elementOf("return-count").textContent = back.length === 0 ? "none" : String(back.length);
  elementOf("return-list").replaceChildren(...back.map((at) => {
    const item = task.items[at];
    const { note } = sheetOf(work, item.item);
    return element("li", {}, element("button", { type: "button", click: () => moves.goTo(at) }, `${at + 1}. ${item.words[1].slice(0, 90)}${note ? ` (${note})` : ""}`));
  }));
}

/** The codebook beside the text. @param {import("./work.js").Frame[]} frames */
export function showCodebook(frames) {
  const examples = (/** @type {string} */ word, /** @type {string[]} */ list) => (list.length > 0 ? [element("p", {}, word), element("ul", {}, ...list.map((example) => element("li", {}, example)))] : []);
  elementOf("codebook").replaceChildren(...frames.map((frame, place) => element("section", { "data-frame": frame.id },
    element("h2", {}, `${keyOfFrame(place)} ${frame.label}`.trim()),
    element("p", {}, frame.definition || "No definition in the codebook."),
    ...examples("Has it:", frame.hits), ...examples("Has it not:", frame.misses))));
}

/** @param {[string, string][]} keys */
export function showHelp(keys) {
  elementOf("help-keys").replaceChildren(...keys.map(([key, what]) => element("tr", {}, element("td", {}, element("kbd", {}, key)), element("td", {}, what))));
}
