/* The sentences behind the numbers: a panel with a list, of which only what is in sight is in the page, and one sentence in
   full. */

const ITEM_HEIGHT = 76;
const CUE_BREAK = " | ";

const reading = { selection: {}, words: false, rows: [], at: 0, opener: null, codings: null, attributions: null, lower: new Map() };

function buildSentences() {
  byId("close-sentences").addEventListener("click", closeSentences);
  byId("sentence-search").addEventListener("input", debounced(listSentences));
  for (const id of ["sentence-order", "below-threshold"]) byId(id).addEventListener("change", listSentences);
  byId("save-sentences").addEventListener("click", saveSentences);
  byId("drop-selection").addEventListener("click", () => {
    reading.selection = reading.words ? { source: "", kind: "any" } : {};
    listSentences();
  });
  const list = byId("sentence-list");
  list.addEventListener("scroll", () => requestAnimationFrame(drawItems), { passive: true });
  list.addEventListener("keydown", moveInList);
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-at]");
    if (item) openSentence(Number(item.dataset.at));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !byId("sentences").hidden) closeSentences();
  });
}

function debounced(act) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, 120);
  };
}

/** Opens the panel on what a number rests on: frame or frames, group, period, or a source. */
function showSentences(selection) {
  reading.selection = selection;
  reading.words = selection.source !== undefined;
  reading.opener = document.activeElement;
  byId("sentence-search").value = "";
  byId("sentences").hidden = false;
  document.body.classList.add("reading");
  listSentences();
  byId("sentences-title").focus({ preventScroll: true });
}

function closeSentences() {
  byId("sentences").hidden = true;
  document.body.classList.remove("reading");
  reading.opener?.focus({ preventScroll: true });
}

const readingTable = () => (reading.words ? reading.attributions : reading.codings);

/** The rows that pass filters, selection and search, in the order chosen. */
function listSentences() {
  if (byId("sentences").hidden) return;
  const table = readingTable();
  writeSelection();
  byId("below-threshold").closest("label").hidden = reading.words;
  if (!table) {
    byId("sentence-count").textContent = "Unpacking \u2026";
    return;
  }
  const rows = reading.words ? wordsRows(table) : codingRows(table);
  reading.rows = ordered(table, searched(table, rows));
  reading.at = 0;
  byId("sentence-list").scrollTop = 0;
  byId("sentence-count").textContent = countWords(table);
  drawItems(true);
  drawSentence();
}

function countWords(table) {
  const articles = new Set(reading.rows.map((row) => table.column("document").cells[row])).size;
  const noun = reading.words ? "stretch" : "sentence";
  const amount = reading.words && reading.rows.length !== 1 ? `${count(reading.rows.length)} stretches of words` : reading.words ? "1 stretch of words" : plural(reading.rows.length, noun);
  const held = facts.held[reading.words ? "attributions" : "codings"];
  const sample = held.held < held.rows ? ` The page holds ${count(held.held)} of ${count(held.rows)} rows: all sentences of articles drawn at random.` : "";
  return `${amount} in ${plural(articles, "article")}.${sample}`;
}

function codingRows(table) {
  const { frame, frames, group, period = filters.period } = reading.selection;
  const wanted = frame ? [frame] : frames;
  const frameOk = table.mask("frame", (id) => (wanted ? wanted.includes(id) : filters.frames.has(id)));
  const groupOk = table.mask("group", (name) => (group === undefined ? filters.groups.has(name) : name === group));
  const periodOk = table.mask("period", (label) => period === WHOLE_SPAN || label === period);
  const voiceOk = table.mask("voice", (voice) => filters.voice === "all" || voice === filters.voice);
  const hitOk = table.mask("hit", (hit) => hit === "true" || byId("below-threshold").checked);
  return matching(table, [["frame", frameOk], ["group", groupOk], ["period", periodOk], ["voice", voiceOk], ["hit", hitOk]]);
}

/** Attributions of a source, of a group of sources, of all others, or of nobody named. */
function wordsRows(table) {
  const { source, kind, group, period = filters.period } = reading.selection;
  const named = new Set(findings.sources.filter((row) => row.kind === "source" && row.group === group && row.period === WHOLE_SPAN).map((row) => row.source));
  const canonical = {
    source: (name) => name === source,
    rest: (name) => (source === "(unnamed)" ? name === "" : name !== "" && !named.has(name)),
  }[kind] ?? (() => true);
  return matching(table, [
    ["canonical", table.mask("canonical", canonical)],
    ["source_group", table.mask("source_group", (id) => kind !== "group" || id === source)],
    ["mood", table.mask("mood", (mood) => mood === "asserted")],
    ["group", table.mask("group", (name) => (group === undefined ? filters.groups.has(name) : name === group))],
    ["period", table.mask("period", (label) => period === WHOLE_SPAN || label === period)],
  ]);
}

/** Rows whose words pass every mask. */
function matching(table, masks) {
  const tests = masks.map(([name, mask]) => [table.column(name).cells, mask]);
  const rows = [];
  next: for (let row = 0; row < table.rows; row += 1) {
    for (const [cells, mask] of tests) if (!mask[cells[row]]) continue next;
    rows.push(row);
  }
  return rows;
}

function searched(table, rows) {
  const sought = byId("sentence-search").value.trim().toLowerCase();
  if (!sought) return rows;
  const names = reading.words ? ["content", "source", "canonical"] : ["text", "source", "cues", "rules"];
  const masks = names.map((name) => [table.column(name).cells, maskOf(table, name, sought)]);
  return rows.filter((row) => masks.some(([cells, mask]) => mask[cells[row]]));
}

/** Which words of a column hold what is sought; their small letters are made once. */
function maskOf(table, name, sought) {
  const column = table.column(name);
  let lower = reading.lower.get(column);
  if (lower?.length !== column.words.length) {
    lower = column.words.map((word) => word.toLowerCase());
    reading.lower.set(column, lower);
  }
  return Uint8Array.from(lower, (word) => (word.includes(sought) ? 1 : 0));
}

function ordered(table, rows) {
  const order = byId("sentence-order").value;
  if (order === "document") return rows;
  const column = table.column(order);
  if (!column) return rows;
  const ranks = column.words.map((word, place) => [word, place]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const rank = new Map(ranks.map(([, place], at) => [place, at]));
  const turn = order === "probability" ? -1 : 1;
  return [...rows].sort((a, b) => turn * (rank.get(column.cells[a]) - rank.get(column.cells[b])) || a - b);
}

/** Says what was chosen, as a tag that can be dropped. */
function writeSelection() {
  const { frame, frames, group, period, source } = reading.selection;
  const parts = [
    source || null,
    frame ? frameLabel(frame) : null,
    frames ? frames.map(frameLabel).join(" or ") : null,
    group,
    period && period !== WHOLE_SPAN ? periodWords(period) : null,
  ].filter(Boolean);
  byId("sentences-title").textContent = reading.words ? "Words given to sources" : "Sentences";
  byId("selection").hidden = parts.length === 0;
  byId("selection-words").textContent = parts.join(" \u00b7 ");
  const voice = VOICES.find(([value]) => value === filters.voice)[1];
  byId("sentence-filters").textContent = filters.voice === "all" || reading.words ? "" : `Voice: ${voice}`;
}

function moveInList(event) {
  const list = byId("sentence-list");
  const page = Math.max(1, Math.floor(list.clientHeight / ITEM_HEIGHT) - 1);
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[event.key];
  if (step === undefined || !reading.rows.length) return;
  event.preventDefault();
  openSentence(Math.max(0, Math.min(reading.rows.length - 1, reading.at + step)));
}

function openSentence(at) {
  reading.at = at;
  const list = byId("sentence-list");
  const top = at * ITEM_HEIGHT;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + ITEM_HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + ITEM_HEIGHT - list.clientHeight;
  drawItems(true);
  drawSentence();
}

let itemsFrom = -1;
function drawItems(anew = false) {
  const list = byId("sentence-list");
  const first = Math.max(0, Math.floor(list.scrollTop / ITEM_HEIGHT) - 4);
  if (anew !== true && Math.abs(first - itemsFrom) < 2) return;
  itemsFrom = first;
  const last = Math.min(reading.rows.length, first + Math.ceil(list.clientHeight / ITEM_HEIGHT) + 8);
  const space = byId("sentence-space");
  space.style.height = `${Math.max(1, reading.rows.length) * ITEM_HEIGHT}px`;
  const items = [];
  for (let at = first; at < last; at += 1) items.push(listItem(at));
  space.replaceChildren(...items);
  if (reading.rows.length) list.setAttribute("aria-activedescendant", `item-${reading.at}`);
  else list.removeAttribute("aria-activedescendant");
}

function listItem(at) {
  const table = readingTable();
  const row = table.row(reading.rows[at]);
  const chosen = at === reading.at;
  const meta = reading.words
    ? [row.group, row.date, row.canonical || row.source || "nobody named"]
    : [row.group, row.date, row.voice === "attributed" ? row.source || "a source" : row.voice === "own" ? "own voice" : "voice not known"];
  const head = make("span", { class: "meta" });
  if (!reading.words) head.append(paint(make("span", { class: "swatch", title: frameLabel(row.frame) }), row.frame));
  head.append(make("bdi", { text: meta.filter(Boolean).join(" \u00b7 ") }));
  if (row.stance === "against") head.append(make("span", { class: "against", text: "rejected" }));
  const text = reading.words ? [make("span", { text: row.content })] : marked(around(row), row.cues.split(CUE_BREAK));
  const item = make("div", { role: "option", id: `item-${at}`, class: chosen ? "item chosen" : "item", "data-at": at, "aria-selected": chosen, "aria-posinset": at + 1, "aria-setsize": reading.rows.length }, head, make("bdi", { class: "text" }, ...text));
  item.style.top = `${at * ITEM_HEIGHT}px`;
  return item;
}

/** A sentence from shortly before its first cue, where that stands far from its beginning. */
function around({ text, cues }) {
  const first = text.indexOf(cues.split(CUE_BREAK)[0]);
  if (first < 110) return text;
  const space = text.indexOf(" ", first - 60);
  return `\u2026${text.slice(space > 0 && space < first ? space : first - 60)}`;
}

/** The chosen sentence in full, and why it is coded so. */
function drawSentence() {
  const box = byId("sentence");
  if (!reading.rows.length) return box.replaceChildren(nothing("No sentence passes the filters."));
  const row = readingTable().row(reading.rows[reading.at]);
  const command = `parallax explain ${quoted(facts.studyFile)} --document ${quoted(row.document)} --sentence ${row.sentence}`;
  const place = `${row.document}, ${row.sentence === "0" ? "title" : `sentence ${row.sentence}`}`;
  const common = [[facts.by, row.group], ["outlet", facts.by === "outlet" ? "" : row.outlet], ["date", row.date], ["document", place]];
  const text = reading.words ? [document.createTextNode(row.content)] : marked(row.text, row.cues.split(CUE_BREAK));
  box.replaceChildren(
    make("blockquote", { dir: "auto" }, ...text),
    pairs([...common, ...(reading.words ? wordsPairs(row) : codingPairs(row))]),
    ...(reading.words ? [] : [make("h4", { text: "Why" }), why(row)]),
    make("p", { class: "command" }, make("span", { text: "Each step: " }), make("code", { text: command })),
  );
  box.scrollTop = 0;
}

const quoted = (word) => (/^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

const pairs = (rows) => make("dl", {}, ...rows.filter(([, words]) => words).flatMap(([name, words]) => [make("dt", { text: name }), make("dd", {}, words instanceof Node ? words : make("bdi", { text: words }))]));

function codingPairs(row) {
  const frame = frameOf(row.frame);
  const voice = { own: "the outlet\u2019s own", attributed: row.source ? `given to \u201c${row.source}\u201d` : "given to somebody who is not named" }[row.voice];
  const stance = { favor: "affirms the frame", against: "rejects the frame", neutral: "neither affirms nor rejects it" }[row.stance];
  const hit = row.hit === "true" ? `a hit, since the threshold is ${frame.threshold}` : `below the threshold of ${frame.threshold}`;
  return [
    ["frame", make("span", { class: "frame" }, paint(make("span", { class: "swatch", "aria-hidden": "true" }), row.frame), make("span", { text: frame.label }))],
    ["voice", voice ?? "not known (language not supported, or no cue)"],
    ["verb", row.verb ? `\u201c${row.verb}\u201d${row.verb_class ? ` (${row.verb_class})` : ""}` : ""],
    ["stance", stance ?? "none"],
    ["probability", `${number(row.probability).toFixed(3)}: ${hit}`],
  ];
}

const wordsPairs = (row) => [
  ["source", row.source || "nobody named"],
  ["known as", row.canonical === row.source ? "" : row.canonical],
  ["group", row.source_group],
  ["verb", row.verb ? `\u201c${row.verb}\u201d (${row.verb_class})` : ""],
  ["words", { direct: "quoted", indirect: "reported", mixed: "partly quoted" }[row.kind]],
];

/** Rules, scores, and whether voice or sentence turned a rule's stance round. */
function why(row) {
  const rules = row.rules.split(";").filter(Boolean).map((id) => facts.rules.find((rule) => rule.id === id) ?? { id, weight: 0, stance: "" });
  const weight = (value) => signed(`${value < 0 ? "" : "+"}${value.toFixed(2)}`.replace("+-", "-"));
  const lines = rules.map((rule) => make("li", {}, make("code", { text: rule.id }), ` (${weight(rule.weight)}, stance ${rule.stance})`));
  const cues = row.cues ? make("li", {}, "The words that matched: ", ...row.cues.split(CUE_BREAK).flatMap((cue, at) => [at ? ", " : "", make("mark", { text: cue })])) : null;
  const scores = [row.rule_score ? `rule score ${signed(number(row.rule_score).toFixed(2))}` : "", row.model_score ? `model score ${signed(number(row.model_score).toFixed(2))}` : ""].filter(Boolean).join(", ");
  const stances = new Set(rules.map((rule) => rule.stance));
  const turned = row.stance && stances.size === 1 && !stances.has(row.stance);
  return make("ul", { class: "why" }, ...lines, ...(cues ? [cues] : []),
    make("li", { text: `${scores[0].toUpperCase()}${scores.slice(1)}.` }),
    turned ? make("li", { text: `The stance is not the rule\u2019s: here the words are negated, denied, asked or held at a distance.` }) : null);
}

function saveSentences() {
  const table = readingTable();
  if (!table) return;
  const columns = table.columns.map((column) => column);
  const rows = reading.rows.map((row) => columns.map((column) => column.words[column.cells[row]]));
  download(`${reading.words ? "attributions" : "codings"}-selection.csv`, table.names, rows);
}
