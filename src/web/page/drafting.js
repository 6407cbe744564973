// The drafts of this page: how each becomes one edit, and what becomes of those that cannot.

import { act } from "./actions.js";
import { askFor } from "./description.js";
import { atPath, Drafts, keepKeys, keyOf, outcome, same, withPart } from "./drafts.js";
import { keep, kept, on } from "./end.js";
import { changed, lastChange, nowCalled, onRenamed, record, servedRecord, state, watch } from "./state.js";
import { read } from "./typed.js";
import { plain } from "./words.js";

export const drafts = new Drafts(kept("drafts") || []);
keep("drafts", drafts);
onRenamed((rename) => drafts.rename(rename));

const news = () => changed("drafts");
const makeKey = () => crypto.getRandomValues(new Uint32Array(1))[0].toString(36);

/** What a field of a record, or of the map, says. */
export const said = (subject, field) => atPath(subject === "map" ? state.map : record(subject), field);

/** The edit that sets a field, or what is at a path in it: that is set with all of the field. */
function setting(subject, field, value, was) {
  const [top, ...inner] = field.split(".");
  if (!inner.length) return { do: "set", what: subject, field, value, was };
  const before = said(subject, top) ?? null;
  // A path is a shape or points, never both.
  const whole = withPart(top === "trajectory" ? {} : before, inner.join("."), value);
  return { do: "set", what: subject, field: top, value: Object.keys(whole).length ? whole : null, was: before };
}

/** By field: its rows with their keys, and the keys of rows that are not saved yet. */
const rowKeys = new Map();
const blanks = new Map();
const name = (subject, field) => `${subject}\u001f${field}`;
onRenamed((rename) => {
  for (const map of [rowKeys, blanks])
    for (const [key, value] of [...map]) {
      const [subject, field] = key.split("\u001f");
      map.delete(key);
      map.set(name(rename(subject), field), value);
    }
});

/** Rows whose drafts are older than this page, each with the key that its drafts know it by. */
function remembered(subject, field, rows) {
  const free = drafts.like({ subject, field }).filter((draft) => draft.from);
  return rows.map((row, i) => {
    const mine =
      free.find((draft) => draft.at === i && same(draft.from, row)) || free.find((draft) => same(draft.from, row));
    return { key: mine?.place.row ?? makeKey(), row };
  });
}

/** The rows of a field, each with a key that it keeps; then those that are not saved yet. */
export function rowsOf(subject, field) {
  const id = name(subject, field);
  const rows = said(subject, field) || [];
  const there = rowKeys.get(id);
  const now = there ? keepKeys(there, rows, makeKey) : remembered(subject, field, rows);
  rowKeys.set(id, now);
  const begun = drafts.like({ subject, field }).filter((draft) => draft.place.row && !draft.from);
  const fresh = new Set([...(blanks.get(id) || []), ...begun.map((draft) => draft.place.row)]);
  for (const { key } of now) fresh.delete(key);
  return [...now.map((one, at) => ({ ...one, at })), ...[...fresh].map((key) => ({ key, row: null, at: -1 }))];
}

/** Begins a row; its key. */
export function addRow(subject, field) {
  const id = name(subject, field);
  const key = makeKey();
  blanks.set(id, [...(blanks.get(id) || []), key]);
  news();
  return key;
}

/** Takes a row away, with what is typed in it. */
export function removeRow(subject, field, key) {
  for (const draft of drafts.like({ subject, field, row: key })) drafts.drop(draft.place);
  const id = name(subject, field);
  blanks.set(
    id,
    (blanks.get(id) || []).filter((one) => one !== key),
  );
  const rows = rowsOf(subject, field).filter((one) => one.row);
  const left = rows.filter((one) => one.key !== key).map((one) => one.row);
  if (left.length < rows.length) {
    const was = rows.map((one) => one.row);
    act(setting(subject, field, left.length ? left : null, was));
  }
  news();
}

/** What holds the part that a place is: a record in the record, a row, or nothing where it is a field by itself. */
function holder({ subject, field, row, part }) {
  if (!part) return { now: said(subject, field) };
  if (!row) return { record: said(subject, field) || {}, now: atPath(said(subject, field), part) };
  const found = rowsOf(subject, field).find((one) => one.key === row);
  return { record: found?.row || {}, now: atPath(found?.row, part), at: found?.at ?? -1 };
}

/** A place by what its record is called now: a control may hold the name that it had before it was saved. */
const current = (place) => ({ ...place, subject: nowCalled(place.subject) });

/** What is there now, without the draft. */
export const valueAt = (place) => holder(place).now;

/** Takes down what is typed. */
export function type(where, text) {
  const place = current(where);
  const { now, record: there, at } = holder(place);
  drafts.type(place, text, now, place.row && at >= 0 ? { from: there, at } : {});
  news();
}

/** Gives a field back what the map says. */
export function drop(place) {
  const was = drafts.drop(current(place));
  news();
  return was;
}

/** A draft stays one, and is listed among what is not saved, with the reason. */
function stay(place, fault) {
  drafts.blame(place, fault);
  news();
}

const what = (subject) => subject.split(" ")[0];

/** Who changed what a draft is about, and that they did. */
export function whoChanged(subject) {
  const last = lastChange(subject);
  return last && last.client !== state.client && last.name ? last.name : "Someone";
}

/** Finishes what is typed in a place: one edit where it says something new, none where it does not. */
export function finish(where) {
  const place = current(where);
  const draft = drafts.get(place);
  if (!draft) return;
  const { subject, field, row, part } = place;
  if (subject !== "map" && !record(subject)) return stay(place, "What this was written about has been deleted.");
  const sort = typeof valueAt(place) === "number" ? "number" : "text";
  const ask = askFor(what(subject), field, part) || { field, kind: sort, label: field };
  const mine = read(ask, draft.text);
  if (mine instanceof Error) return stay(place, mine.message);
  const held = holder(place);
  if (row && draft.from && held.at < 0) return stay(place, "The row that this was written in has been deleted.");
  const comes = outcome(draft.entered, held.now, mine);
  if (comes === "nothing") return drop(place);
  if (comes === "clash") return stay(place, `${whoChanged(subject)} changed this while you typed.`);
  if (!part) {
    if (ask.required && (mine === null || mine === "")) return stay(place, `“${ask.label}” cannot be empty.`);
    drafts.drop(place);
    return send({ subject, field, value: mine, was: held.now, of: [draft] });
  }
  return finishPart(place, draft, mine, held);
}

/** Finishes a part of a record or of a row, with the parts that waited for what the record cannot be without. */
function finishPart(place, draft, mine, held) {
  const { subject, field, row } = place;
  const asks = askFor(what(subject), field)?.parts || [];
  const of = [draft];
  let next = withPart(held.record, place.part, mine);
  for (const other of drafts.like({ subject, field, row: row ?? "" })) {
    if (!other.fault || !other.place.part || other.place.part === place.part) continue;
    const ask = asks.find((one) => one.field === other.place.part);
    const value = ask ? read(ask, other.text) : null;
    if (value instanceof Error || !same(other.entered, atPath(held.record, other.place.part))) continue;
    next = withPart(next, other.place.part, value);
    of.push(other);
  }
  // What a record in the record cannot be without is missed where there is such a record.
  const isMissed = ({ required, field: path }) =>
    required &&
    atPath(next, path) === undefined &&
    (!path.includes(".") || atPath(next, path.slice(0, path.lastIndexOf("."))) !== undefined);
  const missing = asks.filter(isMissed).map((one) => `“${one.label}”`);
  const isEmpty = Object.keys(next).length === 0;
  if (missing.length && !isEmpty) return stay(place, `This is saved together with ${missing.join(" and ")}.`);
  for (const one of of) drafts.drop(one.place);
  if (!row) {
    const was = said(subject, field);
    return send({ subject, field, value: isEmpty ? null : next, was, of });
  }
  const rows = rowsOf(subject, field).filter((one) => one.row);
  if (held.at < 0 && isEmpty) return news();
  const after =
    held.at < 0
      ? [...rows, { key: row, row: next, at: rows.length }]
      : rows.flatMap((one) => (one.key !== row ? [one] : isEmpty ? [] : [{ ...one, row: next }]));
  // The row keeps its key, and its elements, when it comes to be one of those that are saved.
  rowKeys.set(
    name(subject, field),
    after.map(({ key, row: value }) => ({ key, row: value })),
  );
  const list = after.map((one) => one.row);
  return send({ subject, field, value: list.length ? list : null, was: rows.map((one) => one.row), of });
}

function send({ subject, field, value, was, of }) {
  const before = was === undefined || (Array.isArray(was) && !was.length) ? null : was;
  act(setting(subject, field, value, before), null, { drafts: of });
  news();
}

/** Somebody says that what they typed is to be, whatever is there now. */
export function keepMine(where) {
  const place = current(where);
  drafts.goOn(place, valueAt(place));
  finish(place);
}

const pause = (ms) =>
  new Promise((done) => {
    setTimeout(done, ms);
  });

// What was refused goes back into its fields. Where somebody else changed another part of the same record meanwhile it
// is sent again, with that part as it now is; where they changed the same, both are shown.
on("refused", async (item, error) => {
  const back = item.about?.drafts?.map((draft) => ({ ...draft, place: current(draft.place) }));
  if (!back) return;
  const edit = { ...item.body.edit, what: nowCalled(item.body.edit.what) };
  for (const draft of back) drafts.all.set(keyOf(draft.place), { ...draft, fault: undefined });
  news();
  if (!error) return;
  const said = plain(error.message);
  // Not before the page shows the map without the edit: what was refused would else be taken for what is there.
  await pause(0);
  for (let i = 0; i < 20 && same(servedRecord(edit.what)?.[edit.field], edit.was); i += 1) await pause(150);
  const hasChanged = !same(servedRecord(edit.what)?.[edit.field], edit.was);
  for (const { place } of back) {
    if (!drafts.get(place)) continue;
    if (hasChanged && record(edit.what)) finish(place);
    else stay(place, said);
  }
});

/** Drafts that were finished and could not be saved, and those whose record is gone. */
export const stuck = () =>
  drafts
    .toJSON()
    .filter((draft) => draft.fault || (draft.place.subject !== "map" && state.rev && !record(draft.place.subject)));

watch((now) => {
  if (now.has("map") && drafts.all.size) news();
});
