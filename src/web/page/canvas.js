// The picture on the screen: the server's pieces, moved smoothly to where they now belong, and a view that zooms and
// pans.

import { $, pieces, s, still, visible } from "./dom.js";
import { HEADING, KINDS, LABEL } from "./description.js";
import { choose, column, findingsOf, lineOfSight, mayEdit, node, state, watch } from "./state.js";

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

/** Where the view is: screen = world × k + (x, y). */
export const view = { k: 1, x: 0, y: 0, fitted: true };

function place() {
  world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k})`);
  $("zoom").textContent = `${Math.round(view.k * 100)} %`;
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

/** Shows an area of the picture as large as it fits, at most life-size and a half. */
export function show(area, most = 1.5) {
  const box = framed();
  const margin = 24;
  const k = Math.max(
    0.05,
    Math.min(most, (box.width - 2 * margin) / Math.max(1, area.w), (box.height - 2 * margin) / Math.max(1, area.h)),
  );
  moveTo({ k, x: (box.width - area.w * k) / 2 - area.x * k, y: (box.height - area.h * k) / 2 - area.y * k });
}

export function fit() {
  view.fitted = true;
  const { width = 1000, height = 600 } = state.picture;
  show({ x: 0, y: 0, w: width, h: height }, 1.25);
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
export function reveal(id) {
  const card = state.picture.cards[id];
  if (!card) return;
  const box = framed();
  const a = { x: card.x * view.k + view.x, y: card.y * view.k + view.y };
  const b = { x: (card.x + card.w) * view.k + view.x, y: (card.y + card.h) * view.k + view.y };
  const dx = a.x < 16 ? 16 - a.x : b.x > box.width - 16 ? box.width - 16 - b.x : 0;
  const dy = a.y < 16 ? 16 - a.y : b.y > box.height - 60 ? box.height - 60 - b.y : 0;
  if (dx || dy) {
    view.fitted = false;
    moveTo({ k: view.k, x: view.x + dx, y: view.y + dy });
  }
}

const shown = new Map();
const lines = new Map();

/** Sets an attribute where it differs: one that is set again has the browser style and paint its element again. */
function put(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** The words that are to be seen in a box. */
const wordsIn = (art) =>
  [...art.querySelectorAll("text")]
    .map((text) => text.textContent.trim())
    .join(" ")
    .replace(/\s+/g, " ");

/** What a box is called for those who listen: first what is seen in it, so that who speaks to the page can name it. */
function spoken(n, seen) {
  const parts = [seen || "untitled", LABEL[n.kind]];
  const found = findingsOf(`node ${n.id}`).length;
  if (found) parts.push(`${found} ${found === 1 ? "thing" : "things"} to look at`);
  return parts.join(", ");
}

function drawCards() {
  const fresh = new Set();
  for (const [id, card] of Object.entries(state.picture.cards)) {
    fresh.add(id);
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
    if (there.svg !== card.svg) {
      there.art.replaceChildren(...pieces(card.svg));
      // Lines of a title are words apart.
      for (const line of there.art.querySelectorAll("text, tspan")) line.append(" ");
      there.svg = card.svg;
      there.seen = wordsIn(there.art);
    }
    put(there.ring, "width", card.w + 8);
    put(there.ring, "height", card.h + 8);
    const n = node(id);
    if (n) put(there.group, "aria-label", spoken(n, there.seen));
  }
  for (const [id, there] of shown) {
    if (!fresh.has(id)) {
      there.group.remove();
      shown.delete(id);
    }
  }
}

function drawRoutes() {
  const fresh = new Set();
  const arriving = [];
  for (const [key, route] of Object.entries(state.picture.routes)) {
    fresh.add(key);
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
    if (was.head !== route.head) there.head.setAttribute("d", route.head);
    if (was.tooltip !== route.tooltip) {
      there.tip.textContent = visible(route.tooltip);
      if (route.tooltip) there.line.append(there.tip);
      else there.tip.remove();
    }
    if (was.line !== route.line) {
      there.line.setAttribute("d", route.line);
      there.hit.setAttribute("d", route.line);
      arriving.push(there.group);
    }
  }
  for (const [key, there] of lines) {
    if (!fresh.has(key)) {
      there.group.remove();
      there.hit.remove();
      lines.delete(key);
    }
  }
  if (!still() && arriving.length <= MOST_FADED)
    for (const group of arriving) group.animate([{ opacity: 0, offset: 0 }], 350);
}

let motion = 0;
/** Moves the boxes from where they are to where they belong. */
function settle() {
  cancelAnimationFrame(motion);
  const moves = [];
  for (const [id, there] of shown) {
    const card = state.picture.cards[id];
    if (there.x !== card.x || there.y !== card.y)
      moves.push({ there, x0: there.x, y0: there.y, x1: card.x, y1: card.y });
  }
  const bring = (move, e) => {
    move.there.x = move.x0 + (move.x1 - move.x0) * e;
    move.there.y = move.y0 + (move.y1 - move.y0) * e;
    move.there.group.setAttribute("transform", `translate(${move.there.x} ${move.there.y})`);
  };
  if (still() || moves.length > MOST_MOVED) {
    moves.forEach((move) => bring(move, 1));
    return;
  }
  const start = performance.now();
  const step = (now) => {
    const t = Math.min(1, (now - start) / 240);
    moves.forEach((move) => bring(move, 1 - (1 - t) ** 3));
    if (t < 1) motion = requestAnimationFrame(step);
  };
  if (moves.length) motion = requestAnimationFrame(step);
}

/** The lowest side of the boxes of a column. */
function foot(area) {
  const below = column(area.kind)
    .map((n) => state.picture.cards[n.id])
    .filter(Boolean)
    .map((card) => card.y + card.h);
  return below.length ? Math.max(...below) + 14 : area.y + 66;
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
    plus.setAttribute("transform", `translate(${area.x + 8} ${foot(area)})`);
    plus.firstChild.setAttribute("width", w);
    plus.lastChild.setAttribute("transform", `translate(${w / 2} 17)`);
  }
}

/** The only box that the tab key comes to: the chosen one, else the first. */
function rove() {
  const first = state.chosen?.startsWith("node ")
    ? state.chosen.slice(5)
    : KINDS.flatMap((kind) => column(kind))[0]?.id;
  for (const [id, there] of shown) {
    put(there.group, "tabindex", id === first ? "0" : "-1");
    put(there.group, "aria-pressed", state.chosen === `node ${id}`);
  }
}

let lit = null;
/** Lights a set of boxes up and fades the rest; `null` for all. Where `chain` is given, only its own lines are lit. */
export function light(ids, chain) {
  lit = ids;
  const steps = chain && new Set(chain.slice(1).map((id, i) => `${chain[i]} -> ${id}`));
  svg.classList.toggle("lit", Boolean(ids));
  for (const [id, there] of shown) there.group.classList.toggle("dim", Boolean(ids) && !ids.has(id));
  for (const there of lines.values()) {
    const { from, to } = there.route;
    const on = steps ? steps.has(`${from} -> ${to}`) : ids && ids.has(from) && ids.has(to);
    there.group.classList.toggle("dim", Boolean(ids) && !on);
  }
}

function mark() {
  const link = state.chosen?.startsWith("link ") ? state.lists.link.get(state.chosen) : null;
  for (const [id, there] of shown) there.group.classList.toggle("chosen", state.chosen === `node ${id}`);
  for (const there of lines.values())
    there.group.classList.toggle(
      "chosen",
      Boolean(link) && there.route.from === link.from && there.route.to === link.to,
    );
  if (document.body.dataset.mode === "present") return;
  if (state.chosen?.startsWith("node ")) light(lineOfSight(state.chosen.slice(5)).all);
  else if (link) light(new Set([link.from, link.to]), [link.from, link.to]);
  else light(null);
  rove();
}

function people() {
  for (const there of shown.values()) there.group.removeAttribute("data-colour");
  for (const person of state.people) {
    const there = person.at?.startsWith("node ") && shown.get(person.at.slice(5));
    if (there && person.client !== state.client) there.group.dataset.colour = person.colour;
  }
}

export const element = (id) => shown.get(id)?.group;

/** Gives the focus of the keyboard to a box. */
export function focus(id) {
  const there = shown.get(id);
  if (!there) return;
  choose(`node ${id}`);
  reveal(id);
  there.group.focus({ preventScroll: true });
}

let before = "";
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
    if (isNew("defs")) defs.replaceChildren(...pieces(whole.defs));
    svg.classList.toggle("many", Object.keys(state.picture.cards).length > MOST_MOVED);
    for (const name of ["ground", "over"]) if (isNew(name)) layers[name].replaceChildren(...pieces(whole[name]));
    drawCards();
    drawRoutes();
    settle();
    drawTools();
    const size = `${state.picture.width} ${state.picture.height}`;
    if (view.fitted && size !== before) fit();
    before = size;
    mark();
    people();
  } else if (what.has("findings") || what.has("map")) {
    drawCards();
  }
  if (what.has("chosen")) mark();
  if (what.has("people")) people();
});

new ResizeObserver(() => {
  frame = null;
  if (document.body.dataset.mode === "present") return;
  if (view.fitted) fit();
  else if (state.chosen?.startsWith("node ")) reveal(state.chosen.slice(5));
}).observe(svg);
document.addEventListener("relight", () => {
  if (lit !== undefined) mark();
});
