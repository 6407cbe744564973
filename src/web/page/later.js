// Parts of the page that few people need at first: each is loaded when somebody asks for it, or when there is something
// to show of it.

import { $, notice } from "./dom.js";
import { room } from "./beside.js";
import * as end from "./end.js";
import { kpisOf, mayEdit, state, watch } from "./state.js";

/** A part by its name, loaded once. */
const parts = {
  together: () => import("./together.js"),
  leading: () => import("./leading.js"),
  present: () => import("./present.js"),
  help: () => import("./help.js"),
  history: () => import("./history.js"),
  outline: () => import("./outline.js"),
  finish: () => import("./finish.js"),
  begin: () => import("./begin.js"),
  measured: () => import("./measured.js"),
  whatif: () => import("./whatif.js"),
};
// What everybody may need soon comes as soon as the map is there: a page without a connection has it then.
let isFirst = true;
end.on("hello", () => {
  if (!isFirst) return;
  isFirst = false;
  setTimeout(() => {
    for (const load of [
      () => import("./menu.js"),
      () => import("./ends.js"),
      () => import("./minimap.js"),
      parts.outline,
      parts.help,
      () => import("./tables.js"),
    ])
      load().catch(() => {});
  });
});

const failed = () => notice("This part of the page could not be loaded. Check the connection, and try again.");
/** Loads a part and does something with it. */
const use = (name, what = (/** @type {any} */ _) => {}) => parts[name]().then(what, failed);

let isTogether = false;
/** The style sheet of what is loaded later. */
function styled() {
  if (isTogether) return;
  isTogether = true;
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/together.css";
  document.head.append(sheet);
}
const together = (what) => {
  styled();
  use("together", what);
};

$("together-button").addEventListener("click", () => together((part) => part.toggle()));
document.addEventListener("together", (/** @type {CustomEvent} */ event) =>
  together((part) => part.open(event.detail)),
);
$("present-button").addEventListener("click", () => use("present", (part) => part.open()));
document.addEventListener("present", (/** @type {CustomEvent} */ event) =>
  use("present", (part) => part.follow(event.detail)),
);
$("what-if-button").addEventListener("click", () => {
  styled();
  use("whatif", (part) => part.toggle());
});
document.addEventListener("what-if", (/** @type {CustomEvent} */ event) => {
  styled();
  use("whatif", (part) => part.leaveOut(event.detail));
});
$("help").addEventListener("click", () => use("help", (part) => part.open()));
$("outline-button").addEventListener("click", () => use("outline", (part) => part.toggle()));
$("history").addEventListener("click", () => use("history", (part) => part.open()));
document.addEventListener("finish", () => {
  styled();
  use("finish", (part) => part.open());
});

/** Whether there is anything beside the map that everybody is to see. */
const isAny = () => {
  const { notes, votes, rounds, health, timer } = room.board;
  return Boolean(timer || [notes, votes, rounds, health || {}].some((some) => Object.keys(some).length));
};
watch((what) => {
  if (what.has("map") && !state.map.nodes.length && mayEdit()) {
    styled();
    use("begin");
  }
  if (what.has("room") && isAny()) together();
  const at = what.has("chosen") && state.chosen?.startsWith("node ") && kpisOf(state.chosen.slice(5)).length;
  if (at || (what.has("room") && room.board.measured)) {
    styled();
    use("measured");
  }
  if (what.has("lead") && (room.lead || isTogether)) {
    styled();
    use("leading", (part) => part.news());
    together();
  }
});

// A file that is dropped is handed in, unless another part of the page takes it; the browser never leaves the page for
// it.
const hasFile = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
document.addEventListener("dragover", (event) => hasFile(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!hasFile(event) || event.defaultPrevented) return;
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  styled();
  if (file) use("measured", (part) => part.handIn(file));
});

document.addEventListener("measurements", (/** @type {CustomEvent} */ event) => {
  styled();
  use("measured", (part) => part.handIn(event.detail));
});

end.on("gather", (news) => use("leading", (part) => part.gathered(news)));
