// A small map of the whole, with what is in sight framed. It is for the pointer: by keyboard the arrows go from box to
// box, and the search goes to any.

import { $, s } from "./dom.js";
import { isHidden, pan, svg, view } from "./canvas.js";
import { isKept } from "./look.js";
import { state, watch } from "./state.js";

/** How large it may be, in px. */
const WIDE = 190;
const HIGH = 130;

const kinds = s("g");
const sight = s("rect", { class: "sight" });
const map = s("svg", { id: "small-map", "aria-hidden": "true" }, kinds, sight);
map.style.display = "none";
$("stage").append(map);

let scale = 1;
let frame = { width: 0, height: 0 };
new ResizeObserver(([entry]) => {
  frame = entry.contentRect;
  follow();
}).observe(svg);

/** Draws the boxes: a path for each stage, however many there are. */
function draw() {
  if (!isKept("small-map")) {
    map.style.display = "none";
    return;
  }
  const { width = 1000, height = 600 } = state.picture;
  scale = Math.min(WIDE / width, HIGH / height);
  map.setAttribute("width", String(Math.ceil(width * scale)));
  map.setAttribute("height", String(Math.ceil(height * scale)));
  map.style.display = "";
  const paths = new Map();
  for (const n of state.map.nodes) {
    const card = state.picture.cards[n.id];
    if (!card || isHidden(n.id)) continue;
    const [x, y, w, h] = [card.x, card.y, card.w, card.h].map((one) => Math.round(one * scale * 10) / 10);
    paths.set(n.kind, `${paths.get(n.kind) || ""}M${x} ${y}h${w}v${h}h${-w}z`);
  }
  kinds.replaceChildren(...[...paths].map(([kind, d]) => s("path", { d, class: `sketch-strip sketch-${kind}` })));
  follow();
}

/** Frames what is in sight. */
function follow() {
  if (map.style.display === "none") return;
  const to = (px) => (px / view.k) * scale;
  for (const [name, value] of Object.entries({
    x: to(-view.x),
    y: to(-view.y),
    width: to(frame.width),
    height: to(frame.height),
  }))
    sight.setAttribute(name, String(value));
}
document.addEventListener("view", follow);
watch((what) => {
  if (what.has("picture") || what.has("look")) draw();
});

draw();

/** Brings the place under the pointer to the middle of the sight. */
function go(event) {
  const box = map.getBoundingClientRect();
  const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
  pan(frame.width / 2 - x * view.k - view.x, frame.height / 2 - y * view.k - view.y);
}
map.addEventListener("pointerdown", (event) => {
  map.setPointerCapture(event.pointerId);
  go(event);
});
map.addEventListener("pointermove", (event) => event.buttons && go(event));
