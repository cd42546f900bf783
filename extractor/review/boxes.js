"use strict";
// What was read, its boxes on the page, and how they light up together. The first of three parts of one script.

const SVG = "http://www.w3.org/2000/svg";
const ZOOM_STEP = 1.2;
const ZOOM_RANGE = [0.25, 6];
const POINTS_TO_PIXELS = 96 / 72;
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const root = document.documentElement;
const paper = byId("paper");
const transcript = byId("transcript");
const draftKey = "extractor-review:" + data.sha256;

// ---- what belongs together: values by number, their buttons, their boxes, the footnotes they cite

const buttons = new Map();
for (const button of transcript.querySelectorAll("[data-value]")) buttons.set(Number(button.dataset.value), button);
const byPath = new Map(data.values.map((value, number) => [value.path, number]));
const noteByMark = new Map();
const citing = new Map();
data.values.forEach((value, number) => {
  if (value.note) noteByMark.set(value.note, number);
  for (const mark of value.footnotes) citing.set(mark, [...(citing.get(mark) ?? []), number]);
});
const rects = [];
const rectsOf = { values: new Map(), issues: new Map() };
const issueItems = data.issues.map((_, number) => byId("issue-" + number));
const doubts = data.issues.flatMap((issue, number) => (issue.severity === "doubt" ? [number] : []));

let inHand = null; // what was focused last: { values: [numbers], issue: number or null }
let decisions = new Map(); // by path
const say = (text) => { byId("status").textContent = text; };

function stored(key, fallback) {
  try { return JSON.parse(localStorage.getItem(key)) ?? fallback; } catch { return fallback; }
}
function store(key, value) {
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* a browser may forbid it; drafts are a courtesy */ }
}

// ---- boxes over the page

function overlay(sheet, width, height, placed) {
  sheet.querySelector("svg")?.remove();
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", "Boxes on this page");
  // the small ones last, so that a box within another can be pointed at
  const area = (edges) => (edges[2] - edges[0]) * (edges[3] - edges[1]);
  for (const [box, edges] of placed.toSorted((a, b) => area(b[1]) - area(a[1]))) svg.append(rectangle(box, edges));
  sheet.append(svg);
}

function rectangle(box, [x0, top, x1, bottom]) {
  const rect = document.createElementNS(SVG, "rect");
  const sizes = { x: x0 - 1, y: top - 1, width: Math.max(x1 - x0, 1) + 2, height: Math.max(bottom - top, 1) + 2 };
  for (const [name, value] of Object.entries(sizes)) rect.setAttribute(name, value.toFixed(1));
  rect.setAttribute("class", "box " + box.kind);
  const values = box.values.filter((number) => buttons.has(number)); // a code's form stands in the code's cell
  rect.setAttribute("role", "button");
  rect.setAttribute("tabindex", rects.length ? "-1" : "0");
  const told = values.map((number) => data.values[number].label).concat(box.issues.map((n) => data.issues[n].code));
  rect.setAttribute("aria-label", told.join(", "));
  rect.dataset.values = values.join(" ");
  const target = { values, issue: box.issues[0] ?? null };
  rect.addEventListener("pointerenter", () => show(target, "values"));
  rect.addEventListener("pointerleave", () => show(inHand));
  rect.addEventListener("focus", () => show(target, "values"));
  rect.addEventListener("click", () => enter(target));
  rect.addEventListener("keydown", (event) => moveAmongBoxes(event, rect, target));
  rects.push(rect);
  for (const kind of ["values", "issues"]) {
    for (const number of box[kind]) rectsOf[kind].set(number, [...(rectsOf[kind].get(number) ?? []), rect]);
  }
  return rect;
}

function moveAmongBoxes(event, rect, target) {
  const order = [...paper.querySelectorAll(".box")].sort(inReadingOrder);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter" || event.key === " ") enter(target);
  else if (step) focusBox(order[(order.indexOf(rect) + step + order.length) % order.length]);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function inReadingOrder(one, other) {
  const a = one.getBoundingClientRect();
  const b = other.getBoundingClientRect();
  return Math.abs(a.top - b.top) > 4 ? a.top - b.top : a.left - b.left;
}

function focusBox(rect) {
  for (const each of rects) each.setAttribute("tabindex", each === rect ? "0" : "-1");
  rect.focus();
}

function enter(target) {
  const number = target.values[0];
  if (number !== undefined) focusOn(buttons.get(number));
  else if (target.issue !== null) goToIssue(target.issue);
}

function drawPages() {
  for (const sheet of paper.querySelectorAll("[data-page]")) {
    const page = Number(sheet.dataset.page);
    const placed = data.boxes.filter((box) => box.page === page).map((box) => [box, box.bbox]);
    overlay(sheet, sheet.dataset.width, sheet.dataset.height, placed);
  }
}

// The saved page runs no script of its own; this one only asks where its elements stand.
function drawSaved(sheet) {
  const frame = sheet.querySelector("iframe");
  const page = frame.contentDocument;
  if (page?.URL !== "about:srcdoc" || page.readyState !== "complete") return;
  const width = Math.max(1000, page.documentElement.scrollWidth);
  sheet.style.setProperty("--width", width);
  const height = Math.max(page.documentElement.scrollHeight, page.body?.scrollHeight ?? 0);
  sheet.style.setProperty("--height", height);
  const placed = [];
  for (const box of data.boxes) {
    const element = page.querySelector(`[data-place="${box.place}"]`);
    const edges = element && edgesOf(element, page);
    if (edges) placed.push([box, edges]);
  }
  overlay(sheet, width, height, placed);
  fit();
  paint();
}

function edgesOf(element, page) {
  const range = page.createRange();
  const found = [];
  for (const node of element.childNodes) {
    if (node.nodeType === 3 && node.data.trim()) {
      range.selectNodeContents(node);
      found.push(range.getBoundingClientRect());
    }
  }
  const areas = (found.length ? found : [element.getBoundingClientRect()]).filter((each) => each.width && each.height);
  if (!areas.length) return null;
  const least = (name) => Math.min(...areas.map((each) => each[name]));
  const most = (name) => Math.max(...areas.map((each) => each[name]));
  return [least("left"), least("top"), most("right"), most("bottom")];
}

// ---- lighting up

function show(target, follow) {
  for (const lit of document.querySelectorAll("main .lit, main .related")) lit.classList.remove("lit", "related");
  byId("notes").replaceChildren();
  if (!target) {
    byId("said").textContent = "Point at a value, or at a box on the page, to see where it comes from.";
    return;
  }
  const related = new Set();
  for (const number of target.values) {
    buttons.get(number)?.classList.add("lit");
    for (const rect of rectsOf.values.get(number) ?? []) rect.classList.add("lit");
    const value = data.values[number];
    for (const mark of value.footnotes) if (noteByMark.has(mark)) related.add(noteByMark.get(mark));
    for (const other of value.note ? citing.get(value.note) ?? [] : []) related.add(other);
  }
  for (const number of related) {
    buttons.get(number)?.classList.add("related");
    for (const rect of rectsOf.values.get(number) ?? []) rect.classList.add("related");
  }
  if (target.issue !== null) {
    for (const rect of rectsOf.issues.get(target.issue) ?? []) rect.classList.add("lit");
    if (!target.values.length) elementOf(target.issue)?.classList.add("lit");
  }
  tell(target, related);
  if (follow === "values" && target.values.length) reveal(buttons.get(target.values[0]));
  if (follow === "boxes") {
    const rect = rectsOf.values.get(target.values[0])?.[0] ?? rectsOf.issues.get(target.issue)?.[0];
    if (rect) reveal(rect);
  }
}

function tell(target, related) {
  const values = target.values.map((number) => data.values[number]);
  const first = values[0];
  const said = values.map((value) => value.label).join(" · ") || issueItems[target.issue]?.querySelector("a").textContent;
  const printed = first?.printed && first.printed !== first.value ? `, printed “${first.printed}”` : "";
  const decision = first && decisions.get(first.path);
  byId("said").textContent = said + printed + (decision ? ` — ${decision.decision} by you` : "");
  const lines = [];
  values.forEach((value) => data.issues.forEach((issue, number) => {
    if (issue.path === value.path) lines.push("⚠ " + issueItems[number].querySelector("a").textContent.trim());
  }));
  for (const number of related) {
    const value = data.values[number];
    lines.push(value.note ? `(${value.note.slice(1)}) ${value.value}` : "cited by " + value.label);
  }
  byId("notes").replaceChildren(...lines.map((line) => {
    const item = document.createElement("li");
    item.textContent = line;
    return item;
  }));
}

function reveal(element) {
  element?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function focusOn(element) {
  if (!element) return;
  const folded = element.closest("details");
  if (folded) folded.open = true;
  element.focus({ preventScroll: true });
  reveal(element);
}

function take(number) {
  inHand = { values: [number], issue: null };
  show(inHand, "boxes");
}

for (const [number, button] of buttons) {
  const target = { values: [number], issue: null };
  button.addEventListener("pointerenter", () => show(target, "boxes"));
  button.addEventListener("pointerleave", () => show(inHand));
  button.addEventListener("focus", () => take(number));
  button.addEventListener("dblclick", edit);
}
for (const link of transcript.querySelectorAll("[data-mark]")) {
  const note = noteByMark.get(link.dataset.mark);
  const target = note === undefined ? null : { values: [note], issue: null };
  link.addEventListener("pointerenter", () => target && show(target, "boxes"));
  link.addEventListener("pointerleave", () => show(inHand));
  link.addEventListener("focus", () => target && show(target, "boxes"));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    focusOn(buttons.get(note));
  });
}

// ---- issues

const elementOf = (issue) => byId(issueItems[issue].querySelector("a").hash.slice(1));

function goToIssue(number) {
  const place = byPath.get(data.issues[number].path);
  focusOn(elementOf(number));
  inHand = { values: place === undefined ? [] : [place], issue: number };
  show(inHand, "boxes");
  reveal(issueItems[number]);
}

issueItems.forEach((item, number) => item.querySelector("a").addEventListener("click", (event) => {
  event.preventDefault();
  goToIssue(number);
  say(event.currentTarget.textContent);
}));

let lastDoubt = -1;
function nextDoubt(step) {
  const open = doubts.filter((number) => !decisions.has(data.issues[number].path));
  if (!open.length) {
    say(doubts.length ? "All doubts are settled." : "Nothing is in doubt.");
    return;
  }
  const later = step > 0 ? open.find((number) => number > lastDoubt) : open.findLast((number) => number < lastDoubt);
  lastDoubt = later ?? (step > 0 ? open[0] : open.at(-1));
  goToIssue(lastDoubt);
  const text = issueItems[lastDoubt].querySelector("a").textContent.trim();
  say(`Doubt ${doubts.indexOf(lastDoubt) + 1} of ${doubts.length}: ${text}`);
}
