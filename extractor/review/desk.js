// Zoom, theme, keys and buttons, and the beginning of it all. The last part of the script.

// ---- zoom, theme, help

const paged = Boolean(paper.querySelector("[data-page]"));
let zoom = 1;
let fitted = true; // until someone zooms, the page follows the width of its side
function setZoom(value) {
  zoom = Math.min(Math.max(value, ZOOM_RANGE[0]), ZOOM_RANGE[1]);
  paper.style.setProperty("--zoom", zoom);
  byId("zoom").textContent = `${Math.round((zoom * 100) / (paged ? POINTS_TO_PIXELS : 1))} %`;
}
function zoomBy(factor) {
  setZoom(zoom * factor);
  fitted = false;
}
function fit() {
  fitted = true;
  const widths = [...paper.querySelectorAll(".sheet")].map((sheet) => Number(getComputedStyle(sheet).getPropertyValue("--width")));
  if (widths.length) setZoom((paper.clientWidth - 32) / Math.max(...widths));
}

const preferred = matchMedia("(prefers-color-scheme: dark)");
function setTheme(dark) {
  root.dataset.theme = dark ? "dark" : "light";
  byId("theme").setAttribute("aria-pressed", String(dark));
}
const toggleTheme = () => {
  setTheme(root.dataset.theme !== "dark");
  store("extractor-theme", root.dataset.theme);
};
preferred.addEventListener("change", (event) => setTheme(event.matches));
setTheme(stored("extractor-theme", preferred.matches ? "dark" : "light") === "dark");

// ---- keys and buttons

function moveTo(step) {
  const order = [...buttons.values()];
  const at = inHand?.values.length ? order.indexOf(buttons.get(inHand.values[0])) : step > 0 ? -1 : 0;
  focusOn(order[(at + step + order.length) % order.length]);
}

function toBox() {
  const rect = rectsOf.values.get(inHand?.values[0])?.[0];
  if (rect) focusBox(rect);
  else say("The value in hand has no box on the page.");
}

function letGo() {
  inHand = null;
  if (document.activeElement?.matches("[data-value], .box")) document.activeElement.blur();
  show(null);
}

const KEYS = {
  n: () => nextDoubt(1), p: () => nextDoubt(-1), j: () => moveTo(1), k: () => moveTo(-1), a: accept, e: edit, s: save,
  b: toBox, t: toggleTheme, "+": () => zoomBy(ZOOM_STEP), "=": () => zoomBy(ZOOM_STEP),
  "-": () => zoomBy(1 / ZOOM_STEP), 0: fit, "?": () => byId("help").showModal(), Escape: letGo,
};
document.addEventListener("keydown", (event) => {
  const busy = event.target.closest("input, textarea, select, dialog") || event.ctrlKey || event.metaKey || event.altKey;
  const action = !busy && KEYS[event.key];
  if (!action || (event.key.length === 1 && !byId("single-keys").checked)) return;
  event.preventDefault();
  action();
});
const BUTTONS = {
  "previous-doubt": KEYS.p, "next-doubt": KEYS.n, accept, edit, save, smaller: KEYS["-"], larger: KEYS["+"],
  theme: toggleTheme, "open-help": KEYS["?"],
};
for (const [id, action] of Object.entries(BUTTONS)) byId(id).addEventListener("click", action);

// ---- begin

decisions = new Map(stored(draftKey, []).filter(([path]) => byPath.has(path) || data.issues.some((each) => each.path === path)));
drawPages();
for (const sheet of paper.querySelectorAll("[data-saved]")) {
  sheet.querySelector("iframe").addEventListener("load", () => drawSaved(sheet));
  drawSaved(sheet);
}
new ResizeObserver(() => fitted && fit()).observe(paper);
paint();
if (decisions.size) say(`${decisions.size} decisions of an earlier visit are back.`);
root.dataset.ready = "true";
