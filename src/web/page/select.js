// Several boxes at once: which are chosen, how that is done by keys, by pointer and by a frame, and how it is seen.

import { $, active, s, say, visible } from "./dom.js";
import { element, isHidden, reveal, svg, world } from "./canvas.js";
import { KINDS } from "./description.js";
import { isTyping } from "./entry.js";
import { changed, choose, chosenNode, column, node, onRenamed, state, watch } from "./state.js";

/** The boxes that are chosen together. Fewer than two are no choice of several. */
let picks = new Set();
/** Whether a choice is made here; any other takes the place of this one. */
let isOurs = false;

const inOrder = () =>
  KINDS.flatMap((kind) => column(kind))
    .map((n) => n.id)
    .filter((id) => picks.has(id));

/** Whether several boxes are chosen. */
export const areSeveral = () => picks.size > 1;
/** The boxes that are chosen together, as they are read; none where fewer than two are. */
export const several = () => (areSeveral() ? inOrder() : []);
/** The boxes that an action is about: several, or the one that is chosen. */
export const targets = () => (areSeveral() ? inOrder() : chosenNode() ? [chosenNode().id] : []);
export const isPicked = (id) => areSeveral() && picks.has(id);

function put(ids, first) {
  picks = ids.size > 1 ? ids : new Set();
  const lead = ids.has(first) ? first : [...ids][ids.size - 1];
  isOurs = true;
  choose(lead ? `node ${lead}` : null);
  isOurs = false;
  show();
  changed("picked");
}

/** Chooses these boxes, and no others. */
export function pick(ids) {
  const there = new Set(ids.filter((id) => node(id)));
  put(there, chosenNode()?.id ?? ids[0]);
  say(there.size === 1 ? "1 box chosen" : `${there.size} boxes chosen`);
}

/** Takes a box to those that are chosen, or away from them. */
export function toggle(id) {
  const next = new Set(areSeveral() ? picks : chosenNode() ? [chosenNode().id] : []);
  const isNew = !next.delete(id);
  if (isNew) next.add(id);
  put(next, isNew ? id : undefined);
  element(id)?.focus({ preventScroll: true });
  say(`${visible(node(id)?.title || "untitled")} ${isNew ? "added" : "taken out"}, ${next.size} chosen`);
}

export const all = () =>
  pick(
    KINDS.flatMap((kind) => column(kind))
      .map((n) => n.id)
      .filter((id) => !isHidden(id)),
  );

function show() {
  for (const box of /** @type {NodeListOf<any>} */ (svg.querySelectorAll(".box.picked"))) {
    box.classList.remove("picked");
    box.setAttribute("aria-pressed", String(state.chosen === `node ${box.dataset.node}`));
  }
  if (!areSeveral()) return;
  for (const id of picks) {
    element(id)?.classList.add("picked");
    element(id)?.setAttribute("aria-pressed", "true");
  }
}

watch((what) => {
  if (what.has("map") && picks.size) {
    const there = new Set([...picks].filter((id) => node(id)));
    if (there.size < picks.size) {
      // What somebody else deletes takes the choice of the others with it for nobody.
      put(there, chosenNode()?.id);
      return;
    }
  }
  if (what.has("chosen") && !isOurs && picks.size) {
    picks = new Set();
    changed("picked");
  }
  if (what.has("chosen") || what.has("picture")) show();
});
onRenamed((rename) => {
  picks = new Set([...picks].map((id) => rename(`node ${id}`).slice(5)));
});

// By touch, and for whom two keys at once are hard: every press chooses one more, and a drag draws a frame.
let isMode = false;
/** Whether every press chooses one more. */
export const isChoosing = () => isMode;
/** Begins or ends that. */
export function choosing(is = !isMode) {
  isMode = is;
  $("several").setAttribute("aria-pressed", String(is));
  svg.toggleAttribute("data-several", is);
  if (is) say("Press each box that you want, or draw a frame round them.");
}
$("several").addEventListener("click", () => choosing());

const frame = s("rect", { id: "frame", "aria-hidden": "true" });
frame.style.display = "none";
world.append(frame);
const between = (a, b) => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});
/** Draws the frame between two points of the picture; without them there is none. */
export function drawFrame(a, b) {
  frame.style.display = a ? "" : "none";
  if (a) for (const [name, value] of Object.entries(between(a, b))) frame.setAttribute(name, String(value));
}
/** Chooses the boxes that a frame touches, beside those that were chosen where it is to add to them. */
export function pickFrame(a, b, isMore) {
  const { x, y, width, height } = between(a, b);
  const hit = Object.entries(state.picture.cards)
    .filter(([id]) => !isHidden(id))
    .filter(([, card]) => card.x < x + width && card.x + card.w > x && card.y < y + height && card.y + card.h > y)
    .map(([id]) => id);
  pick([...new Set([...(isMore ? targets() : []), ...hit])]);
}

/** Whether keys are for the map as a whole: no field, no dialog and no list has them. */
export const isOnMap = () => {
  const here = active();
  return (
    !isTyping() &&
    !document.querySelector("dialog[open]") &&
    !document.body.dataset.mode &&
    !here?.closest?.("input, textarea, select, #side, #outline, [role=menu]")
  );
};

/** Moves the focus of the keyboard and leaves the choice as it is. */
function walk(key) {
  const here = node(active()?.dataset?.node) || chosenNode();
  if (!here) return;
  const stand = column(here.kind);
  const at = stand.findIndex((n) => n.id === here.id);
  let next = stand[at + (key === "ArrowUp" ? -1 : 1)];
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const step = key === "ArrowLeft" ? -1 : 1;
    const kinds =
      step < 0 ? KINDS.slice(0, KINDS.indexOf(here.kind)).reverse() : KINDS.slice(KINDS.indexOf(here.kind) + 1);
    const others = kinds.map((kind) => column(kind)).find((list) => list.length) || [];
    const y = state.picture.cards[here.id]?.y ?? 0;
    const far = (n) => Math.abs((state.picture.cards[n.id]?.y ?? 0) - y);
    next = others.length ? others.reduce((a, b) => (far(b) < far(a) ? b : a)) : undefined;
  }
  if (!next) return;
  const before = state.chosen;
  isOurs = true;
  reveal(next.id);
  // The focus of the keyboard chooses by itself; here it does not.
  element(next.id)?.focus({ preventScroll: true });
  choose(before);
  isOurs = false;
  show();
}

document.addEventListener(
  "keydown",
  (/** @type {KeyboardEvent} */ event) => {
    const command = event.ctrlKey || event.metaKey;
    if (!isOnMap() || event.isComposing) return;
    const key = event.key.toLowerCase();
    const onBox = svg.contains(active());
    if (command && !event.altKey && key === "a") all();
    else if (command && onBox && key === " ") active()?.dataset?.node && toggle(active().dataset.node);
    else if (command && onBox && key.startsWith("arrow")) walk(event.key);
    else if (key === "escape" && isMode) choosing(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
