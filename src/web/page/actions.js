// What people do to the map, each as one edit that can be undone.

import { $, notice, quoted, say } from "./dom.js";
import * as server from "./server.js";
import { LABEL } from "./description.js";
import { changed, choose, column, mayEdit, node, state } from "./state.js";

/** Does an edit; tells why where it is refused. The answer, or `null`. */
export async function act(edit, label) {
  if (!mayEdit()) {
    notice("This link only shows the map. Ask for the editing link to change it.");
    return null;
  }
  return settle(server.edit(edit), label);
}

async function settle(promise, label) {
  try {
    const answer = await promise;
    if ("undo" in answer) {
      state.undo = answer.undo;
      state.redo = answer.redo;
      changed("undo");
    }
    if (label || answer.label) say(label || answer.label);
    return answer;
  } catch (error) {
    notice(error.message);
    // What was typed is put back to what the map says.
    changed("map", "chosen");
    return null;
  }
}

export const set = (what, field, value, was) =>
  act({ do: "set", what, field, value: value === "" ? null : value, ...(was === undefined ? {} : { was }) });
export const undo = () => {
  $("notice").hidden = true;
  return state.undo && settle(server.undo(), `Undone: ${state.undo.label}`);
};
export const redo = () => state.redo && settle(server.redo(), `Done again: ${state.redo.label}`);
export const returnTo = (rev) => settle(server.returnTo(rev), "The map is as it was then");

/** Adds a box; its id. */
export async function addNode(kind, title, { from = [], to = [], below } = {}) {
  const edit = { do: "add-node", kind, title, from, to };
  if (below !== undefined) edit.below = below;
  const answer = await act(edit, `Added ${LABEL[kind].toLowerCase()} ${title}`);
  return answer?.ids?.[0] ?? null;
}

/** Adds many boxes at once, as one step. */
export async function addMany(kind, titles, from = []) {
  const edits = titles.map((title) => ({ do: "add-node", kind, title, from, to: [] }));
  const answer = await act(
    { do: "group", label: `paste ${titles.length} boxes`, edits },
    `Added ${titles.length} boxes`,
  );
  return answer?.ids ?? [];
}

export async function link(from, to) {
  if (from === to) return notice("A box cannot lead to itself.");
  const answer = await act({ do: "link", from, to }, `Linked ${node(from)?.title} to ${node(to)?.title}`);
  if (answer) choose(`link ${from} -> ${to}`);
  return answer;
}

/** Takes away what is chosen; it can be undone, so nobody is asked. */
export async function remove(subject) {
  const what = subject.startsWith("link ")
    ? { do: "unlink", from: state.lists.link.get(subject)?.from, to: state.lists.link.get(subject)?.to }
    : { do: "remove", what: subject };
  const name = subject.startsWith("node ") ? quoted(node(subject.slice(5))?.title || "") : "the link";
  if (await act(what)) notice(`Took away ${name}.`, "Undo", undo);
}

/** Lets a link run the other way; its reason, its evidence and all else that it says stay. */
export async function turn(subject) {
  const { from, to, ...says } = state.lists.link.get(subject) || {};
  if (!from) return;
  const fields = Object.fromEntries(
    Object.entries({ ...says, from: to, to: from }).filter(([, value]) => value !== null && value !== undefined),
  );
  const edits = [
    { do: "unlink", from, to },
    { do: "add", what: "link", fields },
  ];
  const label = `turn the link between ${quoted(node(from)?.title || from)} and ${quoted(node(to)?.title || to)} round`;
  if (await act({ do: "group", label, edits })) choose(`link ${to} -> ${from}`);
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
    .filter(Boolean)
    .slice(0, 200);
