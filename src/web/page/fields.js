// Fields of records: each shows what the map says, saves when it is left, and tells others that somebody is in it.

import { h, visible } from "./dom.js";
import { set } from "./actions.js";
import { asked } from "./description.js";
import { mayEdit, record, state } from "./state.js";
import { present } from "./server.js";

let count = 0;

/** Who else is in a field of a record. */
function others(subject, field) {
  const names = state.people
    .filter((p) => p.client !== state.client && p.at === subject && p.field === field)
    .map((p) => p.name);
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
  const before = said(subject, field);
  control.addEventListener("focus", () => present({ at: subject, field }));
  control.addEventListener("blur", () => present({ field: null }));
  control.addEventListener("change", async () => {
    const value = read(control);
    fault.textContent = value instanceof Error ? visible(value.message) : "";
    control.toggleAttribute("aria-invalid", value instanceof Error);
    if (value instanceof Error) return;
    const now = said(subject, field);
    const same = (a, b) => JSON.stringify(a || null) === JSON.stringify(b || null);
    if (!same(value, now)) await set(subject, field, value, before === undefined ? null : before);
  });
  control.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation();
    if (event.key === "Enter" && control.tagName === "INPUT" && control.type !== "checkbox") control.blur();
  });
  if (control.type === "checkbox")
    return h("div", { class: "field tick" }, control, h("label", { for: id }, label), note);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    hint ? h("span", { class: "hint" }, hint) : null,
    control,
    fault,
    note,
  );
}

/** What a field of a record, or of the map, says. */
const said = (subject, field) => record(subject)?.[field] ?? (subject === "map" ? state.map[field] : undefined);

/** The words before a control, for a box of a kind. */
const labelOf = (ask, kind = "") =>
  ask.label_of_outcome && kind.endsWith("outcome") ? ask.label_of_outcome : ask.label;

function text(subject, ask) {
  const { field, rows = 0, placeholder } = ask;
  const value = said(subject, field) ?? "";
  const control = rows
    ? h("textarea", { rows, value, placeholder, spellcheck: true })
    : h("input", { type: "text", value, placeholder });
  return labelled(labelOf(ask), control, subject, field, (c) => c.value.trim() || null, ask.hint);
}

/** The records that a field may refer to, by id and name. */
const named = (what) =>
  [...(state.lists[what]?.values() || [])].map((one) => [one.id, one.name || one.title || one.id]);

/** What a field may say, each with what people read. */
const options = (ask) => (ask.refers_to ? named(ask.refers_to) : ask.words || []);

/** One thing of a few; where somebody may be meant who is not there yet, somebody new too. */
function choice(subject, ask, { kind, somebody } = {}) {
  const { field, none } = ask;
  const there = options(ask);
  // What a file leaves out is the first of the words, where there is no other way to say nothing.
  const value = String(said(subject, field) ?? (none === undefined ? (there[0]?.[0] ?? "") : ""));
  const extra =
    ask.refers_to === "owner" && mayEdit() && somebody
      ? { value: "\u0000new", label: "Somebody new…", action: () => somebody(subject, field) }
      : null;
  const control = h(
    "select",
    {},
    none === undefined ? null : h("option", { value: "" }, none),
    there.map(([word, shown]) => h("option", { value: word, selected: word === value }, shown)),
    extra ? h("option", { value: extra.value }, extra.label) : null,
  );
  return labelled(labelOf(ask, kind), control, subject, field, (c) => {
    if (extra && c.value === extra.value) {
      extra.action();
      c.value = value;
      return value || null;
    }
    return ask.kind === "whole" && c.value ? Number(c.value) : c.value || null;
  });
}

function day(subject, ask) {
  return labelled(
    ask.label,
    h("input", { type: "date", value: said(subject, ask.field) ?? "" }),
    subject,
    ask.field,
    (c) => c.value || null,
  );
}

function tick(subject, ask) {
  const control = h("input", { type: "checkbox", checked: Boolean(said(subject, ask.field)) });
  return labelled(ask.label, control, subject, ask.field, (c) => c.checked);
}

/** A number as it is typed: with a point or a comma before the fraction. */
export function number(value) {
  const typed = value.trim().replace(/\s/g, "");
  if (!typed) return null;
  const plain =
    /^-?\d+,\d+$/.test(typed) && !/^-?\d{1,3},\d{3}$/.test(typed)
      ? typed.replace(",", ".")
      : typed.replace(/,(?=\d{3}(\D|$))/g, "");
  return /^-?\d+(\.\d+)?$/.test(plain)
    ? Number(plain)
    : new Error(`“${value}” is no number: type digits, and a point before the fraction`);
}

function amount(subject, ask) {
  const share = ask.written === "percent";
  const value = said(subject, ask.field);
  const shown =
    value === undefined || value === null ? "" : share ? String(Number((value * 100).toFixed(4))) : String(value);
  return labelled(
    ask.label,
    h("input", { type: "text", inputMode: "decimal", value: shown }),
    subject,
    ask.field,
    (c) => {
      const typed = number(c.value);
      return share && typeof typed === "number" ? Number((typed / 100).toFixed(6)) : typed;
    },
    ask.hint,
  );
}

/** A list of texts, a line each, or with commas between. */
function list(subject, ask) {
  const split = ask.written === "commas" ? "," : "\n";
  const value = (said(subject, ask.field) || []).join(split === "\n" ? "\n" : `${split} `);
  const control = split === "\n" ? h("textarea", { rows: ask.rows || 2, value }) : h("input", { type: "text", value });
  return labelled(
    ask.label,
    control,
    subject,
    ask.field,
    (c) =>
      c.value
        .split(split)
        .map((part) => part.trim())
        .filter(Boolean),
    ask.hint,
  );
}

/** A part of a record that is a record itself. Saved whole whenever a part changes. */
function nested(subject, { field, parts }, legend, { done, row } = {}) {
  const value = row ?? said(subject, field) ?? {};
  const controls = parts.map((ask) => {
    const id = `field-${(count += 1)}`;
    const { field: name, kind } = ask;
    const shown = value[name] ?? "";
    const control =
      kind === "choice" || kind === "reference"
        ? h(
            "select",
            { id },
            h("option", { value: "" }, ask.none || "–"),
            options(ask).map(([word, words]) => h("option", { value: word, selected: word === shown }, words)),
          )
        : h("input", {
            id,
            type: kind === "day" ? "date" : "text",
            inputMode: kind === "number" ? "decimal" : undefined,
            value: String(shown),
          });
    control.disabled = !mayEdit();
    control.dataset.field = `${subject} ${field}.${name}`;
    const label = ask.written === "money" && state.map.currency ? `${ask.label} in ${state.map.currency}` : ask.label;
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
  return h(
    "fieldset",
    { class: "nested" },
    h("legend", {}, legend),
    h(
      "div",
      { class: "row" },
      controls.map((c) => c.place),
    ),
    fault,
  );
}

/** A list of records inside a record, such as costs or evidence: a row each, and one to add. */
function rows(subject, ask) {
  const { field, label, parts } = ask;
  const value = said(subject, field) || [];
  const make = (row, at) =>
    nested(subject, ask, row ? `${label} ${at + 1}` : ask.add, {
      row: row || {},
      done: (next) => {
        const all = [...value];
        if (Object.keys(next).length === 0) all.splice(at, 1);
        else all[at] = next;
        // A row is kept once it has what it cannot do without.
        if (parts.some((part) => part.required && !(part.field in next)) && Object.keys(next).length) return null;
        return set(subject, field, all.length ? all : null);
      },
    });
  return value
    .map((row, at) => {
      const place = make(row, at);
      if (mayEdit()) {
        place.append(
          h(
            "button",
            {
              type: "button",
              class: "quiet",
              "aria-label": `Take away ${label.toLowerCase()} ${at + 1}`,
              onclick: () =>
                set(
                  subject,
                  field,
                  value.filter((_, i) => i !== at),
                ),
            },
            "Take away",
          ),
        );
      }
      return place;
    })
    .concat(mayEdit() ? h("details", { class: "more" }, h("summary", {}, ask.add), make(null, value.length)) : []);
}

/** What a field is asked for with, by what it is. */
const CONTROLS = {
  text,
  day,
  choice,
  flag: tick,
  number: amount,
  whole: choice,
  reference: choice,
  texts: list,
  records: rows,
  record: (subject, ask) => nested(subject, ask, ask.label),
};

/** The fields of a part of a record's form. `kind` is that of the box; `somebody` asks for a new owner. */
export function fields(subject, part, more = {}) {
  const what = subject.split(" ")[0];
  return asked(what, part).map((line) => {
    const controls = line.map((ask) => CONTROLS[ask.kind](subject, ask, more));
    return controls.length === 1 ? controls[0] : h("div", { class: "row" }, controls);
  });
}

/** Brings the notes on who is where up to date. */
export function tellOthers(root) {
  for (const note of root.querySelectorAll("[data-with]")) {
    const at = note.dataset.with.lastIndexOf(" ");
    note.textContent = others(note.dataset.with.slice(0, at), note.dataset.with.slice(at + 1));
  }
}
