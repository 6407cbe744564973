// What the pages of a folder have in common: the stream of what is in it.

import { $ } from "./dom.js";
import { address, ask } from "./http.js";

/** How long the line may be quiet, in ms. The server says something at least every four seconds. */
const QUIET = 9000;

/** Says in the bar at the top that something is the matter, or nothing where all is well. */
export function bar(text) {
  if ($("offline").textContent !== text) $("offline").textContent = text;
  $("offline").hidden = !text;
}

/**
 * Listens to what is in the folder, and goes on listening after a break. `on.hello` and `on.list` are called with what
 * there is.
 */
export function listen(on) {
  let events = null;
  let heard = performance.now();
  let isOver = false;
  const lost = () => !isOver && bar("Not connected. The page tries again by itself.");
  const begin = () => {
    events?.close();
    heard = performance.now();
    const own = new EventSource(address("/api/folder"));
    events = own;
    for (const kind of ["hello", "list", "beat", "bye"])
      own.addEventListener(kind, (event) => {
        heard = performance.now();
        const news = JSON.parse(event.data);
        isOver = kind === "bye";
        if (isOver)
          bar(
            `The workshop has ended${news.by ? `: ${news.by} closed it` : ""}. Everything that was confirmed is ` +
              "saved. Whoever started it can start it again within a day.",
          );
        else if (kind === "hello") bar("");
        on[kind]?.(news);
      });
    own.addEventListener("error", () => {
      lost();
      // A stream that the server refused does not come back by itself.
      if (own.readyState !== EventSource.CLOSED) return;
      ask("/api/folder/dashboard").catch((error) => {
        if (error.code !== "key") return;
        isOver = true;
        bar("This link is no longer valid. Ask for the new one.");
      });
      setTimeout(() => events === own && begin(), 2000);
    });
  };
  begin();
  // A line that is cut without a word still looks open to the browser.
  const look = () => {
    if (performance.now() - heard < QUIET) return;
    lost();
    begin();
  };
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
  addEventListener("offline", lost);
  addEventListener("online", begin);
}
