// The map as the server holds it, and what follows from it: who is linked to whom, what lies on a line of sight.

import { LISTS } from "./description.js";

export const state = {
  map: { nodes: [], links: [] },
  rev: 0,
  role: "view",
  picture: { cards: {}, routes: {}, columns: [] },
  findings: { groups: [], summary: {} },
  people: [],
  others: 0,
  file: { name: "", state: "saved" },
  links: {},
  undo: null,
  redo: null,
  chosen: null,
  lists: {},
};

const listeners = [];
/** Calls `listener` with the set of what changed: `map`, `picture`, `findings`, `people`, `file`, `chosen`, `undo`. */
export const watch = (listener) => listeners.push(listener);
export function changed(...what) {
  for (const listener of listeners) listener(new Set(what));
}

/** How findings and the protocol name a record. */
export const subjectOf = (what, record) => {
  if (what === "link") return `link ${record.from} -> ${record.to}`;
  if (what === "plan") return `plan ${record.owner}`;
  return `${what} ${record.id}`;
};

function index() {
  state.lists = {};
  for (const [what, list] of Object.entries(LISTS)) {
    state.lists[what] = new Map((state.map[list] || []).map((record) => [subjectOf(what, record), record]));
  }
  derive();
}

let out = new Map();
let into = new Map();
function derive() {
  for (const [what, list] of Object.entries(LISTS)) state.map[list] = [...state.lists[what].values()];
  out = new Map();
  into = new Map();
  for (const link of state.map.links) {
    out.set(link.from, [...(out.get(link.from) || []), link]);
    into.set(link.to, [...(into.get(link.to) || []), link]);
  }
}

export function hello(news) {
  Object.assign(state, {
    map: news.map,
    rev: news.rev,
    role: news.role,
    findings: news.findings,
    people: news.people || [],
    others: news.others || 0,
    file: news.file,
    links: news.links || {},
    undo: news.undo,
    redo: news.redo,
    picture: { cards: {}, routes: {}, columns: [], ...news.picture },
  });
  index();
  if (state.chosen && !record(state.chosen)) state.chosen = null;
  changed("map", "picture", "findings", "people", "file", "chosen", "undo");
}

/** Takes in what is new. */
export function update(news) {
  state.rev = news.rev;
  for (const subject of news.gone || []) {
    const what = subject.slice(0, subject.indexOf(" "));
    state.lists[what]?.delete(subject);
  }
  for (const [subject, value] of Object.entries(news.changed || {})) {
    if (subject === "map") {
      const lists = Object.fromEntries(Object.values(LISTS).map((list) => [list, state.map[list]]));
      state.map = { ...value, ...lists };
      continue;
    }
    const what = subject.slice(0, subject.indexOf(" "));
    state.lists[what]?.set(subject, value);
  }
  derive();
  const { cards, routes, ...whole } = news.picture || {};
  Object.assign(state.picture, whole);
  for (const [part, fresh] of [
    ["cards", cards],
    ["routes", routes],
  ]) {
    for (const [id, value] of Object.entries(fresh || {})) {
      if (value === null) delete state.picture[part][id];
      else state.picture[part][id] = { ...state.picture[part][id], ...value };
    }
  }
  if (news.findings) state.findings = news.findings;
  const lost = state.chosen && !record(state.chosen);
  if (lost) state.chosen = null;
  changed("map", "picture", "findings", ...(lost ? ["chosen"] : []));
}

export const mayEdit = () => state.role === "edit";
export const node = (id) => state.lists.node?.get(`node ${id}`);
export const owner = (id) => state.lists.owner?.get(`owner ${id}`);
export function record(subject) {
  return state.lists[subject.slice(0, subject.indexOf(" "))]?.get(subject);
}
export const outOf = (id) => out.get(id) || [];
export const intoNode = (id) => into.get(id) || [];
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

/** The boxes of a kind as they stand, from the top. */
export function column(kind) {
  const top = (id) => state.picture.cards[id]?.y ?? 0;
  const left = (id) => state.picture.cards[id]?.x ?? 0;
  return state.map.nodes
    .filter((n) => n.kind === kind)
    .sort((a, b) => top(a.id) - top(b.id) || left(a.id) - left(b.id));
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
