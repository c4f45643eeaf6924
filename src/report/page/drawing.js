/* The marks that charts are made of: scales, dots with whiskers, tooltips. Places are in percent, so that a chart fits any
   width without being drawn again. */

/** Gives an element the colour of a frame, on paper and on a dark screen. */
function paint(element, frame) {
  const { light, dark } = frameOf(frame);
  element.classList.add("hued");
  element.style.setProperty("--light", light);
  element.style.setProperty("--dark", dark);
  return element;
}

/** A scale from 0 to a round number not below `most`, with three to five ticks. */
function shareScale(most) {
  const top = Math.min(1, most > 0 ? most : 0.01);
  const step = [1, 2, 2.5, 5, 10].map((nice) => nice * 10 ** Math.floor(Math.log10(top / 4))).find((nice) => top / nice <= 4.001);
  const end = Math.min(1, Math.ceil(top / step - 1e-9) * step);
  const ticks = [];
  for (let tick = 0; tick <= end + step / 1000; tick += step) ticks.push(tick);
  return scale(0, end, ticks, (tick) => `${Number((tick * 100).toPrecision(3))}`);
}

/** A scale of log ratios that holds `least`, 1:1 and `most`, with ticks at powers of two. */
function ratioScale(least, most) {
  const [low, high] = [Math.min(-1, Math.floor(least / Math.LN2)), Math.max(1, Math.ceil(most / Math.LN2))];
  const step = Math.ceil((high - low) / 5);
  const [first, last] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  const ticks = [];
  for (let tick = first; tick <= last; tick += step) ticks.push(tick * Math.LN2);
  const words = (tick) => {
    const ratio = Math.round(Math.exp(Math.abs(tick)));
    return ratio === 1 ? "1:1" : tick > 0 ? `${count(ratio)}:1` : `1:${count(ratio)}`;
  };
  return scale(first * Math.LN2, last * Math.LN2, ticks, words);
}

function scale(start, end, ticks, words) {
  const at = (value) => ((value - start) / (end - start)) * 100;
  return { start, end, ticks, words, at: (value) => Math.min(100, Math.max(0, at(value))), beyond: (value) => value > end || value < start };
}

/** The largest share that a scale must reach: every estimate, and intervals up to 2.5 times the largest of them. */
function reachOf(rows) {
  const numbers = (name) => rows.map((row) => number(row[name])).filter((value) => value !== null);
  const largest = Math.max(0.002, ...numbers("estimate"), ...numbers("share"));
  return Math.max(largest * 1.05, Math.min(2.5 * largest, Math.max(0, ...numbers("conf_high"))));
}

/** The track of one row: grid, whisker and dot. */
function dotTrack(place, { low, high, value, hollow = false, zero = false }) {
  const track = make("svg:svg", { class: "track", "aria-hidden": "true", height: 22 });
  for (const tick of place.ticks) {
    const x = `${place.at(tick)}%`;
    track.append(make("svg:line", { class: zero && Math.abs(tick) < 1e-9 ? "grid zero" : "grid", x1: x, x2: x, y1: 0, y2: 22 }));
  }
  if (low !== null && high !== null) {
    const [x1, x2] = [`${place.at(low)}%`, `${place.at(high)}%`];
    track.append(make("svg:line", { class: "whisker", x1, x2, y1: 11, y2: 11 }));
    for (const end of [low, high].filter((end) => !place.beyond(end))) {
      const x = `${place.at(end)}%`;
      track.append(make("svg:line", { class: "whisker", x1: x, x2: x, y1: 7.5, y2: 14.5 }));
    }
    if (high > place.end) track.append(arrow(100, -1));
    if (low < place.start) track.append(arrow(0, 1));
  }
  if (value !== null) track.append(make("svg:circle", { class: hollow ? "dot hollow" : "dot", cx: `${place.at(value)}%`, cy: 11, r: 4.5 }));
  return track;
}

/** Says that an interval goes on beyond the scale. */
function arrow(percent, direction) {
  const corner = make("svg:svg", { x: `${percent}%`, overflow: "visible" });
  corner.append(make("svg:path", { class: "arrow", d: `M${direction * 5},7 L0,11 L${direction * 5},15` }));
  return corner;
}

/** The line of tick labels below the tracks. */
function axis(place, title) {
  const labels = make("svg:svg", { class: "axis", height: 18, "aria-hidden": "true" });
  place.ticks.forEach((tick, order) => {
    const x = `${place.at(tick)}%`;
    const text = place.words(tick) + (order === place.ticks.length - 1 && title ? ` ${title}` : "");
    labels.append(make("svg:text", { x, y: 13, "text-anchor": "middle", text }));
  });
  return labels;
}

/** Shows `words` beside whatever in `chart` has the pointer or the focus and carries `tip`. */
const tips = new WeakMap();
function tip(element, lines) {
  tips.set(element, lines);
  const named = element.textContent.trim() !== "";
  element.setAttribute(named ? "aria-description" : "aria-label", lines.filter(Boolean).join(". "));
  return element;
}

function buildTips() {
  const box = byId("tip");
  let focused = null;
  const show = (event) => {
    const target = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
    const lines = target && tips.get(target);
    if (!lines) return hide();
    box.replaceChildren(...lines.filter(Boolean).map((line, order) => make(order === 0 ? "strong" : "span", { text: line })));
    box.hidden = false;
    const anchor = target.getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    focused = event.type === "focusin" ? target : null;
    const x = focused ? anchor.left + anchor.width / 2 : event.clientX;
    const above = anchor.top - height - 8;
    box.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, x - width / 2))}px`;
    box.style.top = `${above > 8 ? above : anchor.bottom + 8}px`;
  };
  const hide = () => {
    box.hidden = true;
  };
  document.addEventListener("pointermove", show);
  document.addEventListener("focusin", (event) => (event.target.matches(":focus-visible") ? show(event) : hide()));
  document.addEventListener("pointerleave", hide);
  // Focus may scroll to what it is on; the tip goes with it.
  document.addEventListener("scroll", () => (focused && !box.hidden ? show({ type: "focusin", target: focused }) : hide()), { passive: true });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}

/** Names a panel by its heading, and makes the buttons in it one stop of the Tab key; arrow keys move among them. */
function roving(group) {
  const heading = group.querySelector("h3");
  if (heading) {
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", heading.textContent);
  }
  const items = () => [...group.querySelectorAll("[data-tip]")];
  items().forEach((item, order) => item.setAttribute("tabindex", order === 0 ? "0" : "-1"));
  group.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const all = items();
    const at = all.indexOf(document.activeElement);
    if (at < 0 || (!step && event.key !== "Home" && event.key !== "End")) return;
    const next = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : at + step;
    if (!all[next]) return;
    all[at].setAttribute("tabindex", "-1");
    all[next].setAttribute("tabindex", "0");
    all[next].focus();
    event.preventDefault();
  });
  return group;
}
