// @ts-check
// Puts the page together: unpacks the sample, takes up the work where it was left, and listens to keys and buttons.
import { element, elementOf } from "./elements.js";
import { codingsAsCsv, workFromCsv } from "./exchange.js";
import { Keeper } from "./keeping.js";
import { Passage } from "./picking.js";
import { frameOfKey, showAnswers, showCodebook, showHelp, showItem, showProgress } from "./showing.js";
import { askedFrames, Desk } from "./work.js";
import { unpackedJson } from "./unpacking.js";

/** @type {[string, string][]} */
const HELP = [
  ["1 2 … q w …", "a frame is there; again: it is not"],
  ["Enter", "done: frames not marked are not there; on to the next"],
  ["v", "voice of the frame last marked: own, or a source’s"],
  ["b", "pick the words that name the source (or select them and press b)"],
  ["+ − .", "stance of that voice: for, against, neither"],
  ["x", "unsure: keep it in the list to return to"],
  ["n", "write a note (Escape leaves it)"],
  ["z", "undo"],
  ["← →", "back; on without coding"],
  ["Home", "next one not coded yet"],
  ["m", "whole article"],
  ["?", "this list"],
];

class Page {
  /** @param {import("./work.js").Task} task @param {import("./work.js").Work} work @param {Keeper} keeper */
  constructor(task, work, keeper) {
    this.desk = new Desk(task, work);
    this.keeper = keeper;
    this.passage = new Passage();
    this.current = "";
    this.exported = 0;
  }

  /** Draws the item at hand anew and says so to who cannot see it. */
  showAll() {
    this.current = "";
    showItem(this.desk, this.passage);
    this.update();
    elementOf("place").focus({ preventScroll: true });
    // The sentence, not the desk, which is often taller than the window: the progress above stays where it is seen.
    elementOf("sentence").scrollIntoView({ block: "nearest" });
  }

  /** Draws what may have changed, and keeps the work. */
  update() {
    showAnswers(this.desk, this.current, this);
    this.report();
    this.keeper.keep(this.desk.work).then(() => this.report());
  }

  report() {
    const isKept = this.keeper.keptRevision >= this.desk.work.revision;
    showProgress(this.desk, isKept ? "kept in this browser" : "", this);
    const warning = elementOf("warning");
    warning.textContent = this.keeper.trouble;
    warning.hidden = this.keeper.trouble === "";
    if (isKept) document.documentElement.dataset.kept = String(this.desk.work.revision);
  }

  /** @param {string} frame */
  toggle(frame) {
    this.current = frame;
    this.desk.toggle(frame);
    this.update();
  }

  /** @param {string} frame @param {Partial<import("./work.js").Answer>} said */
  say(frame, said) {
    this.current = frame;
    this.desk.say(frame, said);
    this.update();
  }

  /** @param {number} at */
  goTo(at) {
    this.desk.goTo(at);
    this.showAll();
  }

  finish() {
    this.desk.finish();
    this.goTo(this.desk.work.at + 1);
  }

  undo() {
    const at = this.desk.work.at;
    if (!this.desk.undo()) return;
    if (this.desk.work.at === at) this.update();
    else this.showAll();
  }

  nextOpen() {
    const at = this.desk.nextOpen(this.desk.work.at + (this.desk.sheet.done ? 1 : 0));
    if (at !== null) this.goTo(at);
  }

  /** The frame that voice and stance are said of: the one last marked, else the first that is there. */
  get marked() {
    const { answers } = this.desk.sheet;
    if (this.current && answers[this.current]?.value === 1) return this.current;
    return askedFrames(this.desk.task, this.desk.item).find((frame) => answers[frame.id]?.value === 1)?.id ?? "";
  }

  switchVoice() {
    const frame = this.marked;
    if (frame) this.say(frame, { voice: this.desk.sheet.answers[frame]?.voice === "own" ? "attributed" : "own" });
  }

  pick() {
    const [frame, selected] = [this.marked, this.passage.selected()];
    if (!frame) return;
    if (selected) this.say(frame, { voice: "attributed", source: selected });
    else this.passage.begin();
  }

  save() {
    const { task, work } = this.desk;
    const file = new Blob([codingsAsCsv(task, work)], { type: "text/csv" });
    const name = `codings-${task.coder.replace(/[^\p{L}\p{N}_-]+/gu, "_")}${task.part}.csv`;
    const link = /** @type {HTMLAnchorElement} */ (element("a", { href: URL.createObjectURL(file), download: name }));
    link.click();
    URL.revokeObjectURL(link.href);
    this.exported = work.revision;
  }

  /** @param {File} file */
  async load(file) {
    const warning = elementOf("warning");
    try {
      const work = workFromCsv(this.desk.task, await file.text());
      // Ahead of what is kept, so that it takes its place; the former work can be loaded again from its own file only.
      work.revision = this.desk.work.revision + 1;
      this.desk = new Desk(this.desk.task, work);
      this.goTo(this.desk.nextOpen(0) ?? 0);
    } catch (error) {
      warning.textContent = `${file.name}: ${/** @type {Error} */ (error).message}`;
      warning.hidden = false;
    }
  }
}

/** Keys while words are picked; true where the key was one of them. @param {Page} page @param {KeyboardEvent} event */
function pickingKey(page, event) {
  const { passage } = page;
  if (event.key === "ArrowLeft") passage.move(-1, event.shiftKey);
  else if (event.key === "ArrowRight") passage.move(1, event.shiftKey);
  else if (event.key === "Escape") passage.leave();
  else if (event.key === "Enter") page.say(page.marked, { voice: "attributed", source: passage.take() });
  else return false;
  return true;
}

/** @param {Page} page @returns {Record<string, () => void>} */
function commands(page) {
  const stance = (/** @type {import("./work.js").StanceWord} */ stance) => () => page.marked && page.desk.task.voices && page.say(page.marked, { stance });
  const voiced = (/** @type {() => void} */ act) => () => page.desk.task.voices && act();
  return {
    Enter: () => page.finish(),
    ArrowLeft: () => page.goTo(page.desk.work.at - 1),
    ArrowRight: () => page.goTo(page.desk.work.at + 1),
    Home: () => page.nextOpen(),
    z: () => page.undo(),
    x: () => elementOf("unsure").click(),
    n: () => elementOf("note").focus(),
    v: voiced(() => page.switchVoice()),
    b: voiced(() => page.pick()),
    m: () => elementOf("article").hidden || elementOf("article").querySelector("summary")?.click(),
    "+": stance("favor"),
    "=": stance("favor"),
    "-": stance("against"),
    ".": stance("neutral"),
    "?": () => /** @type {HTMLDialogElement} */ (elementOf("help")).showModal(),
  };
}

/** @param {Page} page */
function listenToKeys(page) {
  const known = commands(page);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /** @type {HTMLDialogElement} */ (elementOf("help")).open) return;
    const inside = /** @type {HTMLElement} */ (event.target);
    if (inside.matches("textarea, input[type=file]")) {
      if (event.key === "Escape") elementOf("place").focus();
      return;
    }
    // A control that has the focus keeps the keys that work it; arrows choose among radio buttons.
    const works = event.key === "Enter" && inside.matches("button, summary, a, label");
    const chooses = inside.matches("input[type=radio]") && event.key.startsWith("Arrow");
    if (works || chooses) return;
    if (page.passage.isPicking) {
      if (pickingKey(page, event)) event.preventDefault();
      return;
    }
    const { task, item } = page.desk;
    const meant = task.frames[frameOfKey(event.key)];
    const frame = askedFrames(task, item).find((asked) => asked === meant);
    const act = frame ? () => page.toggle(frame.id) : known[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** @param {Page} page */
function listenToControls(page) {
  /** @type {[string, () => void][]} */
  const buttons = [
    ["back", () => page.goTo(page.desk.work.at - 1)],
    ["next", () => page.finish()],
    ["skip", () => page.goTo(page.desk.work.at + 1)],
    ["undo", () => page.undo()],
    ["open", () => page.nextOpen()],
    ["save", () => page.save()],
    ["keys", () => /** @type {HTMLDialogElement} */ (elementOf("help")).showModal()],
  ];
  for (const [id, act] of buttons) elementOf(id).addEventListener("click", act);
  const unsure = /** @type {HTMLInputElement} */ (elementOf("unsure"));
  unsure.addEventListener("change", () => {
    page.desk.change((sheet) => { sheet.unsure = unsure.checked; });
    page.update();
  });
  const note = /** @type {HTMLTextAreaElement} */ (elementOf("note"));
  note.addEventListener("input", () => {
    page.desk.change((sheet) => { sheet.note = note.value; });
    page.update();
  });
  const load = /** @type {HTMLInputElement} */ (elementOf("load"));
  load.addEventListener("change", () => {
    const file = load.files?.[0];
    if (file) page.load(file);
    load.value = "";
  });
}

async function start() {
  /** @type {import("./work.js").Task} */
  const task = await unpackedJson("task");
  const keeper = new Keeper(`${task.kind}/${task.sample}/${task.coder}`);
  const work = await keeper.load();
  if (work.at >= task.items.length) work.at = 0;
  const page = new Page(task, work, keeper);
  showCodebook(task.frames);
  const isWhole = task.items.every((item) => item.whole);
  showHelp(HELP.filter(([key]) => (task.voices || !["v", "b", "+ − ."].includes(key)) && !(isWhole && key === "m")));
  listenToKeys(page);
  listenToControls(page);
  addEventListener("beforeunload", (event) => {
    if (keeper.keptRevision < page.desk.work.revision) event.preventDefault();
  });
  page.showAll();
  document.documentElement.dataset.state = "done";
}

start().catch((error) => {
  elementOf("status").textContent = `This page could not be unpacked (${error.message}).`;
  throw error;
});
