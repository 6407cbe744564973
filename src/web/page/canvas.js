// The picture on the screen: the server's pieces, moved smoothly to where they now belong, and a view that zooms and
// pans.

import { $, pieces, put, s, still, visible } from "./dom.js";
import { putIcons, sketched, spoken, wordsIn } from "./art.js";
import { HEADING, KINDS } from "./description.js";
import {
  choose,
  column,
  isWaiting,
  lineOfSight,
  mayEdit,
  node,
  ofKind,
  onRenamed,
  state,
  watch,
} from "./state.js";
import { draw, drawLate, drawSoon, forget, hold } from "./trailing.js";

const svg = $("map");
const world = s("g", { id: "world" });
const layers = {};
for (const name of ["ground", "routes", "hits", "cards", "over", "tools"])
  world.append((layers[name] = s("g", { class: `layer-${name}` })));
const defs = s("defs");
svg.append(defs, world);
export { svg, world };

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

/** Where more than these change at once, they are at their places at once: no eye follows so many that move. */
const MOST_MOVED = 400;
/** More lines than these do not fade in: each that does is a surface of its own to the browser. */
const MOST_FADED = 60;
/** Below this zoom nobody can read a word, nor see that a line moved because a title takes one line more. */
const FAR = 0.2;

/** Where the view is: screen = world × k + (x, y). */
export const view = { k: 1, x: 0, y: 0, fitted: true };

function place() {
  world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k})`);
  $("zoom").textContent = `${Math.round(view.k * 100)}%`;
  document.dispatchEvent(new Event("view"));
}

/** A point of the screen in the picture. */
export function toWorld(x, y) {
  const box = svg.getBoundingClientRect();
  return { x: (x - box.left - view.x) / view.k, y: (y - box.top - view.y) / view.k };
}
/** A point of the picture on the screen. */
export function toScreen(x, y) {
  const box = svg.getBoundingClientRect();
  return { x: x * view.k + view.x + box.left, y: y * view.k + view.y + box.top };
}

/** The box under a pointer; the picture holds the pointer, so its events do not say. @returns {string | null} */
export const boxAt = ({ clientX, clientY }) =>
  /** @type {any} */ (document.elementFromPoint(clientX, clientY))?.closest?.("[data-node]")?.dataset.node ?? null;

let glide = 0;
function moveTo(target) {
  cancelAnimationFrame(glide);
  const from = { ...view };
  if (still() || shown.size > MOST_MOVED) {
    Object.assign(view, target);
    place();
    return;
  }
  const start = performance.now();
  const step = (now) => {
    const t = Math.min(1, (now - start) / 260);
    const e = 1 - (1 - t) ** 3;
    for (const name of ["k", "x", "y"]) view[name] = from[name] + (target[name] - from[name]) * e;
    place();
    if (t < 1) glide = requestAnimationFrame(step);
  };
  glide = requestAnimationFrame(step);
}

/** The size of the frame. Asked for while the picture changes, it has the browser lay all of it out at once. */
let frame = null;
const framed = () => (frame ??= svg.getBoundingClientRect());

/** How much of the frame the details take when they lie over it; the map is fitted into the rest. */
let covered = { right: 0, bottom: 0 };
export function cover(sides) {
  covered = sides;
}

/** Shows an area of the picture as large as it fits, at most life-size and a half. */
export function show(area, most = 1.5, least = 0.05) {
  const whole = framed();
  const isPresenting = document.body.dataset.mode === "present";
  const box = isPresenting ? whole : { width: whole.width - covered.right, height: whole.height - covered.bottom };
  const margin = Math.min(24, box.width * 0.02);
  const k = Math.max(
    least,
    Math.min(most, (box.width - 2 * margin) / Math.max(1, area.w), (box.height - 2 * margin) / Math.max(1, area.h)),
  );
  const over = (room, wanted) => Math.max(room > wanted ? (room - wanted) / 2 : margin / 2, 0);
  moveTo({ k, x: over(box.width, area.w * k) - area.x * k, y: over(box.height, area.h * k) - area.y * k });
}

/** How large the page's own letters are on this screen: on a very large one all is shown larger. */
const large = () => Math.max(1.25, Math.min(3, innerHeight / 900));

/** Shows the whole map; `least` is how small it may get for that. */
export function fit(least = 0.05) {
  view.fitted = true;
  const { width = 1000, height = 600 } = state.picture;
  show({ x: 0, y: 0, w: width, h: height }, large(), least);
}

/** Zooms by a factor around a point of the screen, or around the middle. */
export function zoom(factor, x, y) {
  cancelAnimationFrame(glide);
  const box = svg.getBoundingClientRect();
  const at = { x: (x ?? box.left + box.width / 2) - box.left, y: (y ?? box.top + box.height / 2) - box.top };
  const k = Math.max(0.05, Math.min(4, view.k * factor));
  view.x = at.x - ((at.x - view.x) / view.k) * k;
  view.y = at.y - ((at.y - view.y) / view.k) * k;
  view.k = k;
  view.fitted = false;
  place();
}

export function pan(dx, dy) {
  cancelAnimationFrame(glide);
  view.x += dx;
  view.y += dy;
  view.fitted = false;
  place();
}

/** Brings a box into sight, if it is not there. */
export const reveal = (id) => inSight(state.picture.cards[id]);

/** Brings an area of the picture into sight, and moves no further than that. */
export function inSight(card) {
  if (!card) return;
  const whole = framed();
  const box = { width: whole.width - covered.right, height: whole.height - covered.bottom };
  const a = { x: card.x * view.k + view.x, y: card.y * view.k + view.y };
  const b = { x: (card.x + card.w) * view.k + view.x, y: (card.y + (card.h ?? 60)) * view.k + view.y };
  const dx = a.x < 16 ? 16 - a.x : b.x > box.width - 16 ? box.width - 16 - b.x : 0;
  const dy = a.y < 16 ? 16 - a.y : b.y > box.height - 60 ? box.height - 60 - b.y : 0;
  if (dx || dy) {
    view.fitted = false;
    moveTo({ k: view.k, x: view.x + dx, y: view.y + dy });
  }
}

const shown = new Map();
const lines = new Map();

/** Sets a class where it differs from what is noted of an element: a map has thousands that stay as they are. */
function flag(there, name, is, ...elements) {
  if (Boolean(there[name]) === is) return;
  there[name] = is;
  for (const one of elements) one.classList.toggle(name, is);
}

function drawCards() {
  const { cards } = state.picture;
  for (const [id, card] of Object.entries(cards)) {
    let there = shown.get(id);
    if (!there) {
      const group = s("g", { class: "box", "data-node": id, role: "button", tabindex: "-1" });
      there = {
        group,
        art: s("g"),
        ring: s("rect", { class: "ring", rx: 6, x: -4, y: -4 }),
        x: card.x,
        y: card.y,
        svg: null,
      };
      group.append(there.ring, there.art);
      layers.cards.append(group);
      shown.set(id, there);
      group.setAttribute("transform", `translate(${card.x} ${card.y})`);
    }
    // What is as before is left alone: an edit changes a few of a thousand boxes, and is to be seen in the next frame.
    const n = node(id);
    const waits = isWaiting(`node ${id}`);
    const { findings } = state;
    if (there.card === card && there.n === n && Boolean(there.waits) === waits && there.findings === findings) continue;
    Object.assign(there, { card, n, findings });
    const art = card.lines ? `${card.kind} ${card.w} ${card.h} ${card.lines.join("\n")}` : card.svg;
    if (there.svg !== art) {
      there.art.replaceChildren(...(card.lines ? sketched(card) : pieces(card.svg)));
      // Lines of a title are words apart.
      for (const line of there.art.querySelectorAll("text, tspan")) line.append(" ");
      putIcons(there.art);
      there.svg = art;
      there.seen = wordsIn(there.art);
    }
    put(there.ring, "width", card.w + 8);
    put(there.ring, "height", card.h + 8);
    if (n) put(there.group, "aria-label", spoken(n, there.seen));
    flag(there, "waits", waits, there.group);
  }
  for (const [id, there] of shown) {
    if (!Object.hasOwn(cards, id)) {
      there.group.remove();
      shown.delete(id);
    }
  }
}

/** Whether nobody sees where exactly a line is: it is very small, or both boxes at its ends are out of sight. */
function isUnseen({ route }) {
  if (state.chosen === `link ${route.from} -> ${route.to}`) return false;
  if (view.k < FAR) return true;
  const [a, b] = [state.picture.cards[route.from], state.picture.cards[route.to]];
  if (!a || !b) return false;
  const box = framed();
  const isOut = (at, low, high, room) => high * view.k + at < 0 || low * view.k + at > room;
  return (
    isOut(view.x, Math.min(a.x, b.x), Math.max(a.x + a.w, b.x + b.w), box.width) ||
    isOut(view.y, Math.min(a.y, b.y), Math.max(a.y + a.h, b.y + b.h), box.height)
  );
}

/** The lines as they were drawn last. */
let routed = { of: null, routing: 0 };
function drawRoutes() {
  const { routes, routing } = state.picture;
  if (routed.of === routes && routed.routing === routing) return;
  routed = { of: routes, routing };
  const arriving = [];
  for (const [key, route] of Object.entries(routes)) {
    let there = lines.get(key);
    if (!there) {
      there = {
        group: s("g", { class: "route" }),
        hit: s("path", { class: "hit" }),
        look: s("g"),
        line: s("path"),
        head: s("path"),
        tip: s("title"),
        route: {},
        drawn: {},
      };
      there.look.append(there.line, there.head);
      there.group.append(there.look);
      layers.routes.append(there.group);
      layers.hits.append(there.hit);
      lines.set(key, there);
    }
    const was = there.route;
    if (was === route) continue;
    there.route = route;
    if (was.from !== route.from || was.to !== route.to) there.hit.dataset.link = `link ${route.from} -> ${route.to}`;
    if (was.look !== route.look) there.look.setAttribute("class", route.look);
    if (was.head_look !== route.head_look) there.head.setAttribute("class", route.head_look);
    if (was.tooltip !== route.tooltip) {
      there.tip.textContent = visible(route.tooltip);
      if (route.tooltip) there.line.append(there.tip);
      else there.tip.remove();
    }
    if (was.line !== route.line || was.head !== route.head) arriving.push(there);
  }
  for (const [key, there] of lines) {
    if (!Object.hasOwn(routes, key)) {
      there.group.remove();
      there.hit.remove();
      lines.delete(key);
      forget(there);
    }
  }
  // A title that takes one line more moves hundreds of lines. The words are seen first, and in the frame after them the
  // lines of which nobody sees that they moved.
  const isMany = arriving.length > MOST_FADED;
  const trailing = new Set(isMany ? arriving.filter((there) => there.drawn.line && isUnseen(there)) : []);
  for (const there of arriving) {
    if (trailing.has(there)) continue;
    draw(there);
    hold(there);
  }
  drawSoon(trailing);
  if (!still() && !isMany) for (const { group } of arriving) group.animate([{ opacity: 0, offset: 0 }], 350);
}

let motion = 0;
/** The middle of some numbers. */
const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** By how much the view moves along with boxes that move, so that what one looks at stays where it is. */
function along(moves) {
  if (!shown.size || view.isNew) return { dx: 0, dy: 0 };
  const box = framed();
  const looked = [];
  for (const [id, there] of shown) {
    const card = state.picture.cards[id];
    const [x, y] = [there.x * view.k + view.x, there.y * view.k + view.y];
    if (card && x > -card.w && x < box.width && y > -card.h && y < box.height) looked.push({ id, there, card });
  }
  const chosen = state.byOthers && looked.find(({ id }) => state.chosen === `node ${id}`);
  const by = (one) => ({ dx: one.card.x - one.there.x, dy: one.card.y - one.there.y });
  if (chosen) return by(chosen);
  if (!moves.length) return { dx: 0, dy: 0 };
  return { dx: median(looked.map((one) => by(one).dx)), dy: median(looked.map((one) => by(one).dy)) };
}

/** Moves the boxes from where they are to where they belong. */
function settle() {
  cancelAnimationFrame(motion);
  const moves = [];
  for (const [id, there] of shown) {
    const card = state.picture.cards[id];
    if (there.x !== card.x || there.y !== card.y)
      moves.push({ there, x0: there.x, y0: there.y, x1: card.x, y1: card.y });
  }
  const { dx, dy } = along(moves);
  let gone = 0;
  const bring = (e) => {
    for (const { there, x0, y0, x1, y1 } of moves) {
      there.x = x0 + (x1 - x0) * e;
      there.y = y0 + (y1 - y0) * e;
      there.group.setAttribute("transform", `translate(${there.x} ${there.y})`);
    }
    if (!dx && !dy) return;
    view.x -= dx * view.k * (e - gone);
    view.y -= dy * view.k * (e - gone);
    gone = e;
    place();
  };
  if (still() || moves.length > MOST_MOVED) {
    bring(1);
    return;
  }
  const start = performance.now();
  const step = (now) => {
    const t = Math.min(1, (now - start) / 240);
    bring(1 - (1 - t) ** 3);
    if (t < 1) motion = requestAnimationFrame(step);
  };
  if (moves.length) motion = requestAnimationFrame(step);
}

/** The lowest side of the boxes of a column; of one without boxes, of the words that say so. */
function foot(area) {
  let low = area.y + 62;
  let isAny = false;
  for (const n of ofKind(area.kind)) {
    const card = state.picture.cards[n.id];
    if (card) low = isAny ? Math.max(low, card.y + card.h) : card.y + card.h;
    isAny ||= Boolean(card);
  }
  return low + 14;
}

const adders = new Map();
/** A plus at the foot of every column. */
function drawTools() {
  for (const area of state.picture.columns || []) {
    let plus = adders.get(area.kind);
    if (!plus) {
      plus = s("g", {
        class: "plus",
        role: "button",
        tabindex: "0",
        "data-add": area.kind,
        "aria-label": `Add to ${HEADING[area.kind].toLowerCase()}`,
      });
      plus.append(s("rect", { rx: 6, height: 34 }), s("path", { d: "M0-6V6M-6 0H6" }));
      layers.tools.append(plus);
      adders.set(area.kind, plus);
    }
    plus.style.display = mayEdit() ? "" : "none";
    const w = Math.max(40, Math.min(area.w - 16, 210));
    put(plus, "transform", `translate(${area.x + 8} ${foot(area)})`);
    put(plus.firstChild, "width", w);
    put(plus.lastChild, "transform", `translate(${w / 2} 17)`);
  }
}

/** The only box that the tab key comes to: the chosen one, else the first. */
function rove() {
  const first = state.chosen?.startsWith("node ")
    ? state.chosen.slice(5)
    : KINDS.flatMap((kind) => column(kind)).find((n) => !isHidden(n.id))?.id;
  const chosen = state.chosen?.startsWith("node ") ? state.chosen.slice(5) : null;
  for (const [id, there] of shown) {
    const now = `${id === first ? "0" : "-1"} ${id === chosen}`;
    if (there.roves === now) continue;
    there.roves = now;
    there.group.setAttribute("tabindex", id === first ? "0" : "-1");
    there.group.setAttribute("aria-pressed", String(id === chosen));
  }
}

/** What one person wants to see: the boxes that alone are there, and those that alone are not faded; `null` for all. */
let seen = { only: null, lit: null };
export function see(what) {
  seen = what;
  mark();
}
/** Whether a box is not there for this person. */
export const isHidden = (id) => Boolean(seen.only) && document.body.dataset.mode !== "present" && !seen.only.has(id);

let lit = null;
/** Lights a set of boxes up and fades the rest; `null` for all. Where `chain` is given, only its own lines are lit. */
export function light(ids, chain) {
  lit = ids;
  const steps = chain && new Set(chain.slice(1).map((id, i) => `${chain[i]} -> ${id}`));
  svg.classList.toggle("lit", Boolean(ids));
  for (const [id, there] of shown) {
    flag(there, "dim", Boolean(ids) && !ids.has(id), there.group);
    flag(there, "gone", isHidden(id), there.group);
  }
  for (const there of lines.values()) {
    const { from, to } = there.route;
    const on = steps ? steps.has(`${from} -> ${to}`) : ids && ids.has(from) && ids.has(to);
    flag(there, "dim", Boolean(ids) && !on, there.group);
    flag(there, "gone", isHidden(from) || isHidden(to), there.group, there.hit);
  }
}

function mark() {
  const link = state.chosen?.startsWith("link ") ? state.lists.link.get(state.chosen) : null;
  const box = state.chosen?.startsWith("node ") ? state.chosen.slice(5) : null;
  for (const [id, there] of shown) flag(there, "chosen", id === box, there.group);
  for (const there of lines.values()) {
    const { from, to } = there.route;
    flag(there, "chosen", Boolean(link) && from === link.from && to === link.to, there.group);
  }
  if (document.body.dataset.mode === "present") return;
  if (!inLine) light(seen.lit);
  else if (state.chosen?.startsWith("node ")) light(lineOfSight(state.chosen.slice(5)).all);
  else if (link) light(new Set([link.from, link.to]), [link.from, link.to]);
  else light(seen.lit);
  rove();
}

/** Whether all but the line of sight of what is chosen is faded. */
let inLine = false;
export function sight(is = !inLine) {
  inLine = is;
  $("sight").setAttribute("aria-pressed", String(inLine));
  mark();
}
$("sight").addEventListener("click", () => sight());

const tags = s("g", { class: "layer-who", "aria-hidden": "true" });
world.append(tags);
/** The boxes that have a ring of somebody. */
let visited = [];
/** Who is at which box: a ring in their colour, and their names above it. */
function people() {
  for (const group of visited) group.removeAttribute("data-colour");
  visited = [];
  const at = new Map();
  for (const person of state.people) {
    const id = person.at?.startsWith("node ") && person.client !== state.client ? person.at.slice(5) : null;
    if (id && shown.has(id)) at.set(id, [...(at.get(id) || []), person]);
  }
  tags.replaceChildren();
  for (const [id, here] of at) {
    const { group } = shown.get(id);
    const { x, y } = state.picture.cards[id] || shown.get(id);
    group.dataset.colour = here[0].colour;
    visited.push(group);
    let left = x;
    for (const person of here.slice(0, 3)) {
      const name = visible(person.name.length > 16 ? `${person.name.slice(0, 15)}…` : person.name);
      const wide = name.length * 6.6 + 12;
      const words = s("text", { x: 6, y: 12 });
      words.textContent = name;
      const tag = s("g", { "data-colour": person.colour, transform: `translate(${left} ${y - 19})` });
      tag.append(s("rect", { width: wide, height: 16, rx: 4 }), words);
      tags.append(tag);
      left += wide + 3;
    }
  }
}

onRenamed((rename) => {
  for (const [id, there] of [...shown]) {
    const now = rename(`node ${id}`).slice(5);
    if (now === id) continue;
    shown.delete(id);
    shown.set(now, there);
    there.group.dataset.node = now;
  }
});

export const element = (id) => shown.get(id)?.group;

/** Gives the focus of the keyboard to a box, and brings it into sight. */
export function focus(id) {
  if (!shown.has(id)) return;
  reveal(id);
  take(id);
}

/** Gives the focus of the keyboard to a box that is looked at: nothing moves. */
export function take(id) {
  const there = shown.get(id);
  if (!there) return;
  choose(`node ${id}`);
  there.group.focus({ preventScroll: true });
}

const whole = {};
/** Whether a part that belongs to the whole picture is another than before. */
function isNew(name) {
  const text = state.picture[name] || "";
  if (whole[name] === text) return false;
  whole[name] = text;
  return true;
}
watch((what) => {
  if (what.has("picture")) {
    // A style sheet or a marker that is put in again has the whole picture styled and painted again.
    if (isNew("style")) sheet.replaceSync(whole.style);
    if (isNew("defs")) {
      defs.replaceChildren(...pieces(whole.defs));
      // The shapes of their icons are in the boxes.
      for (const there of shown.values()) Object.assign(there, { card: null, svg: null });
    }
    svg.classList.toggle("many", Object.keys(state.picture.cards).length > MOST_MOVED);
    for (const name of ["ground", "over"]) if (isNew(name)) layers[name].replaceChildren(...pieces(whole[name]));
    drawCards();
    drawRoutes();
    settle();
    drawTools();
    mark();
    people();
  } else if (what.has("findings") || what.has("map")) {
    drawCards();
  }
  if (what.has("chosen")) mark();
  if (what.has("people")) people();
});

// On paper there is the whole map, as large as the page lets it be.
addEventListener("beforeprint", () => {
  drawLate();
  const { width = 1000, height = 600 } = state.picture;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  world.removeAttribute("transform");
});
addEventListener("afterprint", () => {
  svg.removeAttribute("viewBox");
  place();
});

new ResizeObserver(() => {
  frame = null;
  if (document.body.dataset.mode === "present") return;
  if (view.fitted) fit();
}).observe(svg);
document.addEventListener("relight", () => {
  if (lit !== undefined) mark();
});
