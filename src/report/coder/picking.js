// @ts-check
// The sentence between its neighbours, word by word, and picking the words that name a source.
import { element, elementOf } from "./elements.js";

/** Words of the three sentences on show, and the ones picked: first and last, none while nothing is being picked. */
export class Passage {
  constructor() {
    /** @type {HTMLElement[]} */
    this.words = [];
    /** @type {[number, number] | null} */
    this.picked = null;
    this.anchor = 0;
  }

  /** @param {[string, string, string]} words before, the sentence, after */
  show(words) {
    this.words = [];
    this.picked = null;
    const parts = words.map((text, place) => {
      const part = element("span", { class: place === 1 ? "coded" : "around" });
      for (const piece of text.split(/(\s+)/)) {
        if (piece.trim() === "") part.append(piece);
        else part.append(this.word(piece));
      }
      return part;
    });
    const shown = parts.filter((part) => part.childNodes.length > 0).flatMap((part) => [part, " "]);
    elementOf("sentence").replaceChildren(...shown);
    elementOf("picking").hidden = true;
  }

  /** @param {string} piece */
  word(piece) {
    const word = element("span", { class: "word" }, piece);
    this.words.push(word);
    return word;
  }

  get isPicking() {
    return this.picked !== null;
  }

  begin() {
    const first = this.words.findIndex((word) => word.parentElement?.className === "coded");
    this.anchor = Math.max(first, 0);
    this.picked = [this.anchor, this.anchor];
    elementOf("picking").hidden = false;
    this.paint();
  }

  /** @param {1 | -1} step @param {boolean} extend */
  move(step, extend) {
    if (!this.picked) return;
    const [first, last] = this.picked;
    const loose = extend ? (first === this.anchor ? last : first) : step > 0 ? last : first;
    const to = Math.min(Math.max(loose + step, 0), this.words.length - 1);
    if (!extend) this.anchor = to;
    this.picked = [Math.min(this.anchor, to), Math.max(this.anchor, to)];
    this.paint();
  }

  leave() {
    this.picked = null;
    elementOf("picking").hidden = true;
    this.paint();
  }

  /** The words picked, without the marks around them. @returns {string} */
  take() {
    const [first, last] = this.picked ?? [0, -1];
    const text = this.words.slice(first, last + 1).map((word) => word.textContent).join(" ");
    this.leave();
    return trimmed(text);
  }

  /** What is selected with the mouse inside the passage. @returns {string} */
  selected() {
    const selection = getSelection();
    const inside = selection?.anchorNode && elementOf("sentence").contains(selection.anchorNode);
    return inside ? trimmed(String(selection).replace(/\s+/g, " ")) : "";
  }

  paint() {
    const [first, last] = this.picked ?? [0, -1];
    for (const [place, word] of this.words.entries()) {
      word.classList.toggle("picked", place >= first && place <= last);
    }
  }
}

/** @param {string} text */
function trimmed(text) {
  return text.replace(/^[\s"'“”‘’«»(),;:]+|[\s"'“”‘’«»(),;:.!?]+$/g, "").replace(/['’]s$/, "");
}
