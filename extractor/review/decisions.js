// What the reviewer decides: accepting, editing, saving. The second part of the script.

// ---- decisions

function pathInHand() {
  if (!inHand) return null;
  return inHand.values.length ? data.values[inHand.values[0]].path : data.issues[inHand.issue]?.path ?? null;
}

function decided(path, decision, value, footnotes) {
  decisions.set(path, { decision, value, footnotes, when: new Date().toISOString() });
  keep();
}

function accept() {
  const path = pathInHand();
  if (path === null) return say("Nothing is in hand: go to a value or a doubt first.");
  const value = data.values[byPath.get(path)];
  const label = value?.label ?? (path || "the document");
  if (decisions.has(path)) {
    decisions.delete(path);
    keep();
    return say(`${label}: decision taken back`);
  }
  decided(path, "accepted", value?.value ?? null, value?.footnotes ?? []);
  return say(`${label}: accepted`);
}

function keep() {
  store(draftKey, [...decisions]);
  paint();
  show(inHand);
}

function paint() {
  byId("count").textContent = decisions.size;
  for (const [number, button] of buttons) paintValue(data.values[number], number, button);
  const settledDoubts = doubts.filter((number) => decisions.has(data.issues[number].path)).length;
  byId("progress").textContent = doubts.length ? `${settledDoubts} of ${doubts.length} doubts settled` : "";
  data.issues.forEach((issue, number) => {
    const settled = decisions.has(issue.path);
    issueItems[number].classList.toggle("settled", settled);
    for (const rect of rectsOf.issues.get(number) ?? []) rect.classList.toggle("settled", settled);
  });
}

function paintValue(value, number, button) {
  const decision = decisions.get(value.path);
  for (const kind of ["accepted", "corrected"]) button.classList.toggle(kind, decision?.decision === kind);
  button.classList.toggle("settled", Boolean(decision));
  for (const rect of rectsOf.values.get(number) ?? []) rect.classList.toggle("settled", Boolean(decision));
  button.querySelectorAll("del, ins").forEach((each) => each.remove());
  const old = button.querySelector(".read");
  old.hidden = decision?.decision === "corrected";
  if (old.hidden) {
    const was = document.createElement("del");
    was.textContent = old.textContent;
    const now = document.createElement("ins");
    const marks = decision.footnotes.map((mark) => `(${mark.slice(1)})`).join("");
    now.textContent = (decision.value === null ? "nothing" : spoken(decision.value)) + (marks && " " + marks);
    button.prepend(was, now);
  }
}

const spoken = (value) => (value === true ? "☒ yes" : value === false ? "☐ no" : value);

// ---- editing

const editor = byId("editor");
let edited = null;
const CONTROLS = {
  flag: () => choice([["", "nothing on the page"], ["true", "ticked"], ["false", "not ticked"]]),
  date: () => Object.assign(document.createElement("input"), { type: "date" }),
  number: () => Object.assign(document.createElement("input"), { inputMode: "decimal", autocomplete: "off" }),
  text: () => Object.assign(document.createElement("input"), { autocomplete: "off" }),
  footnote: () => Object.assign(document.createElement("textarea"), { rows: 6 }),
};

function choice(options) {
  const select = document.createElement("select");
  for (const [value, text] of options) select.add(new Option(text, value));
  return select;
}

function edit() {
  const number = inHand?.values[0];
  if (number === undefined) return say("Nothing is in hand that could be edited: go to a value first.");
  edited = data.values[number];
  const decision = decisions.get(edited.path);
  const control = CONTROLS[edited.kind]();
  control.id = "editor-value";
  control.value = String((decision ? decision.value : edited.value) ?? "");
  const label = document.createElement("label");
  label.append(edited.kind === "number" ? "Number, digits and a point" : "Value; empty for nothing", control);
  byId("editor-title").textContent = edited.label;
  byId("editor-printed").textContent = edited.printed || "nothing";
  byId("editor-input").replaceChildren(label);
  byId("editor-marks").hidden = !edited.editable_marks;
  const marks = decision ? decision.footnotes : edited.footnotes;
  byId("editor-footnotes").value = marks.map((mark) => mark.slice(1)).join(" ");
  byId("editor-fault").textContent = "";
  editor.showModal();
  control.focus();
  control.select?.();
}

// What was typed, as the JSON output has it; throws an Error that says what is wrong.
function typed(kind, text) {
  if (kind === "footnote") {
    if (!text.trim()) throw new Error("A footnote has a text.");
    return text.trim();
  }
  if (!text.trim()) return null;
  if (kind === "flag") return text === "true";
  if (kind !== "number") return text.trim();
  const plain = text.replaceAll(/[$,\s]/g, "");
  if (!/^-?\d+(\.\d+)?$/.test(plain)) throw new Error(`“${text}” is no number.`);
  return plain;
}

function typedMarks(text) {
  const marks = text.split(/[\s,()]+/).filter(Boolean).map((mark) => "F" + mark.replace(/^F/i, ""));
  const wrong = marks.find((mark) => !noteByMark.has(mark));
  if (wrong) throw new Error(`There is no footnote ${wrong.slice(1)}.`);
  return marks;
}

byId("editor-form").addEventListener("submit", (event) => {
  event.preventDefault();
  try {
    const value = typed(edited.kind, byId("editor-value").value);
    const marks = edited.editable_marks ? typedMarks(byId("editor-footnotes").value) : [];
    const same = value === edited.value && marks.join() === edited.footnotes.join();
    editor.close();
    decided(edited.path, same ? "accepted" : "corrected", value, marks);
    say(`${edited.label}: ${same ? "accepted" : "corrected"}`);
    focusOn(buttons.get(byPath.get(edited.path)));
  } catch (fault) {
    byId("editor-fault").textContent = fault.message;
    byId("editor-value").setAttribute("aria-invalid", "true");
  }
});
byId("editor-cancel").addEventListener("click", () => editor.close());

// ---- saving

const who = byId("who");
who.value = stored("extractor-reviewer", "");
who.addEventListener("change", () => store("extractor-reviewer", who.value));

function save() {
  if (!decisions.size) return say("There is nothing to save yet.");
  if (!who.value.trim()) {
    who.focus();
    return say("Say first who you are: corrections are kept with a name.");
  }
  const corrections = [...decisions].map(([path, decision]) => {
    const value = data.values[byPath.get(path)];
    return {
      path,
      decision: decision.decision,
      printed: value?.printed ?? "",
      old_value: value?.value ?? null,
      new_value: decision.value,
      old_footnotes: value?.footnotes ?? [],
      new_footnotes: decision.footnotes,
      who: who.value.trim(),
      when: decision.when,
    };
  });
  const source = { file: data.file, sha256: data.sha256 };
  const text = JSON.stringify({ format: data.format, version: data.version, source, corrections }, null, 2) + "\n";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "corrections.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  return say(`${corrections.length} saved in corrections.json`);
}
