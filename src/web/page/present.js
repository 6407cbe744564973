// Presenting: the chains of one end outcome in a handful of steps, in big type. Screens that follow show the same step.

import { $, active, h, notice, say, visible } from "./dom.js";
import { fit, light, show } from "./canvas.js";
import { openNotes } from "./beside.js";
import { story } from "./chains.js";
import { LABEL } from "./description.js";
import { chainsTo, choose, column, findingsOf, kpisOf, node, outOf, owner, state, watch } from "./state.js";
import { sentence } from "./words.js";

let steps = [];
let at = 0;
let outcome = "";
/** Whether it was opened by somebody else, whom this screen follows. */
let isLed = false;

const picker = $("present-outcome");
const isOpen = () => document.body.dataset.mode === "present";

/** What is open about a box: findings and notes. */
function openAt(id) {
  const notes = openNotes(`node ${id}`);
  const found = findingsOf(`node ${id}`).map((one) => sentence(one.message));
  return notes ? [...found, `${notes} ${notes === 1 ? "note is" : "notes are"} open`] : found;
}

const told = (id) =>
  story(id, {
    node,
    ownerName: (one) => owner(one)?.name || "somebody",
    kpisOf,
    kindOf: (n) => LABEL[n.kind],
    why: (from, to) => outOf(from).find((link) => link.to === to)?.rationale || "",
    open: openAt,
    currency: state.map.currency,
    language: state.map.language,
    chains: chainsTo(id),
  });

function area(ids) {
  const cards = ids.map((id) => state.picture.cards[id]).filter(Boolean);
  if (!cards.length) return null;
  const [x, y] = [Math.min(...cards.map((c) => c.x)), Math.min(...cards.map((c) => c.y))];
  return {
    x: x - 40,
    y: y - 60,
    w: Math.max(...cards.map((c) => c.x + c.w)) - x + 80,
    h: Math.max(...cards.map((c) => c.y + c.h)) - y + 120,
  };
}

/** A box of a chain in words. */
const item = (one) =>
  h(
    "li",
    {},
    one.kind ? h("span", { class: "kind" }, one.kind) : null,
    h("strong", {}, one.title),
    one.facts.map((fact) => h("span", { class: "fact" }, fact)),
    one.why ? h("em", { class: "why" }, one.why) : null,
  );

function draw() {
  const step = steps[at];
  if (!step || !isOpen()) return;
  const room = area(step.ids);
  if (room) show(room, 1.4);
  light(new Set(step.ids), step.chain);
  $("present-label").textContent = visible(step.label);
  $("present-head").textContent = visible(step.head);
  $("present-text").textContent = visible(step.text);
  $("present-list").replaceChildren(...step.list.map(item));
  $("present-list").classList.toggle("chain", Boolean(step.chain));
  $("present-count").textContent = `${at + 1} / ${steps.length}`;
  $("present-back").disabled = at === 0;
  $("present-next").disabled = at === steps.length - 1;
  document.body.dataset.outcome = outcome;
  document.body.dataset.step = String(at);
  document.dispatchEvent(new Event("presented"));
}

function go(by) {
  const next = Math.max(0, Math.min(steps.length - 1, at + by));
  if (next === at) return;
  at = next;
  draw();
  const step = steps[at];
  say([step.head, step.text, ...step.list.map((one) => [one.title, ...one.facts].join(", "))].join(". "));
}

function start(id, step = 0) {
  choose(null);
  outcome = id;
  picker.value = id;
  steps = told(id);
  at = Math.min(step, steps.length - 1);
  draw();
}

function begin(id, step) {
  document.body.dataset.mode = "present";
  $("present").hidden = false;
  picker.replaceChildren(...column("end-outcome").map((n) => h("option", { value: n.id }, n.title)));
  start(id, step);
}

/** Presents the chosen end outcome, or the first. */
export function open() {
  const ends = column("end-outcome");
  if (!ends.length) return notice("Add an end outcome first. A presentation follows the chains that lead to it.");
  const chosen = state.chosen?.startsWith("node ") ? state.chosen.slice(5) : null;
  isLed = false;
  begin(ends.some((n) => n.id === chosen) ? chosen : ends[0].id, 0);
  document.documentElement.requestFullscreen?.().catch(() => {});
  $("present-next").focus();
  return null;
}

/** Goes where somebody else presents; `null` where they have ended. */
export function follow(shown) {
  if (!shown) {
    if (isLed) end();
    return;
  }
  if (!node(shown.outcome)) return;
  if (!isOpen()) {
    isLed = true;
    begin(shown.outcome, shown.step);
    $("present-close").focus();
  } else if (shown.outcome !== outcome || shown.step !== at) start(shown.outcome, shown.step);
}

function end() {
  if (!isOpen()) return;
  const had = $("present").contains(active());
  for (const name of ["mode", "outcome", "step"]) delete document.body.dataset[name];
  $("present").hidden = true;
  if (document.fullscreenElement) document.exitFullscreen?.().catch(() => {});
  light(null);
  fit();
  if (had) $("present-button").focus();
  document.dispatchEvent(new Event("presented"));
}

/** Ends it by this person's own wish: who followed somebody into it follows no longer. */
function close() {
  if (isLed) document.dispatchEvent(new Event("presentation-left"));
  isLed = false;
  end();
}

$("present-close").addEventListener("click", close);
$("present-next").addEventListener("click", () => go(1));
$("present-back").addEventListener("click", () => go(-1));
picker.addEventListener("change", () => start(picker.value));
document.addEventListener("keydown", (event) => {
  if (!isOpen() || event.target === picker) return;
  const by = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[event.key];
  // A long step is scrolled by the keys that scroll, while it has the focus.
  const words = /** @type {any} */ (document.querySelector("#present .words"));
  const isLong = active() === words && words.scrollHeight > words.clientHeight;
  if (by && isLong && !["ArrowRight", "ArrowLeft"].includes(event.key)) return;
  if (by) {
    event.preventDefault();
    go(by);
  } else if (event.key === "Escape") close();
});
document.addEventListener("fullscreenchange", () => setTimeout(draw, 100));
watch((what) => {
  if (!isOpen() || !what.has("map")) return;
  if (!node(outcome)) end();
  else start(outcome, at);
});
