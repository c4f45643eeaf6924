// @ts-check
// What a coder has said of each sentence: changes to it, undoing them, and how far the work is. No page and no store.

/**
 * @typedef {"own" | "attributed"} VoiceWord
 * @typedef {"favor" | "against" | "neutral"} StanceWord
 * @typedef {{ value?: 0 | 1, voice?: VoiceWord, source?: string, stance?: StanceWord }} Answer
 * @typedef {{ answers: Record<string, Answer>, unsure: boolean, note: string, done: boolean }} Sheet
 * @typedef {{ id: string, label: string, definition: string, hits: string[], misses: string[] }} Frame
 * @typedef {{ title: string, text: string, about: string }} Article
 * @typedef {{ frame: string, says: string }} Opinion
 * @typedef {{ item: string, article: number, words: [string, string, string], place: [number, number] | null, whole?: boolean, asked?: string[], opinions?: Opinion[] }} Item
 * @typedef {{ kind: "code" | "adjudicate", sample: string, coder: string, part: string, voices: boolean, frames: Frame[], articles: Article[], items: Item[] }} Task
 * @typedef {{ revision: number, at: number, sheets: Record<string, Sheet> }} Work
 */

/** Steps that can be undone: more than anyone remembers. */
const REMEMBERED = 500;

/** @returns {Work} */
export function emptyWork() {
  return { revision: 0, at: 0, sheets: {} };
}

/** @returns {Sheet} */
function emptySheet() {
  return { answers: {}, unsure: false, note: "", done: false };
}

/** The sheet of an item, empty where nothing was said of it. @param {Work} work @param {string} item @returns {Sheet} */
export function sheetOf(work, item) {
  return work.sheets[item] ?? emptySheet();
}

/** The frames that are asked of an item. @param {Task} task @param {Item} item @returns {Frame[]} */
export function askedFrames(task, item) {
  const { asked } = item;
  return asked ? task.frames.filter((frame) => asked.includes(frame.id)) : task.frames;
}

/** Work that is changed in steps, each of which can be undone. */
export class Desk {
  /** @param {Task} task @param {Work} work */
  constructor(task, work) {
    this.task = task;
    this.work = work;
    /** @type {{ at: number, item: string, before: Sheet | undefined }[]} */
    this.steps = [];
  }

  /** @returns {Item} */
  get item() {
    return this.task.items[this.work.at];
  }

  /** @returns {Sheet} */
  get sheet() {
    return sheetOf(this.work, this.item.item);
  }

  /** Changes the sheet of the item at hand. @param {(sheet: Sheet) => void} change */
  change(change) {
    const { item } = this.item;
    const before = this.work.sheets[item];
    const sheet = structuredClone(before ?? emptySheet());
    change(sheet);
    this.steps.push({ at: this.work.at, item, before });
    if (this.steps.length > REMEMBERED) this.steps.shift();
    this.work.sheets[item] = sheet;
    this.work.revision += 1;
  }

  /** Takes the last change back and goes to where it was made; false where there is none. */
  undo() {
    const step = this.steps.pop();
    if (!step) return false;
    if (step.before) this.work.sheets[step.item] = step.before;
    else delete this.work.sheets[step.item];
    this.work.at = step.at;
    this.work.revision += 1;
    return true;
  }

  /** @param {number} at */
  goTo(at) {
    this.work.at = Math.min(Math.max(at, 0), this.task.items.length - 1);
    this.work.revision += 1;
  }

  /** The frame is there, or it is not: the other of what it was. @param {string} frame */
  toggle(frame) {
    this.change((sheet) => {
      const there = sheet.answers[frame]?.value === 1;
      sheet.answers[frame] = there ? { value: 0 } : { value: 1 };
    });
  }

  /** Sets voice, source or stance of a frame, which is then there. @param {string} frame @param {Partial<Answer>} said */
  say(frame, said) {
    this.change((sheet) => {
      const answer = { ...sheet.answers[frame], value: /** @type {1} */ (1), ...said };
      if (answer.voice === "own") delete answer.source;
      sheet.answers[frame] = answer;
    });
  }

  /** Every frame not marked is not there; the item is coded. */
  finish() {
    this.change((sheet) => {
      for (const frame of askedFrames(this.task, this.item)) sheet.answers[frame.id] ??= { value: 0 };
      sheet.done = true;
    });
  }

  /** @returns {number} */
  get done() {
    return this.task.items.filter((item) => sheetOf(this.work, item.item).done).length;
  }

  /** The next item from `from` on, around the end, that is not done; null where all are. @param {number} from @returns {number | null} */
  nextOpen(from) {
    const { items } = this.task;
    for (let step = 0; step < items.length; step += 1) {
      const at = (from + step) % items.length;
      if (!sheetOf(this.work, items[at].item).done) return at;
    }
    return null;
  }

  /** Places of items marked unsure or bearing a note. @returns {number[]} */
  get toReturnTo() {
    const wanted = (/** @type {Sheet} */ sheet) => sheet.unsure || sheet.note !== "";
    return this.task.items.flatMap((item, at) => (wanted(sheetOf(this.work, item.item)) ? [at] : []));
  }
}
