// @ts-check
// Keeps the work in two stores of the browser, so that a crash, a reload or the loss of one of them loses nothing.
import { emptyWork } from "./work.js";

const DATABASE = "parallax-coder";
const SHELF = "work";

/** @param {IDBRequest} request @returns {Promise<any>} */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @returns {Promise<IDBDatabase>} */
function database() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(SHELF);
  return settled(request);
}

/** The stores of one coder's sample. */
export class Keeper {
  /** @param {string} name */
  constructor(name) {
    this.name = `parallax-coder/${name}`;
    this.keptRevision = 0;
    /** What is wrong with the stores, in words; empty where both work. */
    this.trouble = "";
  }

  /** The newest work that either store has. @returns {Promise<import("./work.js").Work>} */
  async load() {
    const found = [this.fromLocal(), await this.fromDatabase()].filter((work) => work !== null);
    const newest = found.sort((a, b) => b.revision - a.revision)[0] ?? emptyWork();
    this.keptRevision = newest.revision;
    return newest;
  }

  /** @returns {import("./work.js").Work | null} */
  fromLocal() {
    try {
      const text = localStorage.getItem(this.name);
      return text === null ? null : JSON.parse(text);
    } catch {
      return null;
    }
  }

  /** @returns {Promise<import("./work.js").Work | null>} */
  async fromDatabase() {
    try {
      const shelf = (await database()).transaction(SHELF).objectStore(SHELF);
      return (await settled(shelf.get(this.name))) ?? null;
    } catch {
      return null;
    }
  }

  /** Keeps `work` in both stores. @param {import("./work.js").Work} work */
  async keep(work) {
    const { revision } = work;
    const local = this.toLocal(work);
    if (local) this.keptRevision = Math.max(this.keptRevision, revision);
    const other = await this.toDatabase(structuredClone(work));
    if (other) this.keptRevision = Math.max(this.keptRevision, revision);
    this.trouble = local || other ? "" : "This browser keeps nothing: save the codings as a file before you leave.";
  }

  /** @param {import("./work.js").Work} work */
  toLocal(work) {
    try {
      localStorage.setItem(this.name, JSON.stringify(work));
      return true;
    } catch {
      return false;
    }
  }

  /** @param {import("./work.js").Work} work */
  async toDatabase(work) {
    try {
      const shelf = (await database()).transaction(SHELF, "readwrite").objectStore(SHELF);
      // Two writes may overtake one another; an older one never takes the place of a newer.
      const there = await settled(shelf.get(this.name));
      if (!there || there.revision <= work.revision) await settled(shelf.put(work, this.name));
      return true;
    } catch {
      return false;
    }
  }
}
