// Fields of records: each shows what the map says, saves when it is left, and tells others that somebody is in it.

import { h, visible } from "./dom.js";
import { set } from "./actions.js";
import { mayEdit, record, state } from "./state.js";
import { present } from "./server.js";

let count = 0;

/** Who else is in a field of a record. */
function others(subject, field) {
  const names = state.people.filter((p) => p.client !== state.client && p.at === subject && p.field === field).map((p) => p.name);
  return names.length ? `${names.join(", ")} ${names.length === 1 ? "is" : "are"} here too` : "";
}

/** A labelled control. `read` turns what it shows into the value to save; `undefined` saves nothing and says why. */
function labelled(label, control, subject, field, read, hint) {
  const id = `field-${(count += 1)}`;
  control.id = id;
  control.disabled = !mayEdit();
  control.dataset.field = `${subject} ${field}`;
  const note = h("span", { class: "with", "data-with": `${subject} ${field}` }, others(subject, field));
  const fault = h("span", { class: "fault", role: "alert", id: `${id}-fault` });
  const before = record(subject)?.[field] ?? (subject === "map" ? state.map[field] : undefined);
  control.addEventListener("focus", () => present({ at: subject, field }));
  control.addEventListener("blur", () => present({ field: null }));
  control.addEventListener("change", async () => {
    const value = read(control);
    fault.textContent = value instanceof Error ? visible(value.message) : "";
    control.toggleAttribute("aria-invalid", value instanceof Error);
    if (value instanceof Error) return;
    const now = record(subject)?.[field] ?? (subject === "map" ? state.map[field] : undefined);
    const same = (a, b) => JSON.stringify(a || null) === JSON.stringify(b || null);
    if (!same(value, now)) await set(subject, field, value, before === undefined ? null : before);
  });
  control.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation();
    if (event.key === "Enter" && control.tagName === "INPUT" && control.type !== "checkbox") control.blur();
  });
  if (control.type === "checkbox") return h("div", { class: "field tick" }, control, h("label", { for: id }, label), note);
  return h("div", { class: "field" }, h("label", { for: id }, label), hint ? h("span", { class: "hint" }, hint) : null, control, fault, note);
}

export function text(subject, field, label, { rows = 0, hint, placeholder } = {}) {
  const value = record(subject)?.[field] ?? (subject === "map" ? state.map[field] : "") ?? "";
  const control = rows ? h("textarea", { rows, value, placeholder, spellcheck: true }) : h("input", { type: "text", value, placeholder });
  return labelled(label, control, subject, field, (c) => c.value.trim() || null, hint);
}

/** One thing of a list of words: `options` are pairs of a value and what is shown. */
export function choice(subject, field, label, options, { none, current, extra } = {}) {
  const value = current ?? record(subject)?.[field] ?? "";
  const control = h("select", {},
    none === undefined ? null : h("option", { value: "" }, none),
    options.map(([word, shown]) => h("option", { value: word, selected: word === value }, shown)),
    extra ? h("option", { value: extra.value }, extra.label) : null);
  const place = labelled(label, control, subject, field, (c) => {
    if (extra && c.value === extra.value) {
      extra.action();
      c.value = value;
      return value || null;
    }
    return c.value || null;
  });
  return place;
}

export function day(subject, field, label) {
  return labelled(label, h("input", { type: "date", value: record(subject)?.[field] ?? "" }), subject, field, (c) => c.value || null);
}

export function tick(subject, field, label) {
  const control = h("input", { type: "checkbox", checked: Boolean(record(subject)?.[field]) });
  return labelled(label, control, subject, field, (c) => c.checked);
}

/** A number as it is typed: with a point or a comma before the fraction. */
export function number(value) {
  const typed = value.trim().replace(/\s/g, "");
  if (!typed) return null;
  const plain = /^-?\d+,\d+$/.test(typed) && !/^-?\d{1,3},\d{3}$/.test(typed) ? typed.replace(",", ".") : typed.replace(/,(?=\d{3}(\D|$))/g, "");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : new Error(`“${value}” is no number: type digits, and a point before the fraction`);
}

export function amount(subject, field, label, { hint, share } = {}) {
  const value = record(subject)?.[field];
  const shown = value === undefined || value === null ? "" : share ? String(Number((value * 100).toFixed(4))) : String(value);
  return labelled(label, h("input", { type: "text", inputMode: "decimal", value: shown }), subject, field, (c) => {
    const typed = number(c.value);
    return share && typeof typed === "number" ? Number((typed / 100).toFixed(6)) : typed;
  }, hint);
}

/** A list of texts, a line each. */
export function list(subject, field, label, { hint, rows = 2, split = "\n" } = {}) {
  const value = (record(subject)?.[field] || []).join(split === "\n" ? "\n" : `${split} `);
  const control = split === "\n" ? h("textarea", { rows, value }) : h("input", { type: "text", value });
  return labelled(label, control, subject, field, (c) => c.value.split(split).map((part) => part.trim()).filter(Boolean), hint);
}

/** A part of a record that is a record itself: `parts` are names, labels and kinds. Saved whole whenever a part changes. */
export function nested(subject, field, legend, parts, { done, row } = {}) {
  const value = row ?? record(subject)?.[field] ?? {};
  const controls = parts.map(([name, label, kind, options]) => {
    const id = `field-${(count += 1)}`;
    const shown = value[name] ?? "";
    const control = kind === "choice"
      ? h("select", { id }, h("option", { value: "" }, "–"), options.map(([word, text]) => h("option", { value: word, selected: word === shown }, text)))
      : h("input", { id, type: kind === "day" ? "date" : "text", inputMode: kind === "number" ? "decimal" : undefined, value: String(shown) });
    control.disabled = !mayEdit();
    control.dataset.field = `${subject} ${field}.${name}`;
    return { name, kind, control, place: h("div", { class: "field" }, h("label", { for: id }, label), control) };
  });
  const fault = h("span", { class: "fault", role: "alert" });
  const save = async () => {
    const next = { ...value };
    for (const { name, kind, control } of controls) {
      const typed = kind === "number" ? number(control.value) : control.value.trim() || null;
      if (typed instanceof Error) {
        fault.textContent = visible(typed.message);
        return;
      }
      if (typed === null) delete next[name];
      else next[name] = typed;
    }
    fault.textContent = "";
    await (done ? done(next) : set(subject, field, Object.keys(next).length ? next : null));
  };
  for (const { control } of controls) control.addEventListener("change", save);
  return h("fieldset", { class: "nested" }, h("legend", {}, legend), h("div", { class: "row" }, controls.map((c) => c.place)), fault);
}

/** A list of records inside a record, such as costs or evidence: a row each, and one to add. */
export function rows(subject, field, legend, parts, addLabel) {
  const value = record(subject)?.[field] || [];
  const make = (row, at) => nested(subject, field, row ? `${legend} ${at + 1}` : addLabel, parts, {
    row: row || {},
    done: (next) => {
      const all = [...value];
      if (Object.keys(next).length === 0) all.splice(at, 1);
      else all[at] = next;
      // A row is kept once it has what it cannot do without.
      if (parts.some(([name, , , , needed]) => needed && !(name in next)) && Object.keys(next).length) return null;
      return set(subject, field, all.length ? all : null);
    },
  });
  return value.map((row, at) => {
    const place = make(row, at);
    if (mayEdit()) {
      place.append(h("button", { type: "button", class: "quiet", "aria-label": `Take away ${legend.toLowerCase()} ${at + 1}`, onclick: () => set(subject, field, value.filter((_, i) => i !== at)) }, "Take away"));
    }
    return place;
  }).concat(mayEdit() ? h("details", { class: "more" }, h("summary", {}, addLabel), make(null, value.length)) : []);
}

/** Brings the notes on who is where up to date. */
export function tellOthers(root) {
  for (const note of root.querySelectorAll("[data-with]")) {
    const at = note.dataset.with.lastIndexOf(" ");
    note.textContent = others(note.dataset.with.slice(0, at), note.dataset.with.slice(at + 1));
  }
}
