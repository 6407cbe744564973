// Where the details are: beside the map where there is room, so that no box is ever under them; else over it, at the
// side where the chosen box is not. To choose a box never makes the map another size, nor moves it.

import { $ } from "./dom.js";
import { cover, fit, toScreen, view } from "./canvas.js";
import { HEADING, KINDS, STAGE } from "./description.js";
import { remember } from "./end.js";
import { mayEdit, ofKind, state, watch } from "./state.js";
import { Button, h, render, useNews } from "./ui.js";

const side = $("side");
const wide = matchMedia("(min-width: 1100px) and (min-aspect-ratio: 1/1)");
const upright = matchMedia("(max-aspect-ratio: 1/1)");

let isFull = remember("full") === "yes";

/** Whether the details have a place of their own beside the map. */
const isBeside = () => wide.matches && !isFull;

/** The side at which the details lie over the map. */
function dock() {
  const [far, near] = upright.matches ? ["bottom", "top"] : ["right", "left"];
  if (isBeside()) return "";
  const id = state.chosen?.startsWith("node ") ? state.chosen.slice(5) : null;
  const card = id && state.picture.cards[id];
  if (!card || side.hidden) return side.dataset.dock || far;
  const box = side.getBoundingClientRect();
  const stage = $("stage").getBoundingClientRect();
  const a = toScreen(card.x, card.y);
  const b = toScreen(card.x + card.w, card.y + card.h);
  const lost = (at) => {
    const edge = {
      right: b.x - (stage.right - box.width),
      left: stage.left + box.width - a.x,
      bottom: b.y - (stage.bottom - box.height),
      top: stage.top + box.height - a.y,
    };
    return Math.max(0, edge[at]);
  };
  const now = side.dataset.dock || far;
  const other = now === far ? near : far;
  return lost(now) > lost(other) ? other : now;
}

function arrange() {
  const hasMore = ["panel", "findings", "together", "what-if"].some((id) => !$(id).hidden);
  const isThere = isBeside() || hasMore;
  side.hidden = !isThere;
  document.body.classList.toggle("beside", isBeside());
  $("guide").hidden = hasMore || !isBeside();
  side.dataset.dock = dock();
  // Asked for while the picture changes, the size of the stage has the browser lay all of it out at once.
  const isOver = !isBeside() && upright.matches;
  cover({ right: 0, bottom: isOver ? Math.round($("stage").getBoundingClientRect().height * 0.46) : 0 });
}

/** What each stage asks, to begin with and while nothing is chosen. */
function Guide() {
  useNews("map", "file");
  return [
    h("h2", {}, "What belongs where"),
    h("p", { class: "hint" }, "Choose a box or a line to see its details. Double-click a box to rename it."),
    h(
      "dl",
      { class: "stages" },
      KINDS.map((kind) =>
        h(
          "div",
          { key: kind, class: kind },
          h("dt", {}, `${HEADING[kind]} (${ofKind(kind).length})`),
          h("dd", {}, STAGE[kind].question || STAGE[kind].sentence),
          STAGE[kind].examples?.[0] ? h("dd", { class: "hint" }, `Such as “${STAGE[kind].examples[0]}”`) : null,
        ),
      ),
    ),
    mayEdit()
      ? h(
          "p",
          { class: "hint" },
          "Start with the end outcomes. Ask what must change before each can happen, and add that to the left.",
        )
      : null,
    h(Button, { class: "quiet", does: () => full(true) }, "Hide this column"),
  ];
}
render(h(Guide), $("guide"));

/** Gives the map the whole width, or the details their place back. */
export function full(is = !isFull) {
  isFull = is;
  remember("full", is ? "yes" : "no");
  $("full").setAttribute("aria-pressed", String(isFull));
  arrange();
  if (view.fitted) requestAnimationFrame(() => fit());
}
$("full").setAttribute("aria-pressed", String(isFull));
$("full").addEventListener("click", () => full());

for (const query of [wide, upright])
  query.addEventListener("change", () => {
    delete side.dataset.dock;
    arrange();
  });
document.addEventListener("sides", arrange);
watch((what) => {
  if (what.has("chosen") || what.has("map")) arrange();
});
arrange();
