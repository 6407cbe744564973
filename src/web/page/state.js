// The map as the server holds it, and what follows from it: who is linked to whom, what lies on a line of sight.

import { LISTS } from "./description.js";
import { activity, makeshift, named, subjectOf, withSketches, withWaiting } from "./optimist.js";

export const state = {
  map: { nodes: [], links: [] },
  rev: 0,
  view: 0,
  role: "view",
  picture: { cards: {}, routes: {}, columns: [] },
  findings: { groups: [], summary: {} },
  people: [],
  others: 0,
  file: { name: "", state: "saved" },
  closable: false,
  links: {},
  undo: null,
  redo: null,
  chosen: null,
  lists: {},
  client: null,
  byOthers: false,
};

/** What the server has, without what waits. */
const served = { map: { nodes: [], links: [] }, lists: {}, picture: state.picture };
/** Edits of this page that the server has not confirmed, or that are confirmed and not drawn yet. */
let waiting = [];
/** Records that edits which wait touch. */
let touched = new Set();
/** Records that were deleted: what they were called. */
const gone = new Map();
/** By subject: who changed it last. */
const changers = new Map();

const listeners = [];
/**
 * Calls `listener` with the set of what changed: `map`, `picture`, `findings`, `people`, `file`, `chosen`, `undo`,
 * `waiting`, and beside the map `room` and `lead`. Gives what ends that.
 */
export function watch(listener) {
  listeners.push(listener);
  return () => listeners.splice(listeners.indexOf(listener), 1);
}
export function changed(...what) {
  for (const listener of [...listeners]) listener(new Set(what));
}

export { subjectOf } from "./optimist.js";

/** Makes what is shown of what the server has and what waits. */
function derive() {
  // Before the server has said anything there is nothing to lay them over.
  if (!served.lists.node) return;
  if (waiting.length) {
    const shown = withWaiting(served.map, served.lists, waiting);
    state.map = shown.map;
    state.lists = shown.lists;
    touched = shown.touched;
    state.picture = withSketches(served.picture, served.lists, state.lists, waiting);
  } else {
    state.map = served.map;
    state.lists = served.lists;
    touched = new Set();
    state.picture = served.picture;
  }
  for (const [what, list] of Object.entries(LISTS)) state.map[list] = [...state.lists[what].values()];
  ends = null;
}
/** Links by where they begin and by where they end, made when somebody asks. */
let ends = null;
function linked() {
  if (ends) return ends;
  ends = { out: new Map(), into: new Map() };
  const put = (map, id, link) => (map.has(id) ? map.get(id).push(link) : map.set(id, [link]));
  for (const link of state.map.links) {
    put(ends.out, link.from, link);
    put(ends.into, link.to, link);
  }
  return ends;
}

/** Whether an edit of a record waits to be saved. */
export const isWaiting = (subject) => touched.has(subject);

export function hello(news) {
  Object.assign(state, {
    rev: news.rev,
    view: news.view,
    role: news.role,
    findings: news.findings,
    people: news.people || [],
    others: news.others || 0,
    file: news.file,
    closable: news.closable,
    links: news.links || {},
    undo: news.undo,
    redo: news.redo,
  });
  served.map = news.map;
  served.picture = { cards: {}, routes: {}, columns: [], ...news.picture };
  const before = served.lists;
  served.lists = {};
  for (const [what, list] of Object.entries(LISTS))
    served.lists[what] = new Map((news.map[list] || []).map((record) => [subjectOf(what, record), record]));
  // What was deleted while there was no line is still called what it was.
  for (const [what, list] of Object.entries(before))
    for (const [subject, was] of list)
      if (!served.lists[what].has(subject)) gone.set(subject, was.title || was.name || "");
  waiting = waiting.filter((item) => !item.rev);
  derive();
  if (state.chosen && !record(state.chosen)) state.chosen = null;
  changed("map", "picture", "findings", "people", "file", "chosen", "undo", "waiting");
}

/** Takes in what is new, and says whether it could: it is made for the view before it, and for no other. */
export function update(news) {
  // What comes late was in what came whole.
  if (news.view <= state.view) return true;
  if (news.view !== state.view + 1) return false;
  state.view = news.view;
  state.rev = news.rev;
  state.byOthers = (news.edits || []).every((edit) => edit.client !== state.client);
  for (const subject of news.gone || []) {
    const list = served.lists[subject.slice(0, subject.indexOf(" "))];
    const was = list?.get(subject);
    if (was) gone.set(subject, was.title || was.name || "");
    list?.delete(subject);
  }
  for (const [subject, value] of Object.entries(news.changed || {})) {
    if (subject === "map") served.map = { ...value };
    else served.lists[subject.slice(0, subject.indexOf(" "))]?.set(subject, value);
  }
  for (const edit of news.edits || []) for (const subject of edit.touches || []) changers.set(subject, edit);
  const { cards, routes, ...whole } = news.picture || {};
  // The boxes and the lines are put into those that are there: to copy thousands takes longer than an edit may. So
  // whether a picture is another is seen by the picture itself, and whether its lines are by `routing`.
  const picture = { ...served.picture, ...whole };
  if (routes) picture.routing = (picture.routing || 0) + 1;
  for (const [part, fresh] of [
    ["cards", cards],
    ["routes", routes],
  ]) {
    if (!fresh) continue;
    for (const [id, value] of Object.entries(fresh)) {
      if (value === null) delete picture[part][id];
      else picture[part][id] = { ...picture[part][id], ...value };
    }
  }
  served.picture = picture;
  if (news.findings) state.findings = news.findings;
  const before = waiting.length;
  waiting = waiting.filter((item) => !item.rev || item.rev > state.rev);
  derive();
  const lost = state.chosen && !record(state.chosen);
  if (lost) state.chosen = null;
  const more = [...(lost ? ["chosen"] : []), ...(before === waiting.length ? [] : ["waiting"])];
  changed("map", "picture", ...(news.findings ? ["findings"] : []), ...more);
  return true;
}

/** An edit of this page is on its way: it is shown at once. */
export function wait(item) {
  waiting.push({ n: item.body.n, edit: item.body.edit });
  if (!served.lists.node) return;
  derive();
  const lost = state.chosen && !record(state.chosen);
  if (lost) state.chosen = null;
  changed("map", "picture", "waiting", ...(lost ? ["chosen"] : []));
}

const renamers = [];
/** Calls `listener` with what gives the new name of a subject, when records get the ids that they keep. */
export const onRenamed = (listener) => renamers.push(listener);
/** By id: the makeshift one that it had on this page at first, by which its elements are kept. */
const first = new Map();
export const keyFor = (id) => first.get(id) ?? id;
/** By the makeshift id: the one that it has now. */
const given = new Map();
/** What a subject is called now: who holds one from before its record was saved knows its makeshift id alone. */
export const nowCalled = (subject) => subject.replace(/~new-\d+-\d+/g, (id) => given.get(id) ?? id);

/** An edit is saved; what it added has its ids now. */
export function answered(n, { rev, ids = [] }) {
  const item = waiting.find((one) => one.n === n);
  if (!item) return;
  const names = new Map(ids.map((id, i) => [makeshift(n, i), id]));
  for (const [old, id] of names) {
    first.set(id, old);
    given.set(old, id);
  }
  waiting = waiting.map((one) => (one === item ? { ...one, rev, ids } : { ...one, edit: named(one.edit, names) }));
  const before = waiting.length;
  if (rev <= state.rev) waiting = waiting.filter((one) => one.n !== n);
  if (!names.size && waiting.length === before) {
    // It is shown already, and stays so until the server has drawn it.
    changed("waiting");
    return;
  }
  if (names.size) {
    if (state.chosen) state.chosen = nowCalled(state.chosen);
    derive();
    for (const listener of renamers) listener(nowCalled);
  } else derive();
  changed("map", "picture", "waiting");
}

/** An edit is not going to be done: the map is shown without it. */
export function forget(n) {
  waiting = waiting.filter((one) => one.n !== n);
  derive();
  const lost = state.chosen && !record(state.chosen);
  if (lost) state.chosen = null;
  changed("map", "picture", "waiting", ...(lost ? ["chosen"] : []));
}

/** How many edits wait to be saved. */
export const howManyWait = () => waiting.filter((item) => !item.rev).length;
/** What the server has of a record, without what waits; for the map, its fields. */
export function servedRecord(subject) {
  if (subject === "map") return served.map;
  if (subject.startsWith("activity ")) return activity(served.lists, subject.slice(9))?.record;
  return served.lists[subject.slice(0, subject.indexOf(" "))]?.get(subject);
}
/** What a deleted record was called; `undefined` where none is known. */
export const titleOfGone = (subject) => gone.get(subject);
/** Who changed a record last, as far as this page saw it. */
export const lastChange = (subject) => changers.get(subject);

export const mayEdit = () => state.role === "edit";
export const node = (id) => state.lists.node?.get(`node ${id}`);
export const owner = (id) => state.lists.owner?.get(`owner ${id}`);
export function record(subject) {
  if (subject.startsWith("activity ")) return activity(state.lists, subject.slice(9))?.record;
  return state.lists[subject.slice(0, subject.indexOf(" "))]?.get(subject);
}
/** What an owner is to do, in the order of the plan. */
export const activitiesOf = (id) => state.lists.plan?.get(`plan ${id}`)?.activities || [];
export const outOf = (id) => linked().out.get(id) || [];
export const intoNode = (id) => linked().into.get(id) || [];
export const kpisOf = (id) => state.map.kpis.filter((kpi) => kpi.node === id);
export const risksOf = (id) => state.map.risks.filter((risk) => risk.threatens === id);

/** Chooses a box or a link by its subject, or nothing. */
export function choose(subject) {
  if (state.chosen === subject) return;
  state.chosen = subject;
  changed("chosen");
}
export const chosenNode = () => (state.chosen?.startsWith("node ") ? node(state.chosen.slice(5)) : null);

function reach(start, links, end) {
  const seen = new Set([start]);
  const queue = [start];
  while (queue.length) {
    for (const link of links(queue.pop())) {
      if (!link.feedback && !seen.has(link[end])) {
        seen.add(link[end]);
        queue.push(link[end]);
      }
    }
  }
  return seen;
}

/** What leads to a box and what follows from it, as ids; feedback is left out, as in every line of sight. */
export function lineOfSight(id) {
  const down = reach(id, outOf, "to");
  const up = reach(id, intoNode, "from");
  return { up, down, all: new Set([...up, ...down]) };
}

let columns = { nodes: null, picture: null, of: new Map(), sorted: new Map() };
function sortedOut() {
  const { nodes } = state.map;
  const { picture } = state;
  if (columns.nodes === nodes && columns.picture === picture) return columns;
  columns = { nodes, picture, of: new Map(), sorted: new Map() };
  for (const n of nodes) {
    if (!columns.of.has(n.kind)) columns.of.set(n.kind, []);
    columns.of.get(n.kind).push(n);
  }
  return columns;
}
/** The boxes of a kind, in no order. */
export const ofKind = (kind) => sortedOut().of.get(kind) || [];
/** The boxes of a kind as they stand, from the top. */
export function column(kind) {
  const { sorted: there } = sortedOut();
  if (!there.has(kind)) {
    const { cards } = state.picture;
    const placed = ofKind(kind).map((n) => ({ n, x: cards[n.id]?.x ?? 0, y: cards[n.id]?.y ?? 0 }));
    placed.sort((a, b) => a.y - b.y || a.x - b.x);
    there.set(
      kind,
      placed.map(({ n }) => n),
    );
  }
  return [...there.get(kind)];
}

let sorted = { of: null, by: new Map() };
/** Findings about a subject, in the order of their groups. */
export function findingsOf(subject) {
  if (sorted.of !== state.findings) {
    sorted = { of: state.findings, by: new Map() };
    const keep = (what, f) => {
      if (!sorted.by.has(what)) sorted.by.set(what, []);
      sorted.by.get(what).push(f);
    };
    for (const group of state.findings.groups || []) {
      for (const f of group.findings) {
        keep(f.subject, { ...f, group });
        // A fact about the whole map is one about each box that shares it.
        if (f.subject === "map")
          for (const one of f.related || []) keep(one.subject, { ...f, group, subject: one.subject, about: "map" });
      }
    }
  }
  return sorted.by.get(subject) || [];
}

/** Chains from investments to an end outcome, each a list of ids, the shortest first; `more` says that others exist. */
export function chainsTo(end, most = 40) {
  const chains = [];
  const queue = [[end]];
  let steps = 0;
  while (queue.length && chains.length <= most && steps < 20000) {
    steps += 1;
    const chain = queue.shift();
    const before = intoNode(chain[0]).filter((link) => !link.feedback && !chain.includes(link.from));
    if (node(chain[0])?.kind === "investment" || (before.length === 0 && chain.length > 1)) chains.push(chain);
    if (node(chain[0])?.kind !== "investment") for (const link of before) queue.push([link.from, ...chain]);
  }
  const whole = chains.filter((chain) => node(chain[0])?.kind === "investment");
  const list = whole.length ? whole : chains;
  return { chains: list.slice(0, most), more: list.length > most || queue.length > 0 };
}
