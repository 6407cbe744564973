// Talking to the workshop: one stream of what is new, and requests that are answered once they are saved.

const key = new URLSearchParams(location.search).get("key") || "";
const listeners = new Map();


/** What this browser remembers by itself. */
export function remember(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(`benefit-map ${name}`);
    localStorage.setItem(`benefit-map ${name}`, value);
  } catch { /* A browser that keeps nothing is served as well. */ }
  return value ?? null;
}

/** Each tab is a client of its own: two tabs of one browser count their requests apart. */
export const client = (() => {
  const make = () => [...crypto.getRandomValues(new Uint8Array(12))].map((b) => (b % 36).toString(36)).join("");
  try {
    const there = sessionStorage.getItem("benefit-map client");
    if (there) return there;
    const made = make();
    sessionStorage.setItem("benefit-map client", made);
    return made;
  } catch { return make(); }
})();

let n = Number(sessionStorage.getItem("benefit-map n") || "0");
const next = () => {
  n += 1;
  sessionStorage.setItem("benefit-map n", String(n));
  return n;
};

/** Calls `listener` for every event of that kind: `hello`, `map`, `people`, `file`, `bye`, and `line` with true or false. */
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
    get("/api/map").catch((error) => { if (error.code === "key") tell("key"); });
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
  return read(await fetch(address(path), {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ client, ...body }),
  }));
}

const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

/** Sends until there is an answer: the number makes sure that it is done once, however often it is sent. */
async function sure(path, body) {
  const numbered = { n: next(), ...body };
  for (let wait = 300; ; wait = Math.min(wait * 2, 5000)) {
    try {
      return await post(path, numbered);
    } catch (error) {
      if (error instanceof Refused && !["busy", "stopping"].includes(error.code)) throw error;
      tell("line", false);
      await pause(wait);
    }
  }
}

// One after another, so that edits arrive in the order in which they were made.
let line = Promise.resolve();
const inTurn = (work) => {
  const done = line.then(work);
  line = done.catch(() => {});
  return done;
};

export const edit = (what) => inTurn(() => sure("/api/edits", { edit: what }));
export const undo = () => inTurn(() => sure("/api/undo", {}));
export const redo = () => inTurn(() => sure("/api/redo", {}));
export const returnTo = (rev) => inTurn(() => sure("/api/return", { rev }));
export const resolveFile = (keep) => post("/api/file", { keep });
export const tidy = () => post("/api/tidy", {});

const me = { name: remember("name") || "", colour: Number(remember("colour") || Math.floor(Math.random() * 12)), at: null, field: null };
remember("colour", String(me.colour));

/** Who is here, and on what: told to the others. */
export function present(change = {}) {
  Object.assign(me, change);
  if (change.name !== undefined) remember("name", me.name);
  if (me.name) post("/api/presence", me).catch(() => {});
}

export const myself = () => ({ ...me });

