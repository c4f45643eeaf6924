/* The charts: how often, over time, differences, contrasts, sources. Each is drawn from the rows of one table. */

let findings = {};

/** The rows of prevalence of the chosen voice. */
const prevalence = () => findings.voices[filters.voice];
const inPeriod = (row) => row.period === filters.period;
const inGroups = (row) => filters.groups.has(row.group);
const unit = (amount) => plural(amount, facts.unit);

function drawCharts() {
  drawPrevalence();
  drawTimeline();
  drawDifferences();
  drawContrasts();
  drawSources();
}

/** What a chart says where there is nothing to draw. */
const nothing = (words) => make("p", { class: "nothing", text: words });

/** The words of a cell of prevalence. */
function prevalenceTip(row) {
  const [share, low, high] = [row.estimate, row.conf_low, row.conf_high].map(number);
  return [
    `${frameLabel(row.frame)}, ${row.group}${row.period === WHOLE_SPAN ? "" : `, ${periodWords(row.period)}`}`,
    share === null ? "No share" : `${percent(share)} \u2013 ${intervalWords(low, high, percent, "no interval")}`,
    `${count(row.hits)} of ${facts.unit === "sentence" ? unit(row.sentences) : unit(row.documents)}, ${plural(row.documents, "article")}`,
    row.note,
  ];
}

const open = (selection) => () => showSentences(selection);

/** A row of a chart of dots: a button with a name, a track and a number. */
function dotRow({ name, track, value, lines, onclick }) {
  const row = make(
    "button",
    { type: "button", class: "row", "data-tip": true, onclick },
    make("bdi", { class: "name", text: name }),
    " ",
    track,
    make("span", { class: "value", text: value }),
  );
  return tip(row, lines);
}

function drawPrevalence() {
  const chart = byId("prevalence-chart");
  const rows = prevalence().filter((row) => inPeriod(row) && inGroups(row) && filters.frames.has(row.frame));
  const shared = byId("same-scale").checked ? shareScale(reachOf(rows)) : null;
  const bySize = byId("by-share").checked;
  const panels = shownFrames().map((frame) => {
    const own = rows.filter((row) => row.frame === frame.id);
    const place = shared ?? shareScale(reachOf(own));
    if (bySize) own.sort((a, b) => (number(b.estimate) ?? -1) - (number(a.estimate) ?? -1));
    const panel = paint(make("section", { class: "panel" }, frameHeading(frame)), frame.id);
    for (const row of own) {
      const [value, low, high] = [row.estimate, row.conf_low, row.conf_high].map(number);
      const track = dotTrack(place, { value, low, high, hollow: Number(row.documents) < 5 });
      const onclick = open({ frame: row.frame, group: row.group, period: row.period });
      panel.append(dotRow({ name: row.group, track, value: value === null ? "\u2013" : percent(value, place.end), lines: prevalenceTip(row), onclick }));
    }
    panel.append(make("div", { class: "row axis-row", "aria-hidden": "true" }, make("span"), axis(place, "%"), make("span")));
    return roving(panel);
  });
  chart.replaceChildren(...(panels.length && filters.groups.size ? panels : [nothing("Nothing is chosen.")]));
}

function frameHeading(frame) {
  return make("h3", {}, paint(make("span", { class: "swatch", "aria-hidden": "true" }), frame.id), make("span", { text: frame.label }));
}

/** Over time: one frame, a panel for each group, all others thin behind it. */
function drawTimeline() {
  const section = byId("timeline");
  section.hidden = facts.periods.length < 2;
  if (section.hidden) return;
  const frame = keepChoice(byId("timeline-frame"), shownFrames());
  const chart = byId("timeline-chart");
  if (!frame || !filters.groups.size) return chart.replaceChildren(nothing("Nothing is chosen."));
  const rows = prevalence().filter((row) => row.frame === frame && row.period !== WHOLE_SPAN && inGroups(row));
  // Few articles shall not set the scale of the others, but where nobody has more of them they are what there is.
  const sure = rows.filter((row) => Number(row.documents) >= 5);
  const place = shareScale(reachOf(sure.some((row) => Number(row.estimate) > 0) ? sure : rows));
  const panels = shownGroups().map((group) => timePanel(group, rows, place, frame));
  chart.replaceChildren(...panels);
}

/** Keeps the choice of a select among `frames`; gives the frame chosen. */
function keepChoice(select, frames) {
  const before = select.value;
  select.replaceChildren(...frames.map((frame) => make("option", { value: frame.id, text: frame.label })));
  if (frames.some((frame) => frame.id === before)) select.value = before;
  return select.value;
}

const HEIGHT = 120;
const timeX = (period) => {
  const [first, last] = [facts.periods[0].at, facts.periods.at(-1).at];
  return last === first ? 50 : 9 + ((periodAt.get(period) - first) / (last - first)) * 89;
};
let periodAt = new Map();

function timePanel(group, rows, place, frame) {
  const y = (share) => HEIGHT - 1 - (place.at(share) / 100) * (HEIGHT - 20);
  const own = rows.filter((row) => row.group === group);
  const plot = make("svg:svg", { class: "plot", height: HEIGHT, role: "group", "aria-label": `${frameLabel(frame)} in ${group} over time` });
  for (const tick of place.ticks) {
    plot.append(make("svg:line", { class: tick === 0 ? "grid zero" : "grid", x1: 0, x2: "100%", y1: y(tick), y2: y(tick) }));
  }
  const lines = make("svg:svg", { viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none", width: "100%", height: HEIGHT, "aria-hidden": "true" });
  for (const other of shownGroups().filter((other) => other !== group)) {
    for (const run of runs(rows.filter((row) => row.group === other))) lines.append(make("svg:path", { class: "behind", d: linePath(run, y) }));
  }
  for (const run of runs(own)) {
    const banded = run.filter((row) => row.conf_low !== "");
    if (banded.length > 1) lines.append(make("svg:path", { class: "ribbon", d: ribbonPath(banded, y) }));
    lines.append(make("svg:path", { class: "line", d: linePath(run, y) }));
  }
  plot.append(lines);
  for (const tick of place.ticks.slice(1)) plot.append(make("svg:text", { class: "halo", x: 0, y: y(tick) - 3, text: place.words(tick) + (tick === place.ticks.at(-1) ? " %" : "") }));
  for (const row of own.filter((row) => row.estimate !== "")) plot.append(timeDot(row, place, y));
  const documents = own.reduce((sum, row) => sum + Number(row.documents), 0);
  const heading = make("h3", {}, make("bdi", { text: group }), make("span", { class: "count", text: ` ${plural(documents, "article")}` }));
  const ends = [facts.periods[0], facts.periods.at(-1)].map((period) => make("span", { text: shortPeriod(period.label) }));
  return roving(paint(make("section", { class: "panel time" }, heading, plot, make("p", { class: "ends", "aria-hidden": "true" }, ...ends)), frame));
}

const shortPeriod = (label) => periodWords(label).replace(", week ", " wk ");

/** A point in time; one off the scale is a tip at its edge. */
function timeDot(row, place, y) {
  const [x, height] = [`${timeX(row.period)}%`, y(number(row.estimate))];
  const look = Number(row.documents) < 5 ? "dot hollow" : "dot";
  const off = make("svg:svg", { x, y: height, overflow: "visible" }, make("svg:path", { class: look, d: "M-4,3 L0,-4 L4,3Z" }));
  const dot = make("svg:g", { role: "button", class: "point", "data-tip": true },
    make("svg:circle", { class: "target", cx: x, cy: height, r: 9 }),
    place.beyond(number(row.estimate)) ? off : make("svg:circle", { class: look, cx: x, cy: height, r: 3.2 }));
  const act = open({ frame: row.frame, group: row.group, period: row.period });
  dot.addEventListener("click", act);
  dot.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
  return tip(dot, prevalenceTip(row));
}

/** Rows of neighbouring periods together: where nothing was published the line breaks. */
function runs(rows) {
  const all = [];
  for (const row of rows.filter((row) => row.estimate !== "")) {
    const before = all.at(-1)?.at(-1);
    if (before && periodAt.get(row.period) - periodAt.get(before.period) === 1) all.at(-1).push(row);
    else all.push([row]);
  }
  return all;
}

const linePath = (run, y) => run.map((row, order) => `${order ? "L" : "M"}${timeX(row.period).toFixed(2)},${y(number(row.estimate)).toFixed(2)}`).join("");

function ribbonPath(run, y) {
  const edge = (name) => (row) => `${timeX(row.period).toFixed(2)},${y(number(row[name])).toFixed(2)}`;
  return `M${[...run.map(edge("conf_high")), ...run.map(edge("conf_low")).reverse()].join("L")}Z`;
}

/** Differences of each group from the rest, of two groups the one from the other: a table with coloured cells. */
function drawDifferences() {
  const section = byId("differences");
  const rest = findings.comparisons.filter((row) => row.group_b === "(rest)");
  const all = rest.length ? rest : findings.comparisons;
  section.hidden = all.length === 0;
  if (section.hidden) return;
  const compared = shownGroups().filter((group) => all.some((row) => row.group_a === group));
  const cells = new Map(all.filter(inPeriod).map((row) => [`${row.frame}\n${row.group_a}`, row]));
  const tested = [...cells.values()].filter((row) => row.q_value !== "");
  const largest = Math.max(0.02, ...tested.map((row) => Math.abs(number(row.difference) ?? 0)));
  const head = make("tr", {}, make("td"), ...compared.map((group) => make("th", { scope: "col" }, make("bdi", { text: group }))));
  const body = shownFrames().map((frame) => {
    const name = make("th", { scope: "row", text: frame.label });
    return make("tr", {}, name, ...compared.map((group) => differenceCell(cells.get(`${frame.id}\n${group}`), largest)));
  });
  const groups = compared.length;
  const table = make("table", { class: groups > 10 ? "heat dense" : "heat" }, make("caption", { class: "unseen", text: "Difference of each group from the rest, in percentage points" }), make("thead", {}, head), make("tbody", {}, ...body));
  if (groups > 10) table.style.minWidth = `${9 + 3.7 * groups}rem`;
  byId("differences-chart").replaceChildren(body.length ? roving(table) : nothing("Nothing is chosen."));
}

function differenceCell(row, largest) {
  const difference = row ? number(row.difference) : null;
  if (difference === null) return make("td", { class: "undefined", title: row?.note ?? "", text: "\u2013" });
  const q = number(row.q_value);
  const sure = q !== null && q < 0.05;
  const button = make("button", { type: "button", "data-tip": true, onclick: open({ frame: row.frame, group: row.group_a, period: row.period }) },
    make("span", { text: `${difference > 0 ? "+" : ""}${points(difference)}` }), sure ? make("span", { class: "sure", text: "\u25CF" }) : null);
  tip(button, [
    `${frameLabel(row.frame)}: ${row.group_a} against ${row.group_b === "(rest)" ? "the rest" : row.group_b}`,
    `${percent(number(row.estimate_a))} against ${percent(number(row.estimate_b))}, a difference of ${points(difference)} points`,
    `${intervalWords(number(row.conf_low), number(row.conf_high), points, "no interval")}; ${qWords(q)}${sure ? ", holds up" : ""}`,
    row.note,
  ]);
  const cell = make("td", { class: q === null ? "undefined" : difference > 0 ? "more" : "less" }, button);
  cell.style.setProperty("--depth", `${Math.round((Math.abs(difference) / largest) * 70)}%`);
  if (sure) cell.classList.add("surely");
  return cell;
}

/** Two frames held against each other. */
function drawContrasts() {
  const section = byId("contrasts");
  section.hidden = findings.contrasts.length === 0;
  if (section.hidden) return;
  const rows = findings.contrasts.filter((row) => inPeriod(row) && inGroups(row));
  const pairs = [...new Set(findings.contrasts.map((row) => `${row.frame_a}\n${row.frame_b}`))].map((pair) => pair.split("\n"));
  const ends = rows.flatMap((row) => [row.log_ratio, row.conf_low, row.conf_high]).map(number).filter((end) => end !== null);
  const most = Math.log(300);
  const place = ratioScale(Math.max(-most, Math.min(0, ...ends)), Math.min(most, Math.max(0, ...ends)));
  const panels = pairs.map(([a, b]) => {
    const heading = make("h3", { class: "versus" }, make("span", {}, paint(make("span", { class: "swatch", "aria-hidden": "true" }), b), `\u25C2 ${frameLabel(b)}`), make("span", {}, `${frameLabel(a)} \u25B8`, paint(make("span", { class: "swatch", "aria-hidden": "true" }), a)));
    const panel = make("section", { class: "panel wide" }, heading);
    for (const row of rows.filter((row) => row.frame_a === a && row.frame_b === b)) panel.append(contrastRow(row, place));
    panel.append(make("div", { class: "row axis-row contrast", "aria-hidden": "true" }, make("span"), make("span"), axis(place, ""), make("span")));
    return roving(panel);
  });
  byId("contrasts-chart").replaceChildren(...(filters.groups.size ? panels : [nothing("Nothing is chosen.")]));
}

function contrastRow(row, place) {
  const [value, low, high, q] = [row.log_ratio, row.conf_low, row.conf_high, row.q_value].map(number);
  const sure = q !== null && q < 0.05;
  const track = dotTrack(place, { value, low, high, hollow: !sure, zero: true });
  const [ahead, behind] = value === null || value >= 0 ? [row.frame_a, row.frame_b] : [row.frame_b, row.frame_a];
  const turn = (log) => (value < 0 ? -log : log);
  const ends = low === null ? [] : [turn(low), turn(high)].sort((x, y) => x - y).map((log) => Math.exp(log).toFixed(1));
  const lines = [
    row.group,
    value === null ? "No ratio" : `${times(value)} of ${frameLabel(ahead)} for each of ${frameLabel(behind)}`,
    value === null ? "" : `${ends.length ? `95 % interval ${ends.join(" to ")}` : "no interval"}; ${qWords(q)}`,
    `${count(row.hits_a)} ${frameLabel(row.frame_a)}, ${count(row.hits_b)} ${frameLabel(row.frame_b)}`,
    row.note,
  ];
  const onclick = open({ frames: [row.frame_a, row.frame_b], group: row.group, period: row.period });
  const button = dotRow({ name: row.group, track, value: count(row.hits_a), lines, onclick });
  button.classList.add("contrast");
  if (sure) paint(button, ahead);
  track.before(make("span", { class: "value", text: count(row.hits_b) }));
  if (value === null) track.append(make("svg:text", { class: "why halo", x: `${place.at(0)}%`, y: 15, "text-anchor": "middle", text: Number(row.hits_a) + Number(row.hits_b) ? "no ratio" : "no hits" }));
  return button;
}

/** Who gets to speak. */
const SPEAKERS = 8;
function drawSources() {
  const section = byId("sources");
  section.hidden = findings.sources.length === 0;
  if (section.hidden) return;
  const hasGroups = findings.sources.some((row) => row.kind === "group");
  byId("speaker-choice").hidden = !hasGroups;
  const kind = hasGroups && byId("speaker-groups").checked ? "group" : "source";
  const rows = findings.sources.filter((row) => inPeriod(row) && inGroups(row) && (row.kind === kind || row.kind === "rest"));
  const named = rows.filter((row) => row.kind === kind);
  const place = shareScale(reachOf(named.filter((row) => Number(row.documents) >= 5)));
  const panels = shownGroups().map((group) => {
    const own = named.filter((row) => row.group === group).sort((a, b) => (number(b.share) ?? -1) - (number(a.share) ?? -1)).slice(0, SPEAKERS);
    const total = rows.find((row) => row.group === group)?.all_attributed ?? "0";
    const heading = make("h3", {}, make("bdi", { text: group }), make("span", { class: "count", text: ` ${plural(total, "attributed sentence")}` }));
    const panel = make("section", { class: "panel speakers" }, heading);
    for (const row of own) panel.append(speakerRow(row, place));
    if (own.length === 0) panel.append(nothing("Nobody speaks in two articles or more."));
    else panel.append(make("div", { class: "row axis-row", "aria-hidden": "true" }, make("span"), axis(place, "%"), make("span")));
    return roving(panel);
  });
  byId("sources-chart").replaceChildren(...(panels.length ? panels : [nothing("Nothing is chosen.")]));
}

function speakerRow(row, place) {
  const [value, low, high] = [row.share, row.conf_low, row.conf_high].map(number);
  const lines = [
    `${row.source} in ${row.group}`,
    value === null ? "No share" : `${percent(value)} of attributed sentences \u2013 ${intervalWords(low, high, percent, "no interval")}`,
    `${count(row.attributed_sentences)} of ${plural(row.all_attributed, "attributed sentence")}, ${plural(row.documents, "article")}; quoted ${count(row.direct)}, reported ${count(row.indirect)}, partly quoted ${count(row.mixed)}`,
    row.note,
  ];
  const onclick = open({ source: row.source, kind: row.kind, group: row.group, period: row.period });
  return dotRow({ name: row.source, track: dotTrack(place, { value, low, high, hollow: Number(row.documents) < 5 }), value: value === null ? "\u2013" : percent(value, place.end), lines, onclick });
}
