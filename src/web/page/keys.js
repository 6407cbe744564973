// The keyboard on the picture: everything that a pointer can do.

import { $, notice, say } from "./dom.js";
import { fit, focus, pan, svg, zoom } from "./canvas.js";
import { arrange, link, redo, rekind, remove, undo, addMany, lines } from "./actions.js";
import { addHere, isTyping, rename } from "./entry.js";
import { HEADING, KINDS } from "./description.js";
import { choose, chosenNode, column, mayEdit, node, state } from "./state.js";

/** The box from which a link is being drawn by keyboard. */
let linking = null;

export function startLinking(id) {
  if (!mayEdit()) return;
  linking = id;
  svg.dataset.linking = "";
  notice(
    `Choose the box that “${node(id)?.title}” leads to: arrow keys or a click, then Enter. Escape stops.`,
  );
}
function stopLinking() {
  linking = null;
  delete svg.dataset.linking;
  $("notice").hidden = true;
}

function go(key) {
  const here = chosenNode();
  if (!here) {
    const first = KINDS.flatMap((kind) => column(kind))[0];
    if (first) focus(first.id);
    return;
  }
  const stand = column(here.kind);
  const at = stand.findIndex((n) => n.id === here.id);
  if (key === "ArrowUp" || key === "ArrowDown") {
    const next = stand[at + (key === "ArrowUp" ? -1 : 1)];
    if (next) focus(next.id);
    else say(key === "ArrowUp" ? "Top of the column" : "Foot of the column");
    return;
  }
  const step = key === "ArrowLeft" ? -1 : 1;
  const card = state.picture.cards[here.id];
  for (let k = KINDS.indexOf(here.kind) + step; k >= 0 && k < KINDS.length; k += step) {
    const others = column(KINDS[k]);
    if (!others.length || !card) continue;
    const distance = (n) => Math.abs((state.picture.cards[n.id]?.y ?? 0) - card.y);
    focus(others.reduce((a, b) => (distance(b) < distance(a) ? b : a)).id);
    return;
  }
}

function shift(key, n) {
  const stand = column(n.kind);
  const at = stand.findIndex((other) => other.id === n.id);
  if (key === "ArrowUp" && at > 0) arrange(n.id, at - 1);
  else if (key === "ArrowDown" && at < stand.length - 1) arrange(n.id, at + 1);
  else if (key === "ArrowLeft" || key === "ArrowRight") {
    const kind = KINDS[KINDS.indexOf(n.kind) + (key === "ArrowLeft" ? -1 : 1)];
    if (kind) rekind(n.id, kind);
  }
}

/** A key on the picture; whether it was used. */
function onMap(event) {
  const n = node(document.activeElement?.dataset?.node) || chosenNode();
  const { key } = event;
  if (key.startsWith("Arrow")) {
    if (event.altKey && n && mayEdit()) shift(key, n);
    else if (event.shiftKey)
      pan({ ArrowLeft: 60, ArrowRight: -60 }[key] || 0, { ArrowUp: 60, ArrowDown: -60 }[key] || 0);
    else go(key);
    return true;
  }
  const plus = document.activeElement?.dataset?.add;
  if ((key === "Enter" || key === " ") && plus) {
    addHere(plus);
    return true;
  }
  if (key === "Enter" && linking) {
    const from = linking;
    stopLinking();
    if (n) link(from, n.id).then(() => focus(n.id));
    return true;
  }
  if (key === "Enter" && n) {
    document.dispatchEvent(new Event("open-panel"));
    return true;
  }
  if (key === " " && document.activeElement?.dataset?.node) {
    focus(document.activeElement.dataset.node);
    return true;
  }
  if (key === "F2" && n) {
    rename(n.id);
    return true;
  }
  if ((key === "Delete" || key === "Backspace") && (n || state.chosen) && mayEdit()) {
    const near = n && column(n.kind).find((other) => other.id !== n.id);
    remove(n ? `node ${n.id}` : state.chosen).then(() => (near ? focus(near.id) : svg.focus()));
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (key === "n" || key === "Insert") {
    addHere(n?.kind || KINDS[0], n ? { below: n.id } : {});
    return true;
  }
  if (key === "l" && n) {
    startLinking(n.id);
    return true;
  }
  if (key === "Home") {
    const first = n && column(n.kind)[0];
    if (first) focus(first.id);
    return true;
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (isTyping() || event.defaultPrevented || event.isComposing) return;
  const field = event.target.closest?.("input, textarea, select, dialog");
  const command = event.ctrlKey || event.metaKey;
  if (command && !field && event.key.toLowerCase() === "z") {
    event.preventDefault();
    (event.shiftKey ? redo : undo)();
    return;
  }
  if (command && !field && event.key.toLowerCase() === "y") {
    event.preventDefault();
    redo();
    return;
  }
  if (field || document.body.dataset.mode === "present") return;
  if (svg.contains(event.target) && onMap(event)) {
    event.preventDefault();
    return;
  }
  if (command || event.altKey) return;
  const does = {
    "?": () => $("help").click(),
    "/": () => $("search").focus(),
    "+": () => zoom(1.25),
    "=": () => zoom(1.25),
    "-": () => zoom(0.8),
    0: fit,
    f: () => $("findings-button").click(),
    o: () => $("outline-button").click(),
    p: () => $("present-button").click(),
    Escape: () => {
      if (linking) stopLinking();
      else choose(null);
    },
  }[event.key];
  if (does) {
    event.preventDefault();
    does();
  }
});

// What is on the clipboard goes into the column of the chosen box, a line a box.
document.addEventListener("paste", async (event) => {
  if (
    !mayEdit() ||
    isTyping() ||
    event.target.closest?.("input, textarea, select, dialog") ||
    document.body.dataset.mode
  )
    return;
  const titles = lines(event.clipboardData?.getData("text/plain") || "");
  if (!titles.length) return;
  event.preventDefault();
  const kind = document.activeElement?.dataset?.add || chosenNode()?.kind || KINDS[0];
  await addMany(kind, titles);
  notice(`Added ${titles.length} to ${HEADING[kind].toLowerCase()}.`, "Undo", undo);
});

svg.addEventListener("focusin", (event) => {
  const id = event.target.dataset?.node;
  if (id && !linking && event.target.matches(":focus-visible")) choose(`node ${id}`);
});

// A click while a link is drawn by keyboard or from the panel ends at the box that is clicked.
svg.addEventListener(
  "click",
  (event) => {
    // The picture holds the pointer, so the event does not say what lies under it.
    const id = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-node]")?.dataset.node;
    if (!linking || !id) return;
    const from = linking;
    stopLinking();
    if (id !== from) link(from, id);
  },
  true,
);
