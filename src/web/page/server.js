// Talking to the workshop: one stream of what is new, and requests that are answered once they are saved.

const key = new URLSearchParams(location.search).get("key") || "";
const listeners = new Map();

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

const make = () => [...crypto.getRandomValues(new Uint8Array(24))].map((b) => (b % 36).toString(36)).join("");

/**
 * What outlives a reload: who this tab is, how far it has counted, and what was sent and not answered. Each tab is a
 * client of its own. While the page is looked at it holds this by itself, for a tab that is duplicated takes the
 * session's storage along: two tabs that count as one would each take the other's answers for its own.
 */
const tab = (() => {
  let there = null;
  try {
    there = JSON.parse(sessionStorage.getItem("benefit-map tab"));
    sessionStorage.removeItem("benefit-map tab");
  } catch {
    /* A browser that keeps nothing is served as well. */
  }
  return { client: there?.client || make(), n: there?.n || 0, unanswered: there?.unanswered || [] };
})();
const lay = () => {
  try {
    sessionStorage.setItem("benefit-map tab", JSON.stringify(tab));
  } catch {
    /* as above */
  }
};
const take = () => {
  try {
    sessionStorage.removeItem("benefit-map tab");
  } catch {
    /* as above */
  }
};
addEventListener("pagehide", lay);
addEventListener("pageshow", take);
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? lay : take)());

/** Known to this page and the server alone: whoever has it speaks for this page. */
const client = tab.client;

/**
 * Calls `listener` for every event of that kind: `hello`, `map`, `people`, `file`, `bye`, `line` with true or
 * false, `unanswered` with how many edits wait for their answer, and `refused` with why one of before a reload was
 * not taken. */
export function on(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) || []), listener]);
}

function tell(kind, what) {
  for (const listener of listeners.get(kind) || []) listener(what);
}

export const address = (path, more = {}) => `${path}?${new URLSearchParams({ key, ...more })}`;

/** Opens the stream; it comes back by itself after a break. */
export function listen() {
  const events = new EventSource(address("/api/events", { client }));
  for (const kind of ["hello", "map", "people", "file", "bye"]) {
    events.addEventListener(kind, (event) => tell(kind, JSON.parse(event.data)));
  }
  events.addEventListener("open", () => tell("line", true));
  events.addEventListener("error", () => {
    tell("line", false);
    // A stream that the server refused does not come back by itself.
    if (events.readyState !== EventSource.CLOSED) return;
    get("/api/map").catch((error) => {
      if (error.code === "key") tell("key");
    });
    setTimeout(listen, 2000);
  });
}

/** A refusal, in words to show. */
export class Refused extends Error {
  constructor(answer, status) {
    super(answer.refused || "The workshop did not take it.");
    this.code = answer.code || String(status);
  }
}

async function read(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer, response.status);
  return answer;
}

export async function get(path, more) {
  return read(await fetch(address(path, more), { cache: "no-store" }));
}

export async function post(path, body) {
  return read(
    await fetch(address(path), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ client, ...body }),
    }),
  );
}

const pause = (ms) =>
  new Promise((done) => {
    setTimeout(done, ms);
  });

/** Sends until there is an answer: the number makes sure that it is done once, however often it is sent. */
async function sure({ path, body }) {
  for (let wait = 300; ; wait = Math.min(wait * 2, 5000)) {
    try {
      const answer = await post(path, body);
      if (wait > 300) tell("line", true);
      return answer;
    } catch (error) {
      if (error instanceof Refused && !["busy", "stopping", "key"].includes(error.code)) throw error;
      tell("line", false);
      await pause(wait);
    }
  }
}

// One after another, so that edits arrive in the order in which they were made.
let line = Promise.resolve();
function inTurn(item) {
  const done = line
    .then(() => sure(item))
    .finally(() => {
      tab.unanswered = tab.unanswered.filter((other) => other !== item);
      tell("unanswered", tab.unanswered.length);
    });
  line = done.catch(() => {});
  return done;
}

function change(path, body) {
  tab.n += 1;
  const item = { path, body: { n: tab.n, ...body } };
  tab.unanswered.push(item);
  tell("unanswered", tab.unanswered.length);
  return inTurn(item);
}

/** Sends again what was not answered when the page was left; gives how much that was. */
export function sendAgain() {
  const items = [...tab.unanswered];
  for (const item of items) inTurn(item).catch((error) => tell("refused", error));
  return items.length;
}

export const edit = (what) => change("/api/edits", { edit: what });
export const undo = () => change("/api/undo", {});
export const redo = () => change("/api/redo", {});
export const returnTo = (rev) => change("/api/return", { rev });
export const resolveFile = (keep) => post("/api/file", { keep });
export const tidy = () => post("/api/tidy", {});

const me = {
  name: remember("name") || "",
  colour: Number(remember("colour") || Math.floor(Math.random() * 12)),
  at: null,
  field: null,
};
remember("colour", String(me.colour));

/** Who is here, and on what: told to the others. */
export function present(change = {}) {
  Object.assign(me, change);
  if (change.name !== undefined) remember("name", me.name);
  if (me.name) post("/api/presence", me).catch(() => {});
}

export const myself = () => ({ ...me });
