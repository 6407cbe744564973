// Fields of records: each shows what the map says, or what somebody is typing, and shows others that they are in it.

import { $ } from "./dom.js";
import { act } from "./actions.js";
import { asked } from "./description.js";
import { atPath, same } from "./drafts.js";
import { addRow, drafts, drop, finish, keepMine, removeRow, rowsOf, said, type, whoChanged } from "./drafting.js";
import { mayEdit, state } from "./state.js";
import { isOneLine, read, write } from "./typed.js";
import { Button, h, useLayoutEffect, useRef, useState } from "./ui.js";
import { present } from "./end.js";

/** After so long without a key a longer text is saved, in ms; the person goes on typing in it. */
const PAUSE = 8000;
/** After so long a choice is made: with the arrow keys people pass others on their way, in ms. */
const CHOSEN = 500;
/** After so long a date that is whole is saved, in ms: its control has parts that are left one by one. */
const DATED = 3000;
/** Longer lists of choices are made when somebody comes to them. */
const MANY = 60;
/** What stands for a date that is half typed. */
const HALF = "half";

let count = 0;
const nextId = () => `field-${(count += 1)}`;

/** Who else is in a field of a record. */
function others(subject, field) {
  const names = state.people
    .filter((p) => p.client !== state.client && p.at === subject && p.field === field)
    .map((p) => p.name);
  return names.length ? `${names.join(", ")} ${names.length === 1 ? "is" : "are"} here too` : "";
}

/** The words before a control, for a box of a kind. */
const labelOf = (ask, kind = "") => {
  const label = ask.label_of_outcome && kind.endsWith("outcome") ? ask.label_of_outcome : ask.label;
  return ask.written === "money" && state.map.currency ? `${label} in ${state.map.currency}` : label;
};

/** The records that a field may refer to, by id and name. */
function named(sort) {
  const title = (id) => state.lists.node.get(`node ${id}`)?.title || id;
  if (sort === "threatened") {
    const links = state.map.links.map(({ from, to }) => [`${from} -> ${to}`, `${title(from)} → ${title(to)}`]);
    return [...named("node"), ...links];
  }
  const all =
    sort === "option"
      ? state.map.appraisal?.options || []
      : sort === "activity"
        ? state.map.plans.flatMap((plan) => plan.activities || [])
        : [...(state.lists[sort]?.values() || [])];
  return all.map((one) => [one.id, one.name || one.title || one.id]);
}

/** What a field may say, each with what people read. */
const options = (ask) =>
  ask.kind === "flag" ? [["true", "Yes"]] : ask.refers_to ? named(ask.refers_to) : ask.words || [];

/** What a draft and the map say, where both are new: each may be chosen. */
function Clash({ place, ask, value, draft }) {
  const there = write(ask, value);
  const shown = (options(ask).find(([word]) => word === there) || [there, there])[1];
  return h(
    "div",
    { class: "clash", role: "alert" },
    h("p", {}, `${whoChanged(place.subject)} changed this while you typed. It now says:`),
    h("blockquote", {}, shown || "nothing"),
    h(
      "div",
      { class: "buttons" },
      h(Button, { does: () => keepMine(place), "aria-label": `Keep mine: ${draft.text}` }, "Keep mine"),
      h(Button, { does: () => drop(place), "aria-label": `Take theirs: ${shown}` }, "Take theirs"),
    ),
  );
}

/** The control of a place: what is in it, and what happens when it is typed in and left. */
function Control({ place, ask, text, id, faultId, extra }) {
  const isGone = useRef(false);
  const [isMet, setMet] = useState(false);
  const timer = useRef(0);
  useLayoutEffect(
    () => () => {
      // An element that is taken away loses the focus too; nobody left it then.
      isGone.current = true;
      clearTimeout(timer.current);
    },
    [],
  );
  const { subject, field, part } = place;
  const shown = part ? `${field}.${part}` : field;
  const draft = drafts.get(place);
  const long = (ask.kind === "text" && ask.rows) || (ask.kind === "texts" && ask.written !== "commas");
  const later = (ms) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => finish(place), ms);
  };
  const common = {
    id,
    disabled: !mayEdit(),
    "data-field": `${subject} ${shown}`,
    "aria-invalid": draft?.fault ? "true" : undefined,
    "aria-describedby": draft?.fault ? faultId : undefined,
    onFocus: () => present({ at: subject, field }),
    onBlur: (event) => {
      if (isGone.current || document.activeElement === event.currentTarget) return;
      clearTimeout(timer.current);
      present({ field: null });
      // A date that is half typed has no value; what is to be seen of it stays in the control.
      if (event.currentTarget.validity?.badInput && !drafts.get(place)?.text) type(place, HALF);
      finish(place);
    },
    onKeyDown: (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && drafts.get(place)) {
        event.stopPropagation();
        clearTimeout(timer.current);
        drop(place);
      }
      const ends = isOneLine(ask) ? !event.shiftKey : event.ctrlKey || event.metaKey;
      if (event.key === "Enter" && ends && event.currentTarget.tagName !== "SELECT") {
        event.preventDefault();
        clearTimeout(timer.current);
        finish(place);
      }
    },
  };
  const onInput = (event) => {
    type(place, event.currentTarget.value);
    if (long && !isOneLine(ask)) later(PAUSE);
    if (ask.kind === "day" && !(read(ask, event.currentTarget.value) instanceof Error)) later(DATED);
  };
  if (ask.kind === "references") return h(References, { place, ask, text, common, timer });
  if (["choice", "reference", "whole", "flag"].includes(ask.kind)) {
    const all = options(ask);
    // A long list is there once somebody comes to it: a map has a thousand boxes, and a box some fields.
    const there = all.length <= MANY || isMet ? all : all.filter(([word]) => word === text);
    const none = ask.kind === "flag" ? "No" : (ask.none ?? (part ? "–" : undefined));
    return h(
      "select",
      {
        ...common,
        onFocus: () => {
          setMet(true);
          common.onFocus();
        },
        onPointerEnter: () => setMet(true),
        value: text || (none === undefined ? there[0]?.[0] : ""),
        onChange: (event) => {
          const { value } = event.currentTarget;
          if (extra && value === extra.value) {
            event.currentTarget.value = text;
            extra.action();
            return;
          }
          type(place, value);
          later(CHOSEN);
        },
      },
      none === undefined ? null : h("option", { value: "" }, none),
      there.map(([word, words]) => h("option", { value: word, key: word }, words)),
      extra ? h("option", { value: extra.value }, extra.label) : null,
    );
  }
  const { placeholder } = ask;
  if (ask.rows || (ask.kind === "texts" && ask.written !== "commas"))
    return h("textarea", { ...common, rows: ask.rows || 2, value: text, placeholder, spellcheck: true, onInput });
  return h("input", {
    ...common,
    type: ask.kind === "day" ? "date" : "text",
    inputMode: ask.kind === "number" ? "decimal" : undefined,
    max: ask.kind === "day" ? "9999-12-31" : undefined,
    value: text === HALF ? undefined : text,
    placeholder,
    onInput,
  });
}

/** What a field refers to: each can be taken away, and another be added. */
function References({ place, ask, text, common, timer }) {
  // What is being chosen is kept at once, and is one of the list once somebody stays with it: keys pass by others.
  const [chosen, setChosen] = useState("");
  const kept = /** @type {string[]} */ (read(ask, text));
  const ids = kept.filter((id) => id !== chosen);
  const all = options(ask);
  const nameOf = (id) => (all.find(([one]) => one === id) || [id, id])[1];
  const end = () => {
    setChosen("");
    finish(place);
  };
  const put = (list) => {
    type(place, list.join(", "));
    end();
  };
  const take = (event) => {
    const { value } = event.currentTarget;
    clearTimeout(timer.current);
    setChosen(value);
    type(place, (value ? [...ids, value] : ids).join(", "));
    timer.current = setTimeout(end, CHOSEN);
  };
  return [
    ids.length
      ? h(
          "ul",
          { class: "plain" },
          ids.map((id) =>
            h(
              "li",
              { key: id },
              nameOf(id),
              mayEdit()
                ? h(
                    Button,
                    {
                      class: "quiet",
                      "aria-label": `Take away ${nameOf(id)}`,
                      does: () => put(ids.filter((one) => one !== id)),
                    },
                    "×",
                  )
                : null,
            ),
          ),
        )
      : null,
    h(
      "select",
      {
        ...common,
        value: kept.includes(chosen) ? chosen : "",
        onChange: take,
        onBlur: (event) => {
          setChosen("");
          common.onBlur(event);
        },
      },
      h("option", { value: "" }, ids.length ? "Add another…" : "Add…"),
      all.filter(([id]) => !ids.includes(id)).map(([id, words]) => h("option", { value: id, key: id }, words)),
    ),
  ];
}

/** A labelled control of a place. */
function Field({ place, ask, value, kind, extra }) {
  const { subject, field } = place;
  const draft = drafts.get(place);
  const mine = draft && read(ask, draft.text);
  const isClash = draft && !(mine instanceof Error) && !same(draft.entered, value) && !same(mine, value);
  // A field may be in the details and in a dialog at once.
  const [id] = useState(nextId);
  const text = draft ? draft.text : write(ask, value);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, labelOf(ask, kind)),
    ask.hint ? h("span", { class: "hint" }, ask.hint) : null,
    h(Control, { place, ask, text, id, faultId: `${id}-fault`, extra }),
    isClash
      ? h(Clash, { place, ask, value, draft })
      : h("span", { class: "fault", role: "alert", id: `${id}-fault` }, draft?.fault || ""),
    place.part ? null : h("span", { class: "with" }, others(subject, field)),
  );
}

function Tick({ subject, ask }) {
  const { field } = ask;
  const [id] = useState(nextId);
  const value = Boolean(said(subject, field));
  return h(
    "div",
    { class: "field tick" },
    h("input", {
      type: "checkbox",
      id,
      checked: value,
      disabled: !mayEdit(),
      "data-field": `${subject} ${field}`,
      onFocus: () => present({ at: subject, field }),
      onBlur: () => present({ field: null }),
      onChange: (event) =>
        act({ do: "set", what: subject, field, value: event.currentTarget.checked, was: said(subject, field) ?? null }),
    }),
    h("label", { for: id }, ask.label),
    h("span", { class: "with" }, others(subject, field)),
  );
}

/** A part of a record that is a record itself: in a frame, its parts in a row. */
function Parts({ subject, ask, legend, row, record, children }) {
  const seen = ask.shown ? ask.parts.slice(0, ask.shown) : ask.parts;
  const folded = ask.parts.slice(seen.length);
  const filled = folded.filter((part) => atPath(record, part.field) !== undefined).length;
  const field = (part) =>
    h(Field, {
      key: part.field,
      place: { subject, field: ask.field, row, part: part.field },
      ask: part,
      value: atPath(record, part.field),
    });
  return h(
    "fieldset",
    { class: "nested", "data-row": row },
    h("legend", {}, legend),
    h(
      "div",
      { class: "row" },
      seen.map(field),
    ),
    folded.length
      ? h(
          "details",
          {},
          h("summary", {}, filled ? `More (${filled} filled in)` : "More"),
          h("div", { class: "row" }, folded.map(field)),
        )
      : null,
    children,
  );
}

/** A list of records inside a record, such as costs or evidence: a row each, and a button that adds one. */
function Rows({ subject, ask }) {
  const { field, label } = ask;
  const place = useRef(null);
  // After what is drawn next, and before the next key.
  const focus = async (key) => {
    await null;
    await null;
    place.current?.querySelector(`[data-row="${key}"] :is(input, select)`)?.focus();
  };
  return h(
    "div",
    { class: "rows", ref: place },
    rowsOf(subject, field).map(({ key, row }, i) =>
      h(
        Parts,
        { key, subject, ask, row: key, record: row, legend: row ? `${label} ${i + 1}` : `New ${label.toLowerCase()}` },
        mayEdit()
          ? h(
              Button,
              {
                class: "quiet",
                "aria-label": `Delete ${label.toLowerCase()} ${i + 1}`,
                does: () => {
                  removeRow(subject, field, key);
                  requestAnimationFrame(() => place.current?.querySelector(".adds")?.focus());
                },
              },
              "Delete",
            )
          : null,
      ),
    ),
    mayEdit() ? h(Button, { class: "adds", does: () => focus(addRow(subject, field)) }, ask.add) : null,
  );
}

/** One thing that is asked. */
function Asked({ subject, ask, more }) {
  const { field } = ask;
  if (ask.kind === "flag") return h(Tick, { subject, ask });
  if (ask.kind === "records") return h(Rows, { subject, ask });
  if (ask.kind === "record") return h(Parts, { subject, ask, legend: ask.label, record: said(subject, field) });
  const { kind, somebody } = more;
  const extra =
    ask.refers_to === "owner" && mayEdit() && somebody
      ? { value: "\u0000new", label: "Add a person…", action: () => somebody(subject, field) }
      : null;
  return h(Field, { place: { subject, field }, ask, value: said(subject, field), kind, extra });
}

/** The fields of a part of a record's form. `kind` is that of the box; `somebody` asks for a new owner. */
export function Fields({ subject, part = "all", more = {} }) {
  return asked(subject.split(" ")[0], part).map((line) => {
    const controls = line.map((ask) => h(Asked, { key: ask.field, subject, ask, more }));
    return controls.length === 1 ? controls[0] : h("div", { class: "row", key: line[0].field }, controls);
  });
}

/** The fields of the organisation's own that a record has, each named `x-` and a word. */
export const OwnFields = ({ subject, record }) =>
  Object.keys(record)
    .filter((field) => field.startsWith("x-"))
    .sort()
    .map((field) => {
      const value = record[field];
      const ask = { field, kind: typeof value === "number" ? "number" : "text", label: field.slice(2) };
      return typeof value === "boolean"
        ? h(Tick, { key: field, subject, ask })
        : h(Field, { key: field, place: { subject, field }, ask, value });
    });

/** Whether a field of the details has the focus. */
export const isInField = () => $("panel-body").contains(document.activeElement);
