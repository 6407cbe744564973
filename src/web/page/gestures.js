// Mouse, pen and touch on the picture: choose, move, link, add, pan and zoom.

import { $, s } from "./dom.js";
import { boxAt, element, fit, pan, svg, take, toWorld, view, world, zoom } from "./canvas.js";
import { arrange, asEditor, link, rekind } from "./actions.js";
import { KINDS } from "./description.js";
import { addHere, rename } from "./entry.js";
import { drawFrame, isChoosing, isPicked, pickFrame, several, toggle } from "./select.js";
import { moveAll } from "./several.js";
import { choose, column, mayEdit, node, state, watch } from "./state.js";

/** How far a pointer may shake, in px, before it is dragging. */
const SHAKE = 5;

/** An arrow at a side of a box, from which a link is drawn: to what it leads to, or from what must change before. */
const makeGrip = (id, words) => {
  const title = s("title");
  title.textContent = words;
  const grip = s(
    "g",
    { id, "aria-hidden": "true" },
    s("circle", { class: "reach", r: 16 }),
    s("circle", { r: 10 }),
    s("path", { d: "M-5 0H5M1-4L5 0L1 4" }),
    title,
  );
  grip.style.display = "none";
  return grip;
};
const grips = {
  from: makeGrip("grip", "Drag to what this leads to"),
  to: makeGrip("grip-before", "Drag to what must have changed before"),
};
const rubber = s("path", { id: "rubber", "aria-hidden": "true" });
const slot = s("rect", { id: "slot", rx: 3, height: 4, "aria-hidden": "true" });
world.append(rubber, slot, grips.to, grips.from);
rubber.style.display = slot.style.display = "none";

let gripped = null;
/** Shows the arrows at both sides of a box. */
function offer(id) {
  const card = mayEdit() && id && state.picture.cards[id];
  gripped = card ? id : null;
  for (const [side, grip] of Object.entries(grips)) {
    grip.style.display = card ? "" : "none";
    if (!card) continue;
    const x = side === "from" ? card.x + card.w : card.x;
    const size = 1 / Math.min(1, Math.max(view.k, 0.3));
    grip.setAttribute("transform", `translate(${x} ${card.y + card.h / 2}) scale(${size})`);
  }
}
const GRIP = "#grip, #grip-before";

const columnAt = (point) => (state.picture.columns || []).find((c) => point.x >= c.x && point.x <= c.x + c.w) || null;

/** The place in a column, counted from the top, that a height belongs to; boxes that are being moved do not count. */
function placeAt(kind, y, moving = []) {
  const others = column(kind)
    .filter((n) => !moving.includes(n.id))
    .map((n) => state.picture.cards[n.id])
    .filter(Boolean);
  const place = others.findIndex((card) => y < card.y + card.h / 2);
  return { place: place < 0 ? others.length : place, others };
}

const pointers = new Map();
let drag = null;

function begin(event) {
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (pointers.size === 2) {
    cancel();
    drag = { kind: "pinch", span: span() };
    return;
  }
  if (event.button > 0 && event.button !== 1) return;
  const target = event.target.closest?.(`${GRIP}, [data-node], [data-link], [data-add]`);
  const isMore = event.shiftKey || isChoosing();
  const start = { x: event.clientX, y: event.clientY, event, isMore };
  const isOpen = !target || target.dataset.link;
  if (event.button === 0 && isMore && isOpen) {
    drag = { kind: "frame", ...start, at: toWorld(event.clientX, event.clientY), moved: false };
  } else if (event.button === 1 || !target) drag = { kind: "pan", ...start, moved: false };
  else if (target.matches(GRIP)) {
    drag = { kind: "link", from: gripped, side: target.id === "grip" ? "from" : "to", ...start, moved: false };
  } else if (target.dataset.node) {
    const id = target.dataset.node;
    // With a finger a box is moved only once it is chosen: else a map full of boxes could not be panned.
    const moves = event.pointerType !== "touch" || state.chosen === `node ${id}` || isPicked(id);
    const ids = isPicked(id) ? several() : [id];
    drag = { kind: moves ? "box" : "pan", id, ids, ...start, moved: false };
  } else if (target.dataset.link) drag = { kind: "pan", link: target.dataset.link, ...start, moved: false };
  else drag = { kind: "press", add: target.dataset.add, ...start, moved: false };
  svg.setPointerCapture(event.pointerId);
}

function span() {
  const [a, b] = [...pointers.values()];
  return { length: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function move(event) {
  const last = pointers.get(event.pointerId);
  if (!last) {
    if (event.pointerType !== "touch" && !drag) {
      const over = event.target.closest?.(GRIP) ? gripped : event.target.closest?.("[data-node]")?.dataset.node;
      if (over) offer(over);
      else if (!near(event)) offer(state.chosen?.startsWith("node ") ? state.chosen.slice(5) : null);
    }
    return;
  }
  const dx = event.clientX - last.x;
  const dy = event.clientY - last.y;
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (!drag) return;
  if (drag.kind === "pinch") {
    if (pointers.size < 2) return;
    const now = span();
    pan(now.x - drag.span.x, now.y - drag.span.y);
    zoom(now.length / Math.max(1, drag.span.length), now.x, now.y);
    drag.span = now;
    return;
  }
  if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < SHAKE) return;
  drag.moved = true;
  svg.dataset.drag = drag.kind;
  if (drag.kind === "pan") pan(dx, dy);
  if (drag.kind === "box" && !mayEdit()) {
    drag = { kind: "pan", moved: true, x: drag.x, y: drag.y };
    asEditor();
  }
  if (drag.kind === "frame") drawFrame(drag.at, toWorld(event.clientX, event.clientY));
  if (drag.kind === "link") stretch(event);
  if (drag.kind === "box") carry(event);
}

/** Whether the pointer is still by the box that has the grip. */
function near(event) {
  const card = gripped && state.picture.cards[gripped];
  if (!card) return false;
  const p = toWorld(event.clientX, event.clientY);
  return p.x > card.x - 26 && p.x < card.x + card.w + 26 && p.y > card.y - 10 && p.y < card.y + card.h + 10;
}

function stretch(event) {
  const card = state.picture.cards[drag.from];
  if (!card) return cancel();
  const p = toWorld(event.clientX, event.clientY);
  const isBefore = leadsHere(drag, p);
  const [x, y] = [isBefore ? card.x : card.x + card.w, card.y + card.h / 2];
  const bend = Math.max(30, Math.abs(p.x - x) / 2) * (isBefore ? -1 : 1);
  rubber.setAttribute("d", `M${x} ${y}C${x + bend} ${y} ${p.x - bend} ${p.y} ${p.x} ${p.y}`);
  rubber.style.display = "";
  const target = boxAt(event);
  aim(target && target !== drag.from ? target : null);
}

/**
 * Whether what a link is dragged to leads to the box that it is dragged from. The stages say so: what is further left
 * comes before. Within a stage, and outside all of them, it depends on the side from which it is dragged.
 */
function leadsHere({ from, side }, point) {
  const here = node(from) && KINDS.indexOf(node(from).kind);
  const area = columnAt(point);
  const there = area ? KINDS.indexOf(area.kind) : here;
  return there === here ? side === "to" : there < here;
}

let aimed = null;
function aim(id) {
  if (aimed === id) return;
  world.querySelector(".aimed")?.classList.remove("aimed");
  aimed = id;
  if (id) world.querySelector(`[data-node="${CSS.escape(id)}"]`)?.classList.add("aimed");
}

function carry(event) {
  const group = world.querySelector(`[data-node="${CSS.escape(drag.id)}"]`);
  const card = state.picture.cards[drag.id];
  if (!group || !card) return cancel();
  const a = toWorld(drag.x, drag.y);
  const p = toWorld(event.clientX, event.clientY);
  if (group.nextSibling) {
    // Over the boxes that it is carried past.
    const focused = group.contains(document.activeElement);
    group.parentNode.append(group);
    if (focused) group.focus({ preventScroll: true });
  }
  for (const id of drag.ids) {
    const [one, its] = [element(id), state.picture.cards[id]];
    one?.classList.add("carried");
    if (its) one?.setAttribute("transform", `translate(${its.x + p.x - a.x} ${its.y + p.y - a.y})`);
  }
  const target = columnAt(p);
  drag.target = null;
  slot.style.display = "none";
  if (!target) return;
  const { place, others } = placeAt(target.kind, p.y, drag.ids);
  drag.target = { kind: target.kind, place };
  const y =
    place < others.length
      ? others[place].y - 10
      : others.length
        ? others[others.length - 1].y + others[others.length - 1].h + 6
        : target.y + 60;
  for (const [name, value] of [
    ["x", target.x + 8],
    ["y", y],
    ["width", Math.max(40, target.w - 16)],
  ])
    slot.setAttribute(name, value);
  slot.style.display = "";
}

function cancel() {
  for (const id of drag?.ids || []) {
    const [one, card] = [element(id), state.picture.cards[id]];
    one?.classList.remove("carried");
    if (card) one?.setAttribute("transform", `translate(${card.x} ${card.y})`);
  }
  drawFrame();
  rubber.style.display = slot.style.display = "none";
  aim(null);
  delete svg.dataset.drag;
  drag = null;
}

function end(event) {
  pointers.delete(event.pointerId);
  if (!drag) return;
  const done = drag;
  if (done.kind === "pinch") {
    if (pointers.size === 0) drag = null;
    return;
  }
  const target = aimed;
  const point = toWorld(event.clientX, event.clientY);
  cancel();
  if (event.type === "pointercancel") return;
  if (!done.moved) return press(done);
  if (done.kind === "frame") return pickFrame(done.at, point, true);
  if (done.kind === "link") {
    const isBefore = leadsHere(done, point);
    if (target) isBefore ? link(target, done.from) : link(done.from, target);
    else {
      // Let go over an empty place of a column: a new box there, already linked.
      const area = columnAt(point);
      if (area)
        addHere(area.kind, {
          [isBefore ? "to" : "from"]: [done.from],
          area: { x: area.x + 8, y: point.y - 16, w: Math.max(area.w - 16, 180) },
        });
    }
  }
  if (done.kind === "box" && done.target) {
    const n = node(done.id);
    if (!n) return;
    if (done.ids.length > 1) {
      const by = KINDS.indexOf(done.target.kind) - KINDS.indexOf(n.kind);
      moveAll(done.ids, by, done.target.kind, done.target.place);
    } else if (done.target.kind !== n.kind) rekind(done.id, done.target.kind, done.target.place);
    else if (column(n.kind).findIndex((other) => other.id === n.id) !== done.target.place)
      arrange(done.id, done.target.place);
  }
}

function press(done) {
  pressed.push({ id: done.id, link: done.link, at: performance.now(), x: done.x, y: done.y });
  pressed.splice(0, pressed.length - 2);
  const { isMore, event } = done;
  if (done.kind === "frame") return;
  if (done.id && (isMore || event.ctrlKey || event.metaKey)) {
    pressed.length = 0;
    toggle(done.id);
    return;
  }
  if (done.add) addHere(done.add);
  else if (done.id) {
    take(done.id);
    offer(done.id);
  } else if (done.link) choose(done.link);
  else {
    // Not at once: the panel that closes moves the map, and this may be the first half of a double-click.
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      choose(null);
      offer(null);
    }, 280);
  }
}
let leaving = 0;
/** The last two presses: a double-click is about what the first of them was on, whatever has moved since. */
const pressed = [];

// A tap on a box opens its details, which may come to stand under the finger; the click that the browser makes of the
// tap would then press whatever lies there.
let tapped = 0;
svg.addEventListener("pointerup", (event) => {
  tapped = event.pointerType === "touch" ? performance.now() : 0;
});
document.addEventListener(
  "pointerdown",
  () => {
    tapped = 0;
  },
  true,
);
for (const kind of ["mousedown", "click"]) {
  document.addEventListener(
    kind,
    (event) => {
      if (!tapped || performance.now() - tapped > 700 || svg.contains(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}

// A menu that opens under a finger takes the rest of its way.
document.addEventListener("let-go", () => {
  pointers.clear();
  cancel();
});

svg.addEventListener("pointerdown", begin);
svg.addEventListener("pointermove", move);
svg.addEventListener("pointerup", end);
svg.addEventListener("pointercancel", end);

svg.addEventListener("dblclick", (event) => {
  clearTimeout(leaving);
  const first = pressed.find((one) => performance.now() - one.at < 1500);
  // The picture holds the pointer, so the event does not say what lies under it.
  const id = first ? first.id : boxAt(event);
  if (id) {
    rename(id);
    return;
  }
  if (first?.link) {
    choose(first.link);
    document.dispatchEvent(new CustomEvent("open-panel", { detail: "rationale" }));
    return;
  }
  if (document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-link], [data-add]")) return;
  const p = toWorld(event.clientX, event.clientY);
  const area = columnAt(p);
  if (!area) return;
  const { place, others } = placeAt(area.kind, p.y);
  const above = place > 0 ? column(area.kind)[place - 1]?.id : "";
  addHere(area.kind, {
    below: others.length ? above : undefined,
    area: { x: area.x + 8, y: p.y - 16, w: Math.max(area.w - 16, 180) },
  });
});

svg.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : 1;
    // A trackpad moves both ways, and pinches with the control key; a wheel turns one way in steps.
    const trackpad = !event.ctrlKey && event.deltaMode === 0 && (event.deltaX !== 0 || Math.abs(event.deltaY) < 40);
    if (event.shiftKey && !event.ctrlKey) pan(-(event.deltaX || event.deltaY) * unit, 0);
    else if (trackpad) pan(-event.deltaX, -event.deltaY);
    else zoom(Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0016)), event.clientX, event.clientY);
  },
  { passive: false },
);

document.addEventListener("view", () => offer(gripped));
watch((what) => {
  if (what.has("picture") || what.has("chosen"))
    offer(gripped ?? (state.chosen?.startsWith("node ") ? state.chosen.slice(5) : null));
});
$("fit").addEventListener("click", () => fit());
$("in").addEventListener("click", () => zoom(1.25));
$("out").addEventListener("click", () => zoom(0.8));
