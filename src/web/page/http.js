// The server of the workshop as the other end of the page: a stream of what is new, and requests. It knows no map.
//
// Another end, such as one in the browser itself, would have the same four: `open`, `send`, `ask` and `address`.

const asked = new URLSearchParams(location.search);
const key = asked.get("key") || "";
/** The map's name in the folder that is served; `null` where the map is served alone. */
export const inFolder = asked.get("map");

/** How long the line may be quiet, in ms. The server says something at least every four seconds. */
const QUIET = 9000;
/** How long an answer may take, in ms. */
const LATE = 10000;

/** A refusal, in words to show. */
export class Refused extends Error {
  constructor(answer, status) {
    super(answer.refused || "The workshop did not accept this change.");
    this.code = answer.code || String(status);
  }
}

/** The address of something to load or to download. */
export const address = (path, more = {}) =>
  `${path}?${new URLSearchParams({ key, ...(inFolder && { map: inFolder }), ...more })}`;

async function read(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer, response.status);
  return answer;
}

/** Asks for something. */
export async function ask(path, more) {
  return read(await fetch(address(path, more), { cache: "no-store", signal: AbortSignal.timeout(LATE) }));
}

/** Sends something, once. */
export async function send(path, body, late = LATE) {
  return read(
    await fetch(address(path), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(late),
    }),
  );
}

/**
 * Listens to what is new, and goes on listening after a break. `news(kind, what)` is called for every event, `line`
 * with whether there is a line. Gives what begins again, with everything.
 */
export function open(client, news, line) {
  let events = null;
  let heard = performance.now();
  const begin = () => {
    events?.close();
    heard = performance.now();
    const own = new EventSource(address("/api/events", { client }));
    events = own;
    for (const kind of ["hello", "map", "people", "file", "board", "lead", "gather", "bye", "beat"]) {
      own.addEventListener(kind, (event) => {
        heard = performance.now();
        if (kind !== "beat") news(kind, JSON.parse(event.data));
      });
    }
    own.addEventListener("open", () => {
      heard = performance.now();
      line(true);
    });
    own.addEventListener("error", () => {
      line(false);
      // A stream that the server refused does not come back by itself.
      if (own.readyState !== EventSource.CLOSED) return;
      ask("/api/map").catch((error) => {
        if (error.code === "key") news("key", null);
        if (error.code === "not-opened") news("key", error.message);
      });
      setTimeout(() => events === own && begin(), 2000);
    });
  };
  begin();
  // A line that is cut without a word still looks open to the browser.
  const look = () => {
    if (performance.now() - heard < QUIET) return;
    line(false);
    begin();
  };
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
  addEventListener("offline", () => line(false));
  addEventListener("online", begin);
  return begin;
}
