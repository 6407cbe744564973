// The keyboard on the picture: everything that a pointer can do.

import { $, active, notice, quoted, say } from "./dom.js";
import { sure } from "./asking.js";
import { boxAt, element, fit, focus, isHidden, pan, sight, svg, zoom } from "./canvas.js";
import {
  addMany,
  areTooMany,
  arrange,
  asEditor,
  lines,
  link,
  redo,
  rekind,
  remove,
  retarget,
  undo,
} from "./actions.js";
import { addHere, isTyping, rename } from "./entry.js";
import { HEADING, KINDS } from "./description.js";
import { remember } from "./end.js";
import { areSeveral, several, toggle } from "./select.js";
import { moveAll, nudge, removeAll } from "./several.js";
import { choose, chosenNode, column, mayEdit, node, state } from "./state.js";

/** The box at one end of the link that is drawn by keyboard, which end is asked for, and what link that is, if any. */
let linking = null;

/** Begins a link from a box (`from` is then what leads to it, where `end` says so). */
export function startLinking(id, end = "to") {
  if (!asEditor()) return;
  linking = { id, end };
  svg.dataset.linking = "";
  const title = quoted(node(id)?.title || "");
  const wanted = end === "to" ? `that ${title} leads to` : `that leads to ${title}`;
  notice(`Choose the box ${wanted}: arrow keys or a click, then Enter. Escape stops.`, null, null, 0);
  if (!svg.contains(document.activeElement)) focus(id);
}
/** Begins to let an end of a link be at another box. */
export function startMoving(subject, end) {
  const link = state.lists.link.get(subject);
  if (!link || !asEditor()) return;
  linking = { id: end === "to" ? link.from : link.to, end, link: subject };
  svg.dataset.linking = "";
  const [now, other] = [quoted(node(link[end])?.title || ""), quoted(node(linking.id)?.title || "")];
  const wanted =
    end === "to" ? `that ${other} leads to, instead of ${now}` : `that leads to ${other}, instead of ${now}`;
  notice(`Choose the box ${wanted}: arrow keys or a click, then Enter. Escape stops.`, null, null, 0);
  focus(link[end]);
}
function stopLinking() {
  linking = null;
  delete svg.dataset.linking;
  $("notice").hidden = true;
}
/** Draws the link that was begun, with a box at its other end. */
function finishLinking(other) {
  const { id, end, link: moved } = linking;
  stopLinking();
  if (moved) return retarget(moved, end, other);
  return end === "to" ? link(id, other) : link(other, id);
}

/** The boxes of a stage that are there for this person, from the top. */
const there = (kind) => column(kind).filter((n) => !isHidden(n.id));

function go(key) {
  const here = chosenNode() || node(active()?.dataset?.node);
  if (!here) {
    const first = KINDS.flatMap((kind) => there(kind))[0];
    if (first) focus(first.id);
    return;
  }
  const stand = there(here.kind);
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
    const others = there(KINDS[k]);
    if (!others.length || !card) continue;
    const distance = (n) => Math.abs((state.picture.cards[n.id]?.y ?? 0) - card.y);
    focus(others.reduce((a, b) => (distance(b) < distance(a) ? b : a)).id);
    return;
  }
}

function shift(key, n) {
  if (areSeveral()) {
    if (key === "ArrowUp" || key === "ArrowDown") nudge(several(), key === "ArrowUp" ? -1 : 1);
    else moveAll(several(), key === "ArrowLeft" ? -1 : 1);
    return;
  }
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
  const n = node(active()?.dataset?.node) || chosenNode();
  const { key } = event;
  if (key.startsWith("Arrow")) {
    if (event.altKey && n) asEditor() && shift(key, n);
    else if (event.shiftKey)
      pan({ ArrowLeft: 60, ArrowRight: -60 }[key] || 0, { ArrowUp: 60, ArrowDown: -60 }[key] || 0);
    else go(key);
    return true;
  }
  const plus = active()?.dataset?.add;
  if ((key === "Enter" || key === " ") && plus) {
    addHere(plus);
    return true;
  }
  if (key === "Enter" && linking) {
    if (n) {
      finishLinking(n.id);
      focus(n.id);
    }
    return true;
  }
  if (key === "Enter" && n) {
    document.dispatchEvent(new Event("open-panel"));
    return true;
  }
  if (key === " " && active()?.dataset?.node) {
    focus(active().dataset.node);
    return true;
  }
  if (key === "F2" && n) {
    rename(n.id);
    return true;
  }
  if ((key === "Delete" || key === "Backspace") && areSeveral()) {
    removeAll(several());
    return true;
  }
  if ((key === "Delete" || key === "Backspace") && state.chosen && asEditor()) {
    const going = chosenNode();
    const near = going && column(going.kind).find((other) => other.id !== going.id);
    remove(state.chosen);
    // The next press of the same key must not delete the neighbour: the focus goes there, and nothing is chosen.
    const there = near && element(near.id);
    (there || svg).focus({ preventScroll: true });
    choose(null);
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (key === "Insert") {
    addHere(n?.kind || KINDS[0], n ? { below: n.id } : {});
    return true;
  }
  if (key === "Home") {
    const first = n && column(n.kind)[0];
    if (first) focus(first.id);
    return true;
  }
  return false;
}

document.addEventListener("keydown", (/** @type {any} */ event) => {
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
  if (event.key === "Escape") {
    if (linking) stopLinking();
    else choose(null);
    return;
  }
  // Letters and signs are for the map alone, and only while it has the focus.
  if (!svg.contains(event.target)) return;
  if (event.key.length > 1 && !["Shift", "Control", "Alt", "Meta"].includes(event.key)) settle();
  if (isTyping()) return;
  if (onMap(event)) {
    event.preventDefault();
    return;
  }
  if (command || event.altKey || event.key.length !== 1 || !areLetters()) return;
  if (letter(event.key)) event.preventDefault();
});

/** What single letters and signs do on the map. */
const LETTERS = {
  "?": () => $("help").click(),
  "/": () => $("search").focus(),
  "+": () => zoom(1.25),
  "=": () => zoom(1.25),
  "-": () => zoom(0.8),
  0: () => fit(),
  n: () => {
    const n = chosenNode();
    addHere(n?.kind || KINDS[0], n ? { below: n.id } : {});
  },
  l: () => chosenNode() && startLinking(chosenNode().id),
  L: () => chosenNode() && startLinking(chosenNode().id, "from"),
  x: () => active()?.dataset?.node && toggle(active().dataset.node),
  s: () => sight(),
  f: () => $("findings-button").click(),
  o: () => $("outline-button").click(),
  p: () => $("present-button").click(),
  v: () => $("look-button").click(),
};

/** Gives letters a meaning that they have beside those. */
export const addLetters = (more) => Object.assign(LETTERS, more);

/** Whether letters do something: a person may switch that off. */
export const areLetters = () => remember("letters") !== "off";

/** How long a letter waits for another, in ms: two at once are words that somebody types or dictates. */
const BURST = 220;
let pending = null;
let words = 0;
/** Does what the letter that waits stands for. */
function settle() {
  if (!pending) return;
  clearTimeout(pending.timer);
  const { does } = pending;
  pending = null;
  does();
}
/** Takes a letter; whether it means something. */
function letter(key) {
  const does = LETTERS[key];
  const now = performance.now();
  const isWord = pending || now - words < 600;
  if (/[a-z]/i.test(key) && isWord) {
    if (pending) {
      clearTimeout(pending.timer);
      pending = null;
      notice("Letters are shortcuts on the map. Press F2 to rename a box. Help (?) can switch shortcuts off.");
    }
    words = now;
    return true;
  }
  if (!does) {
    if (/[a-z]/i.test(key)) words = now;
    return false;
  }
  if (!/[a-z]/i.test(key)) does();
  else pending = { does, timer: setTimeout(settle, BURST) };
  return true;
}

/** Whether lines are sentences or a letter, rather than titles of boxes. */
const isProse = (titles) => titles.some((one) => one.length > 160 || /[,;:]$|[.!?]\s+\S|^(dear|hello|hi)\b/i.test(one));

// What is on the clipboard goes into the column of the chosen box, a line a box.
document.addEventListener("paste", async (/** @type {any} */ event) => {
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
  const kind = active()?.dataset?.add || chosenNode()?.kind;
  if (!kind) {
    notice("Choose a box, or the plus of a column, to say where the pasted lines go. Then paste again.");
    return;
  }
  const all = column(kind);
  const below = chosenNode()?.id ?? all[all.length - 1]?.id ?? "";
  const count = titles.length;
  if (areTooMany(count)) return;
  if (count > 20 || isProse(titles)) {
    const yes = count === 1 ? "Add the box" : `Add ${count} boxes`;
    const first = titles.slice(0, 3).map(quoted).join(", ");
    const more = count > 3 ? " and so on" : "";
    const text = `Every line becomes a box in ${HEADING[kind].toLowerCase()}: ${first}${more}.`;
    if (!(await sure(`${yes}?`, text, yes))) return;
  }
  if (addMany(kind, titles, [], below).length)
    notice(`Added ${count} ${count === 1 ? "box" : "boxes"} to ${HEADING[kind].toLowerCase()}.`, "Undo", () => undo());
});

svg.addEventListener("focusin", (/** @type {any} */ event) => {
  const id = event.target.dataset?.node;
  if (id && !linking && event.target.matches(":focus-visible")) choose(`node ${id}`);
});

// A click while a link is drawn by keyboard or from the panel ends at the box that is clicked.
svg.addEventListener(
  "click",
  (event) => {
    // The picture holds the pointer, so the event does not say what lies under it.
    const id = boxAt(event);
    if (!linking || !id) return;
    if (id !== linking.id) finishLinking(id);
    else stopLinking();
  },
  true,
);
