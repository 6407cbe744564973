// Showing the map to the others, and following who shows it. A follower may leave at any time; a screen where somebody
// types is never moved.

import { active, notice, say } from "./dom.js";
import { room, isLeading } from "./beside.js";
import { show, svg, toWorld, view } from "./canvas.js";
import * as end from "./end.js";
import { isTyping } from "./entry.js";
import { changed, state, watch } from "./state.js";

/** How often those who follow are told where to, at most, in ms. */
const OFTEN = 150;
/** How long after a move of ours the view still changes by it, in ms. */
const GLIDE = 400;

/** Whether this page goes where who leads goes; it does unless somebody here says otherwise. */
let follows = true;
let leader = null;

export const isFollowing = () => Boolean(room.lead) && !isLeading() && follows;

/** Where this page is. */
export function here() {
  const box = svg.getBoundingClientRect();
  const [a, b] = [toWorld(box.left, box.top), toWorld(box.right, box.bottom)];
  const round = (n) => Math.round(n * 10) / 10;
  const { outcome, step } = document.body.dataset;
  const isPresenting = document.body.dataset.mode === "present" && outcome;
  return {
    x: round(a.x),
    y: round(a.y),
    w: Math.max(1, round(b.x - a.x)),
    h: Math.max(1, round(b.y - a.y)),
    chosen: state.chosen,
    ...(isPresenting ? { shown: { outcome, step: Number(step || 0) } } : {}),
  };
}

const failed = (error) => notice(`${error.message}.`);

/** Begins or ends showing the map to the others. */
export function lead(is) {
  if (!end.myself().name) notice("Enter your name first, so that the others know whom they follow.");
  end.lead(is ? "begin" : "end", is ? here() : null).catch(failed);
}

/** Brings everybody to where this page is, once. */
export function bring() {
  end
    .lead("gather", here())
    .then(() => notice("Everyone is brought here."))
    .catch(failed);
}

let waits = 0;
/** Says where this page is, if it leads. */
function go() {
  if (!isLeading() || waits) return;
  waits = setTimeout(() => {
    waits = 0;
    if (isLeading()) end.lead("go", here()).catch(() => {});
  }, OFTEN);
}
watch((what) => what.has("chosen") && go());
document.addEventListener("presented", go);

/** Whether somebody is in the middle of something here. */
const isBusy = () =>
  isTyping() ||
  Boolean(active()?.matches?.("input:not([type='checkbox']), textarea, select")) ||
  Boolean(document.querySelector("dialog[open]"));

let moved = 0;
/** Shows what somebody else sees, as far as this screen's form lets it. */
function look({ x, y, w, h, shown }) {
  moved = performance.now();
  view.fitted = false;
  const mode = document.body.dataset.mode === "present";
  if (shown || mode) document.dispatchEvent(new CustomEvent("present", { detail: shown || null }));
  if (!shown) show({ x, y, w, h }, 4);
}

/** Whether where to is not gone to yet, because somebody was busy here. */
let isBehind = false;
setInterval(() => {
  if (isBehind && isFollowing() && !isBusy()) {
    isBehind = false;
    look(room.lead.look);
  }
}, 500);

/** There is news of who leads. */
export function news() {
  const now = room.lead?.client ?? null;
  if (now !== leader) {
    follows = true;
    if (room.lead && !isLeading()) say(`You follow ${room.lead.name}. Escape stops following.`);
    else if (isLeading()) say("Others follow you.");
    else if (leader) say("Nobody shows the map any more.");
    leader = now;
  }
  if (isFollowing()) {
    if (isBusy()) isBehind = true;
    else look(room.lead.look);
  }
  changed("following");
}

/** No longer goes where who leads goes. */
export function leave() {
  if (!isFollowing()) return;
  follows = false;
  say(`You no longer follow ${room.lead.name}.`);
  changed("lead");
}
/** Goes where who leads goes again. */
export function rejoin() {
  follows = true;
  look(room.lead.look);
  changed("lead");
}

/** Somebody asks everybody to look somewhere, once. */
export function gathered({ client, name, look: place }) {
  if (client === state.client) return;
  if (isBusy()) {
    notice(`${name} asks everyone to look at one place.`, "Go there", () => look(place), 0);
    return;
  }
  const before = { ...view };
  look(place);
  notice(`${name} brought everyone here.`, "Go back", () => {
    Object.assign(view, before);
    show({ x: -before.x / before.k, y: -before.y / before.k, ...size(before.k) }, before.k);
  });
}
const size = (k) => {
  const box = svg.getBoundingClientRect();
  return { w: box.width / k, h: box.height / k };
};

// Whoever moves the view by themselves has left.
const byHand = () => isFollowing() && leave();
svg.addEventListener("wheel", byHand, { passive: true });
document.addEventListener("view", () => {
  if (isLeading()) go();
  else if (svg.dataset.drag === "pan" && performance.now() - moved > GLIDE) byHand();
});
document.querySelector(".zoom").addEventListener("click", byHand);
document.addEventListener("keydown", (event) => {
  if (!isFollowing() || isBusy()) return;
  if (event.key === "Escape" && document.body.dataset.mode !== "present") {
    event.preventDefault();
    leave();
  }
  const moves = (event.shiftKey && event.key.startsWith("Arrow")) || /^[-+=0]$/.test(event.key);
  if (moves && svg.contains(active())) leave();
});
document.addEventListener("presentation-left", byHand);
news();
