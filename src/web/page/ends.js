// The ends of the chosen link: each is dragged to another box, and all that the link says stays.

import { notice, s } from "./dom.js";
import { retarget } from "./actions.js";
import { boxAt, element, svg, toWorld, view, world } from "./canvas.js";
import { mayEdit, state, watch } from "./state.js";

const TITLES = {
  from: "Drag to the box where this link is to begin",
  to: "Drag to the box that this link is to lead to",
};

/** How far from the box an end is offered, in px. */
const OFF = 20;

const rubber = s("path", { class: "rubber", "aria-hidden": "true" });
rubber.style.display = "none";
const handles = Object.fromEntries(
  Object.entries(TITLES).map(([end, words]) => {
    const title = s("title");
    title.textContent = words;
    const handle = s(
      "g",
      { class: "end", id: `end-${end}`, "aria-hidden": "true" },
      s("circle", { class: "reach", r: 15 }),
      s("circle", { r: 8 }),
      title,
    );
    handle.style.display = "none";
    return [end, handle];
  }),
);
// Under the arrows at the sides of boxes, which new links are drawn from.
world.querySelector("#grip-before").before(rubber, handles.from, handles.to);

let drag = null;

/** Where a link is drawn, from one end to the other. */
const lineOf = (subject) => svg.querySelector(`.hit[data-link="${CSS.escape(subject)}"]`);

/** Shows the ends of the link that is chosen. */
function offer() {
  if (drag) return;
  const subject = mayEdit() && state.chosen?.startsWith("link ") ? state.chosen : null;
  const line = subject && lineOf(subject);
  const length = line?.getAttribute("d") ? line.getTotalLength() : 0;
  for (const [end, handle] of Object.entries(handles)) {
    handle.style.display = length ? "" : "none";
    if (!length) continue;
    const size = 1 / Math.min(1, Math.max(view.k, 0.3));
    // A little off the box, where its arrow is not.
    const off = Math.min(OFF * size, length * 0.4);
    const { x, y } = line.getPointAtLength(end === "from" ? off : length - off);
    handle.setAttribute("transform", `translate(${x} ${y}) scale(${size})`);
  }
}
watch((what) => (what.has("chosen") || what.has("picture")) && offer());
document.addEventListener("view", offer);

offer();

let aimed = null;
function aim(id) {
  if (aimed) element(aimed)?.classList.remove("aimed");
  aimed = id;
  if (id) element(id)?.classList.add("aimed");
}

function stop() {
  drag = null;
  aim(null);
  rubber.style.display = "none";
  offer();
}

for (const [end, handle] of Object.entries(handles)) {
  handle.addEventListener("pointerdown", (/** @type {any} */ event) => {
    if (event.button) return;
    event.stopPropagation();
    handle.setPointerCapture(event.pointerId);
    const line = lineOf(state.chosen);
    const fixed = line.getPointAtLength(end === "from" ? line.getTotalLength() : 0);
    drag = { end, fixed, subject: state.chosen, moved: false };
  });
  handle.addEventListener("pointermove", (/** @type {any} */ event) => {
    if (drag?.end !== end) return;
    event.stopPropagation();
    drag.moved = true;
    const { x, y } = toWorld(event.clientX, event.clientY);
    const bend = Math.max(30, Math.abs(x - drag.fixed.x) / 2) * (end === "from" ? -1 : 1);
    const { fixed } = drag;
    rubber.setAttribute("d", `M${fixed.x} ${fixed.y}C${fixed.x + bend} ${fixed.y} ${x - bend} ${y} ${x} ${y}`);
    rubber.style.display = "";
    const size = 1 / Math.min(1, Math.max(view.k, 0.3));
    handle.setAttribute("transform", `translate(${x} ${y}) scale(${size})`);
    handle.style.pointerEvents = "none";
    aim(boxAt(event));
    handle.style.pointerEvents = "";
  });
  handle.addEventListener("pointerup", (/** @type {any} */ event) => {
    if (drag?.end !== end) return;
    event.stopPropagation();
    const { subject, moved } = drag;
    const id = aimed;
    stop();
    if (!moved) return;
    if (id) retarget(subject, end, id);
    else notice("Let go over a box, and the link goes there. It is as it was.");
  });
  handle.addEventListener("pointercancel", stop);
}
document.addEventListener(
  "keydown",
  (event) => {
    if (!drag || event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    stop();
  },
  true,
);
