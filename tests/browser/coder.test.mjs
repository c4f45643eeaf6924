// The coder's page in Chromium, from the file system and without a network, worked by keys alone.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { hostileStudy, largeStudy } from "./studies.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let browser;
let work;

const parallax = (...words) => execFileSync(process.env.PARALLAX, words, { encoding: "utf8", cwd: work });

before(async () => {
  work = mkdtempSync(join(tmpdir(), "parallax-coder-"));
  largeStudy(work, 400);
  parallax("sample", "study.toml", "--n", "40", "--strategy", "random", "--coders", "anna,boris", "--overlap", "1", "--blind");
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
});

after(async () => {
  await browser?.close();
  rmSync(work, { recursive: true, force: true });
});

const ready = (page) => page.waitForSelector("html[data-state=done]", { state: "attached" });

async function open(context, file) {
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && trouble.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("request", (request) => !/^(file|blob|data):/.test(request.url()) && trouble.push(`request: ${request.url()}`));
  await page.goto(`file://${file}`);
  await ready(page);
  return { page, trouble };
}

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

async function saved(page, to) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
  copyFileSync(await download.path(), to);
  return download.suggestedFilename();
}

/** Runs in the page. */
const keysAreThoseOfTheCodebook = () =>
  [...document.querySelectorAll("#frames button")].every((button) => {
    const heading = document.querySelector(`#codebook section[data-frame="${button.dataset.frame}"] h2`);
    return heading.textContent.startsWith(button.querySelector("kbd").textContent);
  });

/** What a coder who knows the study would press: the first frame where a word of its rules stands. */
const frameKeys = (sentence) => (/million|dear|budget/i.test(sentence) ? ["1"] : /shorten|useful|commuter/i.test(sentence) ? ["2"] : []);

/** Codes up to `most` sentences by keys; `odd` says which are coded otherwise. */
async function code(page, most, odd = () => false) {
  for (let count = 0; count < most; count += 1) {
    const sentence = await page.textContent("#sentence .coded");
    const keys = frameKeys(sentence);
    await press(page, ...(odd(count) ? ["1", "2"] : keys), "Enter");
  }
}

test("twenty sentences by keys, a reload, the rest, and the file agrees with itself", async () => {
  const context = await browser.newContext({ offline: true, acceptDownloads: true });
  const { page, trouble } = await open(context, join(work, "sample", "anna.html"));
  await code(page, 20);
  await press(page, "x", "n");
  await page.keyboard.type('odd, "really"');
  await press(page, "Escape");
  await page.waitForFunction(() => document.querySelector("#status").textContent.includes("kept in this browser"));
  await page.reload();
  await ready(page);
  assert.match(await page.textContent("#status"), /^20 of 40 sentences coded · 1 unsure/);
  assert.match(await page.textContent("#place"), /^Sentence 21 of 40/);
  assert.equal(await page.textContent("#return-count"), "1");
  await code(page, 19);
  await press(page, "z");
  assert.match(await page.textContent("#status"), /^38 of 40/, "undo takes the last one back");
  await press(page, "Enter", "Enter");
  assert.match(await page.textContent("#status"), /^40 of 40 .* All done/);
  assert.equal(await saved(page, join(work, "sample", "codings-anna.csv")), "codings-anna.csv");
  const other = await browser.newContext({ offline: true, acceptDownloads: true });
  const copy = await open(other, join(work, "sample", "anna.html"));
  assert.match(await copy.page.textContent("#status"), /^0 of 40/, "another browser knows nothing yet");
  await copy.page.setInputFiles("#load", join(work, "sample", "codings-anna.csv"));
  await copy.page.waitForFunction(() => document.querySelector("#status").textContent.startsWith("40 of 40"));
  await saved(copy.page, join(work, "again.csv"));
  assert.equal(readFileSync(join(work, "again.csv"), "utf8"), readFileSync(join(work, "sample", "codings-anna.csv"), "utf8"), "loaded and saved again");
  assert.deepEqual([trouble, copy.trouble], [[], []]);
  await context.close();
  await other.close();
});

test("voice, source and stance are said by keys, and read by agree", async () => {
  const context = await browser.newContext({ offline: true, acceptDownloads: true });
  const { page, trouble } = await open(context, join(work, "sample", "boris.html"));
  await press(page, "1", "v", "v", "b", "ArrowRight", "Shift+ArrowRight", "Enter", "-");
  const words = (await page.textContent("#sentence .coded")).split(/\s+/).slice(1, 3).join(" ").replace(/[,.;:”“"]+$/, "");
  await press(page, "Enter");
  await saved(page, join(work, "part.csv"));
  const first = readFileSync(join(work, "part.csv"), "utf8").split("\r\n")[1];
  assert.ok(first.includes(`,cost,1,boris,attributed,${words.replace(/^[“"]/, "")},against,`), first);
  assert.deepEqual(trouble, []);
  await context.close();
});

test("two coders who differ settle it on a page, and the study takes it", async () => {
  const context = await browser.newContext({ offline: true, acceptDownloads: true });
  const boris = await open(context, join(work, "sample", "boris.html"));
  await code(boris.page, 40, (count) => count < 3);
  await saved(boris.page, join(work, "sample", "codings-boris.csv"));
  const files = ["sample/codings-anna.csv", "sample/codings-boris.csv"];
  assert.match(parallax("agree", "--study", "study.toml", ...files), /[1-9]\d* disagreements? to adjudicate/);
  const { page, trouble } = await open(context, join(work, "agreement", "adjudication.html"));
  const items = Number((await page.textContent("#place")).match(/of (\d+)/)[1]);
  assert.ok(items >= 1 && items <= 4, `${items} sentences in dispute`);
  assert.match(await page.textContent("#others"), /there.*not there|not there.*there/);
  assert.doesNotMatch(await page.content(), /anna|boris/);
  for (let item = 0; item < items; item += 1) {
    assert.ok(await page.evaluate(keysAreThoseOfTheCodebook), "a frame has one key, on the desk and in the codebook");
    await press(page, "Enter");
  }
  await saved(page, join(work, "agreement", "codings-adjudicated.csv"));
  assert.match(parallax("agree", "--study", "study.toml", ...files, "agreement/codings-adjudicated.csv"), /\n0 disagreements to adjudicate/);
  const study = readFileSync(join(work, "study.toml"), "utf8");
  const named = [...files, "agreement/codings-adjudicated.csv"].map((file) => JSON.stringify(file)).join(", ");
  writeFileSync(join(work, "study.toml"), study.replace("[[corpus]]", `codings = [${named}]\n\n[[corpus]]`));
  assert.match(parallax("run", "study.toml"), /documents, /);
  assert.deepEqual([boris.trouble, trouble], [[], []]);
  await context.close();
});

test("whole documents are read and coded once, and what coders differ on is settled", async () => {
  const study = readFileSync(join(work, "study.toml"), "utf8");
  writeFileSync(join(work, "whole.toml"), study.replace(/^codings = .*$/m, "").replace("[compare]", '[compare]\nunit = "document"'));
  parallax("sample", "whole.toml", "--n", "12", "--strategy", "random", "--coders", "anna,boris", "--overlap", "1", "--blind", "--output", "whole");
  const context = await browser.newContext({ offline: true, acceptDownloads: true, bypassCSP: true });
  const troubles = [];
  for (const [coder, odd] of [["anna", []], ["boris", [2, 5]]]) {
    const { page, trouble } = await open(context, join(work, "whole", `${coder}.html`));
    assert.match(await page.textContent("#place"), /^Document 1 of 12/);
    const text = await page.textContent("#sentence");
    assert.match(text, /^\s*A day on the line, part \d+\n\n/);
    assert.ok(text.split(/[.!?]\s/).length > 10 && !(await page.isVisible("#article")), "all of it, once");
    await code(page, 12, (count) => odd.includes(count));
    assert.match(await page.textContent("#status"), /^12 of 12 documents coded/);
    await saved(page, join(work, "whole", `codings-${coder}.csv`));
    await page.addScriptTag({ path: AXE });
    const { violations } = await page.evaluate(() => axe.run());
    assert.deepEqual(violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id }) => id), []);
    troubles.push(...trouble);
  }
  const files = ["whole/codings-anna.csv", "whole/codings-boris.csv"];
  assert.match(parallax("agree", "--study", "whole.toml", ...files, "--output", "settling"), /[1-9]\d* disagreements? to adjudicate/);
  const { page, trouble } = await open(context, join(work, "settling", "adjudication.html"));
  const items = Number((await page.textContent("#place")).match(/^Document 1 of (\d+)/)[1]);
  for (let item = 0; item < items; item += 1) await press(page, "Enter");
  await saved(page, join(work, "settling", "codings-adjudicated.csv"));
  assert.match(parallax("agree", "--study", "whole.toml", ...files, "settling/codings-adjudicated.csv"), /\n0 disagreements to adjudicate/);
  assert.deepEqual([...troubles, ...trouble], []);
  await context.close();
});

test("articles that try to do harm stay text, and the page is small and can be heard", async () => {
  const folder = join(work, "hostile");
  hostileStudy(folder);
  execFileSync(process.env.PARALLAX, ["sample", join(folder, "study.toml"), "--n", "30", "--strategy", "random"]);
  const file = join(folder, "sample", "coder.html");
  const context = await browser.newContext({ offline: true, bypassCSP: true });
  const { page, trouble } = await open(context, file);
  for (let count = 0; count < 30; count += 1) await press(page, "m", "ArrowRight");
  assert.equal(await page.evaluate(() => window.harmed), undefined);
  await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() => axe.run());
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`), []);
  assert.deepEqual(trouble, []);
  assert.ok(statSync(file).size < 2e6, `${statSync(file).size} bytes`);
  await context.close();
});
