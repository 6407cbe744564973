// What somebody types and has not finished. Pure: it knows no page, no network and no clock.
//
// A draft belongs to one field of one record, and where the field is a row of a list, to that row. It is compared with
// what the person saw when they began to type, and becomes one edit when it is finished.

/**
 * Where something is typed: a field of a record, in it a part where the field holds a record, and before that the row
 * where it holds a list of them.
 * @typedef {{ subject: string, field: string, row?: string, part?: string }} Place
 */

/**
 * What is typed there. `entered` is what the person saw when they began, `from` the row then and `at` its number.
 * @typedef {{ place: Place, text: string, entered: unknown, from?: object, at?: number, fault?: string }} Draft
 */

/** The name of a place, the same for equal places. @param {Place} place */
export const keyOf = ({ subject, field, row = "", part = "" }) => [subject, field, row, part].join("\u001f");

/** A value in one writing, so that equal values are equal texts; what is empty is nothing. @param {unknown} value */
function canonical(value) {
  if (value === null || value === undefined || value === "" || value === false) return "";
  if (Array.isArray(value)) return value.length ? `[${value.map(canonical).join("\u001e")}]` : "";
  if (typeof value !== "object") return JSON.stringify(value);
  const parts = Object.entries(value)
    .map(([name, part]) => [name, canonical(part)])
    .filter(([, part]) => part !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return parts.length ? `{${parts.map((part) => part.join("\u001d")).join("\u001e")}}` : "";
}

/** Whether two values say the same; a missing one, an empty one and "no" do. @param {unknown} a @param {unknown} b */
export const same = (a, b) => canonical(a) === canonical(b);

/**
 * What becomes of a draft that is finished: `entered` is what was there when it was begun, `now` what is there, `mine`
 * what was typed.
 * @param {unknown} entered @param {unknown} now @param {unknown} mine @returns {"nothing" | "edit" | "clash"}
 */
export function outcome(entered, now, mine) {
  if (same(mine, now) || same(mine, entered)) return "nothing";
  return same(entered, now) ? "edit" : "clash";
}

/**
 * What a record says at a path of names with points between, as in `range.low`.
 * @param {any} record @param {string} path
 */
export const atPath = (record, path) => path.split(".").reduce((there, name) => there?.[name], record);

/**
 * A record with one of its parts put, by its name or its path; without it where the value is empty, and without the
 * records in it that nothing is left of.
 */
export function withPart(record, path, value) {
  const [part, ...inner] = path.split(".");
  const { [part]: there, ...rest } = record || {};
  const put = inner.length ? withPart(there, inner.join("."), value) : value;
  const isNothing = put === null || put === undefined || put === "" || (Array.isArray(put) && !put.length);
  return isNothing || (inner.length && !Object.keys(put).length) ? rest : { ...rest, [part]: put };
}

/**
 * Gives every row of a list a key that it keeps, whatever happens to the rows around it.
 *
 * Rows that say the same keep their keys, in order; of those that are left between two such, each that has a
 * counterpart is taken for that one, changed; what is over is new.
 * @param {{ key: string, row: object }[]} before @param {object[]} rows @param {() => string} make
 * @returns {{ key: string, row: object }[]}
 */
export function keepKeys(before, rows, make) {
  /** @type {(string | undefined)[]} */
  const keys = new Array(rows.length);
  const free = new Set(before.keys());
  const take = (from, to) => {
    keys[to] = before[from].key;
    free.delete(from);
  };
  rows.forEach((row, i) => {
    if (before[i] && same(before[i].row, row)) take(i, i);
  });
  rows.forEach((row, i) => {
    if (keys[i] !== undefined) return;
    const found = [...free].find((from) => same(before[from].row, row));
    if (found !== undefined) take(found, i);
  });
  // A row that says something new stands where one of before is missing: they are the same, if nothing was taken away.
  if (rows.length >= before.length) {
    rows.forEach((_, i) => {
      if (keys[i] === undefined && free.has(i)) take(i, i);
    });
  } else {
    const open = rows.map((_, i) => i).filter((i) => keys[i] === undefined);
    if (open.length === 1 && free.size === 1) take([...free][0], open[0]);
  }
  return rows.map((row, i) => ({ key: keys[i] ?? make(), row }));
}

/** The drafts of one person. */
export class Drafts {
  /** @param {Draft[]} kept what was kept of before */
  constructor(kept = []) {
    /** @type {Map<string, Draft>} */
    this.all = new Map(kept.map((draft) => [keyOf(draft.place), draft]));
  }

  /** @param {Place} place */
  get(place) {
    return this.all.get(keyOf(place));
  }

  /**
   * Takes down what is typed. `now` is what is in the field for the person who types, and begins the draft.
   * @param {Place} place @param {string} text @param {unknown} now @param {{ from?: object, at?: number }} more
   */
  type(place, text, now, more = {}) {
    const there = this.get(place);
    this.all.set(keyOf(place), there ? { ...there, text, fault: undefined } : { place, text, entered: now, ...more });
  }

  /** Says what is wrong with a draft. @param {Place} place @param {string} fault */
  blame(place, fault) {
    const there = this.get(place);
    if (there) this.all.set(keyOf(place), { ...there, fault });
  }

  /** What is there now is known to the person, who goes on from it. @param {Place} place @param {unknown} now */
  goOn(place, now) {
    const there = this.get(place);
    if (there) this.all.set(keyOf(place), { ...there, entered: now });
  }

  /** @param {Place} place @returns {Draft | undefined} what was there */
  drop(place) {
    const there = this.get(place);
    this.all.delete(keyOf(place));
    return there;
  }

  /** All of a field, or of a row or a part of it. @param {Partial<Place>} like */
  like(like) {
    return [...this.all.values()].filter(({ place }) =>
      Object.entries(like).every(([name, value]) => value === undefined || (place[name] ?? "") === (value ?? "")),
    );
  }

  /** A record has got another name. @param {(subject: string) => string} name */
  rename(name) {
    this.all = new Map(
      [...this.all.values()]
        .map((draft) => ({ ...draft, place: { ...draft.place, subject: name(draft.place.subject) } }))
        .map((draft) => [keyOf(draft.place), draft]),
    );
  }

  toJSON() {
    return [...this.all.values()];
  }
}
