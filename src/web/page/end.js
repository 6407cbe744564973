// The other end of the page: what the page joins, sends edits to, listens to and asks. The only module that knows who
// that is.

import * as other from "./http.js";
import { adds, makeshift, named } from "./optimist.js";

export { Refused, address, ask } from "./http.js";

/** What this browser remembers by itself. */
export function remember(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(`benefit-map ${name}`);
    localStorage.setItem(`benefit-map ${name}`, value);
  } catch {
    /* A browser that keeps nothing is served as well. */
  }
  return value ?? null;
}

/** Each map of a folder has its own: what was typed at one is never sent to another. */
const TAB = `benefit-map tab${other.inFolder ? ` ${other.inFolder}` : ""}`;
const make = () => [...crypto.getRandomValues(new Uint8Array(24))].map((b) => (b % 36).toString(36)).join("");

/**
 * What outlives a reload: who this tab is, how far it has counted, what was sent and not answered, what was refused,
 * and what is typed and not finished. Each tab is a client of its own. While the page is looked at it holds this by
 * itself, for a tab that is duplicated takes the session's storage along: two tabs that count as one would each take
 * the other's answers for its own.
 */
const tab = (() => {
  let there = null;
  try {
    there = JSON.parse(sessionStorage.getItem(TAB));
    sessionStorage.removeItem(TAB);
  } catch {
    /* A browser that keeps nothing is served as well. */
  }
  return { client: make(), n: 0, unanswered: [], kept: {}, ...there };
})();
const lay = () => {
  try {
    sessionStorage.setItem(TAB, JSON.stringify(tab));
  } catch {
    /* as above */
  }
};
const take = () => {
  try {
    sessionStorage.removeItem(TAB);
  } catch {
    /* as above */
  }
};
addEventListener("pagehide", lay);
addEventListener("pageshow", take);
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? lay : take)());

/** Keeps something over a reload of this tab: anything that can be JSON. */
export function keep(name, value) {
  tab.kept[name] = value;
}
/** What was kept. */
export const kept = (name) => tab.kept[name];

/** Known to this page and the other end alone: whoever has it speaks for this page. */
const { client } = tab;
const listeners = new Map();

/**
 * Calls `listener` for every event of that kind: `hello`, `map`, `people`, `file`, `board`, `lead`, `gather`, `bye`,
 * `key` where the link or the map is there no more, perhaps with why, `line` with true or false, `sent` with an edit
 * that begins to wait, `answered` with it and its answer, and `refused` with it and why.
 */
export function on(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) || []), listener]);
}

function report(kind, ...what) {
  for (const listener of listeners.get(kind) || []) listener(...what);
}

/** So long at most, in ms: longer than an answer may take. Shown before it, what was added would be there twice. */
const HELD = 12000;

let me = "";
let held = [];
/** While the answer to an edit is on its way, what the others are sent of it waits: its ids are in the answer. */
function release() {
  const news = held;
  held = [];
  for (const [kind, what] of news) report(kind, what);
}
const isOwn = (kind, what) => kind === "map" && (what.edits || []).some((edit) => edit.client === me);

/** Asks for everything again: something of what is new is missing here. */
export const everything = () => again();
let again = () => {};

/** Joins: everything comes by the events. */
export function join() {
  for (const item of tab.unanswered) {
    report("sent", item);
    inTurn(item).catch(() => {});
  }
  again = other.open(
    client,
    (kind, what) => {
      if (kind === "hello") {
        me = what.client;
        held = [];
      }
      if (held.length || (onItsWay && isOwn(kind, what))) {
        held.push([kind, what]);
        setTimeout(release, HELD);
      } else report(kind, what);
    },
    (there) => report("line", there),
  );
  return tab.unanswered.length;
}

const pause = (ms) =>
  new Promise((done) => {
    setTimeout(done, ms);
  });

const post = (path, body) => other.send(path, { client, ...body });

/** The names that records have got, by those that they had until then. */
const names = new Map(tab.kept.names || []);

/** Sends until there is an answer: the number makes sure that it is done once, however often it is sent. */
async function sure(item) {
  for (let wait = 300; ; wait = Math.min(wait * 2, 5000)) {
    try {
      const answer = await post(item.path, named(item.body, names));
      if (wait > 300) report("line", true);
      return answer;
    } catch (error) {
      if (error instanceof other.Refused && !["busy", "stopping", "key"].includes(error.code)) throw error;
      report("line", false);
      await pause(wait);
    }
  }
}

// One after another, so that edits arrive in the order in which they were made.
let line = Promise.resolve();
let onItsWay = null;
const leave = (item) => {
  tab.unanswered = tab.unanswered.filter((one) => one !== item);
};
function inTurn(item) {
  const done = line
    .then(async () => {
      // It may have been taken back before it was sent.
      if (!tab.unanswered.includes(item)) return null;
      onItsWay = item;
      const answer = await sure(item);
      leave(item);
      (answer.ids || []).forEach((id, i) => names.set(makeshift(item.body.n, i), id));
      keep("names", [...names].slice(-400));
      report("answered", item, answer);
      return answer;
    })
    .catch((error) => {
      leave(item);
      report("refused", item, error);
      throw error;
    })
    .finally(() => {
      onItsWay = null;
      release();
    });
  line = done.catch(() => {});
  return done;
}

function change(path, body, about) {
  tab.n += 1;
  const item = { path, body: { n: tab.n, ...body }, about };
  tab.unanswered.push(item);
  report("sent", item);
  return inTurn(item);
}

/**
 * Sends an edit: its answer, once it is saved. `about` is kept beside it, and comes back where it is refused. The ids
 * of what it adds are known at once, as names that later edits may use.
 */
export function edit(what, about = {}) {
  const ids = Array.from({ length: adds(what) }, (_, i) => makeshift(tab.n + 1, i));
  return { ids, answer: change("/api/edits", { edit: what }, about) };
}
/** Takes back what was not sent yet, and gives it; `null` where there is nothing. */
export function unsend() {
  const last = tab.unanswered[tab.unanswered.length - 1];
  if (!last || last === onItsWay || last.path !== "/api/edits") return null;
  leave(last);
  report("refused", last, null);
  return last;
}

export const undo = (skip) => change("/api/undo", skip ? { skip } : {});
export const redo = () => change("/api/redo", {});
export const returnTo = (rev) => change("/api/return", { rev });
export const resolveFile = (choice) => post("/api/file", { keep: choice });
/** Ends the workshop for everybody. */
export const close = () => post("/api/close", {});
export const tidy = () => post("/api/tidy", {});

/** Something that is done beside the map: the answer says what this page itself has given. */
export const deed = (what) => post("/api/board", { deed: what });
/** A file of measurements: what is in it, and where `take` says so, it is taken. */
export const measurements = (what) => post("/api/measurements", what);
/** Shows the map to the others from a place, or no longer. */
export const lead = (action, look) => post("/api/lead", { do: action, look });
/** Reads a table, and gives what it would change. */
export const readTable = (what) => other.send("/api/table", what, 60000);

/** The edits that wait for their answer. */
export const unanswered = () => tab.unanswered;

const self = { name: remember("name") || "", colour: Number(remember("colour") || 0), at: null, field: null };

/** Who is here, and on what: shown to the others. */
export function present(change = {}) {
  Object.assign(self, change);
  if (change.name !== undefined) remember("name", self.name);
  if (self.name) post("/api/presence", self).catch(() => {});
}

export const myself = () => ({ ...self });
