// What people do to the map, each as one edit that can be undone.

import { $, notice, quoted, say } from "./dom.js";
import * as end from "./end.js";
import { LABEL } from "./description.js";
import { changed, choose, column, intoNode, kpisOf, mayEdit, node, outOf, record, state } from "./state.js";

/** Whether this person may change the map; says so where they may not. */
export function asEditor() {
  if (mayEdit()) return true;
  notice("You can view this map, not change it. Ask for the link to change it.");
  return false;
}

/**
 * Sends an edit, which is seen at once: the ids of what it adds, and the answer, which is `null` where it is refused;
 * that is then listed among what is not saved. `about` comes back with a refusal.
 */
export function start(edit, label, about) {
  if (!asEditor()) return { ids: [], answer: Promise.resolve(null) };
  const { ids, answer } = end.edit(edit, about);
  if (label) say(label);
  return { ids, answer: settle(answer) };
}

/** Does an edit: its answer, or `null`. @param {any} edit @param {string} [label] @param {any} [about] */
export const act = (edit, label, about) => start(edit, label, about).answer;

async function settle(promise) {
  const answer = await promise.catch(() => null);
  if (answer && "undo" in answer) {
    state.undo = answer.undo;
    state.redo = answer.redo;
    changed("undo");
  }
  return answer;
}

export const set = (what, field, value, was) =>
  act({ do: "set", what, field, value: value === "" ? null : value, ...(was === undefined ? {} : { was }) });

/** Takes the last step of this person back; `skip` leaves out one that cannot be. */
export async function undo(skip) {
  if (!asEditor()) return null;
  if (!skip && end.unsend()) {
    say("Undone");
    return null;
  }
  if (!state.undo && !end.unanswered().length) return null;
  $("notice").hidden = true;
  const { label } = state.undo || {};
  // What is left as it is lies out of the way of the step before.
  if (skip && !(await settle(end.undo(true)))) return null;
  if (skip && !state.undo) {
    notice("There is nothing before that to undo.");
    return null;
  }
  const answer = await settle(end.undo());
  if (answer) say(`Undone: ${answer.label || label}`);
  return answer;
}
export async function redo() {
  if (!state.redo || !mayEdit()) return null;
  const { label } = state.redo;
  const answer = await settle(end.redo());
  if (answer) say(`Redone: ${answer.label || label}`);
  return answer;
}
export async function returnTo(rev) {
  const answer = await settle(end.returnTo(rev));
  if (answer) notice("The map is as it was then, for everybody.", "Undo", () => undo());
  return answer;
}

/**
 * Adds a box, which is seen at once: its id, and the answer.
 * @param {string} kind @param {string} title @param {{ from?: string[], to?: string[], below?: string }} [options]
 */
export function addNode(kind, title, { from = [], to = [], below } = {}) {
  const edit = { do: "add-node", kind, title, from, to };
  if (below !== undefined) edit.below = below;
  const { ids, answer } = start(edit, `Added ${LABEL[kind].toLowerCase()} ${title}`);
  return { id: ids[0] ?? null, answer };
}

/** So many boxes at most are added at once, so that the map stays quick for everyone. */
const MOST_ADDED = 1000;
/** Says that these are too many to be added at once, where they are. */
export function areTooMany(count) {
  if (count <= MOST_ADDED) return false;
  const [many, most] = [count, MOST_ADDED].map((n) => n.toLocaleString("en-GB"));
  notice(
    `These are ${many} lines, and at most ${most} boxes can be added at a time. Nothing was added. Paste a part.`,
    null,
    null,
    0,
  );
  return true;
}

/** Adds many boxes at once, as one step and in their order: their ids. */
export function addMany(kind, titles, from = [], below) {
  const edits = titles.map((title) => ({ do: "add-node", kind, title, from, to: [] }));
  // Each goes under the one before; the last first, since all are asked for under the same box.
  if (below !== undefined) edits.reverse().forEach((edit) => Object.assign(edit, { below }));
  const count = `${titles.length} ${titles.length === 1 ? "box" : "boxes"}`;
  const { ids } = start({ do: "group", label: `add ${count}`, edits }, `Added ${count}`);
  return below === undefined ? ids : ids.reverse();
}

/** Links two boxes, in the direction in which maps are read: from the one further left. Within a stage as asked. */
export async function link(from, to) {
  if (from === to) return notice("A box cannot lead to itself.");
  if (state.lists.link.has(`link ${from} -> ${to}`)) {
    notice("These boxes are linked already.");
    choose(`link ${from} -> ${to}`);
    return null;
  }
  const { answer } = start({ do: "link", from, to }, `Linked ${node(from)?.title} to ${node(to)?.title}`);
  if (mayEdit()) choose(`link ${from} -> ${to}`);
  return answer;
}

/** Takes away what is chosen; it can be undone, so nobody is asked. */
export function remove(subject) {
  const what = subject.startsWith("link ")
    ? { do: "unlink", from: state.lists.link.get(subject)?.from, to: state.lists.link.get(subject)?.to }
    : { do: "remove", what: subject };
  const id = subject.startsWith("node ") ? subject.slice(5) : null;
  const { title, name: called } = record(subject) || {};
  const name = subject.startsWith("link ") ? "the link" : quoted(title || called || "");
  const with_ = [
    [id ? outOf(id).length + intoNode(id).length : 0, "link", "links"],
    [id ? kpisOf(id).length : 0, "KPI", "KPIs"],
  ]
    .filter(([count]) => count)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  if (!mayEdit()) return act(what);
  notice(`Deleted ${name}${with_.length ? ` with ${with_.join(" and ")}` : ""}.`, "Undo", () => undo());
  return act(what);
}

/** The edits that let a link be between other boxes; its reason, its evidence and all else that it says stay. */
function relinked(link, ends) {
  const { from, to } = link;
  const fields = Object.fromEntries(
    Object.entries({ ...link, ...ends }).filter(([, value]) => value !== null && value !== undefined),
  );
  const risks = state.map.risks.filter((risk) => risk.threatens === `${from} -> ${to}`);
  return [
    { do: "unlink", from, to },
    { do: "add", what: "link", fields },
    ...risks.map((risk) => ({
      do: "set",
      what: `risk ${risk.id}`,
      field: "threatens",
      value: `${fields.from} -> ${fields.to}`,
    })),
  ];
}

/** Lets a link run the other way. */
export function turn(subject) {
  const link = state.lists.link.get(subject);
  if (!link) return null;
  const { from, to } = link;
  if (state.lists.link.has(`link ${to} -> ${from}`)) return notice("These boxes are linked both ways already.");
  const label = `turn the link between ${quoted(node(from)?.title || from)} and ${quoted(node(to)?.title || to)} round`;
  const { answer } = start({ do: "group", label, edits: relinked(link, { from: to, to: from }) });
  choose(`link ${to} -> ${from}`);
  return answer;
}

/** Lets an end of a link be at another box. */
export function retarget(subject, end, id) {
  const link = state.lists.link.get(subject);
  if (!link || link[end] === id || !asEditor()) return null;
  const from = end === "from" ? id : link.from;
  const to = end === "to" ? id : link.to;
  if (from === to) return notice("A box cannot lead to itself.");
  if (state.lists.link.has(`link ${from} -> ${to}`)) return notice("These boxes are linked already.");
  const name = (one) => quoted(node(one)?.title || one);
  const words = end === "to" ? "lead to" : "begin at";
  const label = `let the link from ${name(link.from)} to ${name(link.to)} ${words} ${name(id)}`;
  const { answer } = start({ do: "group", label, edits: relinked(link, { from, to }) }, label);
  choose(`link ${from} -> ${to}`);
  return answer;
}

/** Puts a box at a place of its column, counted from the top. */
export function arrange(id, place) {
  const n = node(id);
  const order = column(n.kind)
    .map((other) => other.id)
    .filter((other) => other !== id);
  order.splice(Math.max(0, place), 0, id);
  return act({ do: "arrange", kind: n.kind, order });
}

/** Moves a box to another column, and there to a place. */
export function rekind(id, kind, place) {
  /** @type {any[]} */
  const edits = [{ do: "set", what: `node ${id}`, field: "kind", value: kind }];
  if (place !== undefined) {
    const order = column(kind)
      .map((other) => other.id)
      .filter((other) => other !== id);
    order.splice(Math.max(0, place), 0, id);
    edits.push({ do: "arrange", kind, order });
  }
  return act({ do: "group", label: `make ${quoted(node(id)?.title || "")} ${LABEL[kind].toLowerCase()}`, edits });
}

export const add = (what, fields, more = {}) => act({ do: "add", what, fields, ...more });

/** The lines of a pasted text, or of the first cells of a spreadsheet, without marks of lists. */
export const lines = (text) =>
  text
    .split(/\r?\n/)
    .map((line) =>
      line
        .split("\t")[0]
        .replace(/^\s*(?:[-*•–·]|\d+[.)])\s+/, "")
        .replace(/^"(.*)"$/, "$1")
        .trim(),
    )
    .filter(Boolean);
