// How one person looks at the map: coloured by owner, tag, evidence or status, only some boxes, only the chains of
// some; larger, darker. Nobody else sees any of it, and nothing of it is kept in the map.

import { $, quoted, s, say } from "./dom.js";
import { room } from "./beside.js";
import { dialog } from "./dialog.js";
import { DIMENSIONS } from "./dimensions.js";
import { address, remember } from "./end.js";
import { fit, isHidden, see, show, world } from "./canvas.js";
import { several, targets } from "./select.js";
import { changed, lineOfSight, node, onRenamed, state, watch } from "./state.js";
import { Button, h, render, useNews } from "./ui.js";

/** So many values have a colour of their own; those after them share one. */
const COLOURS = 12;

/** What is shown: by what it is coloured, which values are sought, and which boxes' chains alone are there. */
let by = "";
let sought = new Set();
let chains = null;
/** Boxes that were there when the chains were asked for: later ones are shown too, for somebody has just added them. */
let known = new Set();

const says = () => DIMENSIONS[by]?.of(state.map, room.status?.nodes);

/** The boxes of the chains that are shown. */
function inChains() {
  const there = chains.filter((id) => node(id));
  if (!there.length) return null;
  const all = new Set(there.flatMap((id) => [...lineOfSight(id).all]));
  for (const n of state.map.nodes) if (!known.has(n.id)) all.add(n.id);
  return all;
}

/** The colours lie over the boxes and are no part of them: what a box is called is what is written in it. */
const layer = s("g", { class: "layer-tint", "aria-hidden": "true" });
world.append(layer);
/** Colours the boxes: a frame, and the number that the list has beside the same colour. */
function paint(said, only, lit) {
  const order = new Map((said?.values || []).map((one, i) => [one.key, i]));
  const marks = [];
  for (const [id, keys] of said?.of || []) {
    const card = state.picture.cards[id];
    if (!card || (only && !only.has(id))) continue;
    const key = keys.find((one) => sought.has(one)) ?? keys[0];
    const at = key === "" ? -1 : order.get(key);
    const text = s("text", { x: card.w - 2, y: 4 });
    text.textContent = at < 0 ? "–" : at >= COLOURS ? "+" : String(at + 1);
    const mark = s(
      "g",
      {
        class: lit && !lit.has(id) ? "tint dim" : "tint",
        "data-tint": id,
        "data-colour": at < 0 ? "none" : Math.min(at, COLOURS),
        transform: `translate(${card.x} ${card.y})`,
      },
      s("rect", { x: -3, y: -3, rx: 8, width: card.w + 6, height: card.h + 6 }),
      s("circle", { r: 11, cx: card.w - 2 }),
      text,
    );
    marks.push(mark);
  }
  layer.replaceChildren(...marks);
}

/** Shows the map as this person wants to see it. */
function look() {
  const said = says();
  const lit =
    said && sought.size
      ? new Set([...said.of].filter(([, keys]) => keys.some((key) => sought.has(key))).map(([id]) => id))
      : null;
  const only = chains && inChains();
  if (chains && !only) chains = null;
  paint(said, only, lit);
  see({ only, lit });
  const count =
    (only ?? lit) && state.map.nodes.filter((n) => (!only || only.has(n.id)) && (!lit || lit.has(n.id))).length;
  const words = [
    chains &&
      (chains.length === 1
        ? `the chains of ${quoted(node(chains[0])?.title || "")}`
        : `the chains of ${chains.length} boxes`),
    lit &&
      said.values
        .filter((one) => sought.has(one.key))
        .map((one) => one.words)
        .join(" or "),
  ].filter(Boolean);
  const is = Boolean(words.length);
  $("shown").hidden = !is;
  const text = is ? `Showing ${count} of ${state.map.nodes.length} boxes: ${words.join(", ")}` : "";
  if ($("shown-words").textContent !== text) $("shown-words").textContent = text;
  $("look-button").classList.toggle("is-on", is || Boolean(by));
}

/** Shows only the chains of boxes; without any, of what is chosen. */
export function only(ids = targets()) {
  if (!ids.length) return;
  chains = ids;
  sought = new Set();
  known = new Set(state.map.nodes.map((n) => n.id));
  look();
  const cards = state.map.nodes
    .filter((n) => !isHidden(n.id))
    .map((n) => state.picture.cards[n.id])
    .filter(Boolean);
  const [x, y] = [Math.min(...cards.map((c) => c.x)), Math.min(...cards.map((c) => c.y))];
  show({
    x: x - 20,
    y: y - 40,
    w: Math.max(...cards.map((c) => c.x + c.w)) - x + 40,
    h: Math.max(...cards.map((c) => c.y + c.h)) - y + 120,
  });
  changed("look");
}
/** Shows all boxes again; the colours stay. */
export function everything() {
  const wasNarrow = chains;
  chains = null;
  sought = new Set();
  look();
  if (wasNarrow) fit();
  changed("look");
  say("All boxes are shown");
}

watch((what) => {
  if (["map", "picture", "status"].some((one) => what.has(one)) && (by || chains)) look();
  // Whoever goes to a box that is not there sees all again.
  if (what.has("chosen") && state.chosen?.startsWith("node ") && isHidden(state.chosen.slice(5))) everything();
});
onRenamed((rename) => {
  if (chains) chains = chains.map((id) => rename(`node ${id}`).slice(5));
  known = new Set([...known].map((id) => rename(`node ${id}`).slice(5)));
});

const root = document.documentElement;
/** Ways to look that a browser keeps. */
const KEPT = [
  ["large", "Large type"],
  ["dark", "Dark"],
  ["small-map", "Small map of the whole"],
];
export const isKept = (name) => remember(name) === "yes";
function keep(name, is) {
  remember(name, is ? "yes" : "no");
  root.classList.toggle(name, is);
  changed("look");
}
for (const [name] of KEPT) root.classList.toggle(name, isKept(name));

/** Another picture of the map, as it is drawn for paper. */
function picture(label, view) {
  const there = dialog(
    label,
    Object.assign(document.createElement("img"), {
      src: address("/api/view", { of: view }),
      alt: `${label}. The outline has the same boxes as a list.`,
      className: "view",
    }),
  );
  there.classList.add("wide");
}

let isOpen = false;
function toggle() {
  isOpen = !isOpen;
  $("look-button").setAttribute("aria-expanded", String(isOpen));
  changed("look");
}

/** Closes the list, and gives the focus back. */
function leave() {
  toggle();
  $("look-button").focus();
}

function Look() {
  useNews("look", "map", "status");
  if (!isOpen) return null;
  const said = says();
  const ids = several().length ? several() : targets();
  return h(
    "div",
    {
      class: "look",
      role: "group",
      "aria-label": "View, for you alone",
      onKeyDown: (event) => {
        if (event.key === "Escape") leave();
      },
    },
    h(
      "div",
      { class: "head" },
      h("p", { class: "eyebrow" }, "Only you see this"),
      h(Button, { class: "quiet", "aria-label": "Close the view", does: leave }, "×"),
    ),
    h(
      "div",
      { class: "field" },
      h("label", { for: "look-by" }, "Colour by"),
      h(
        "select",
        {
          id: "look-by",
          value: by,
          onChange: (event) => {
            by = event.currentTarget.value;
            sought = new Set();
            look();
            changed("look");
          },
        },
        h("option", { value: "" }, "Stage alone"),
        Object.entries(DIMENSIONS)
          // Nothing has a status before something was measured.
          .filter(([name]) => name !== "status" || room.status?.rows || by === "status")
          .map(([name, one]) => h("option", { value: name, key: name }, one.label)),
      ),
    ),
    said
      ? [
          h("p", { class: "hint" }, "Press one or more to show only these."),
          h(
            "ul",
            { class: "plain legend", "aria-label": "Show only" },
            said.values.map((one, i) =>
              h(
                "li",
                { key: one.key },
                h(
                  Button,
                  {
                    "aria-pressed": String(sought.has(one.key)),
                    does: () => {
                      if (!sought.delete(one.key)) sought.add(one.key);
                      look();
                      changed("look");
                    },
                  },
                  h(
                    "span",
                    {
                      class: "dot",
                      "data-colour": one.key === "" ? "none" : Math.min(i, COLOURS),
                      "aria-hidden": "true",
                    },
                    one.key === "" ? "–" : i >= COLOURS ? "+" : String(i + 1),
                  ),
                  ` ${one.words} (${one.count})`,
                ),
              ),
            ),
          ),
        ]
      : null,
    h(
      "div",
      { class: "buttons" },
      h(
        Button,
        { does: () => only(ids), disabled: !ids.length, title: ids.length ? "" : "Choose a box first" },
        ids.length > 1 ? "Only the chains of the chosen boxes" : "Only the chains of the chosen box",
      ),
      h(Button, { does: everything, disabled: !chains && !sought.size }, "Show all boxes"),
    ),
    KEPT.map(([name, label]) =>
      h(
        "div",
        { class: "field tick", key: name },
        h("input", {
          type: "checkbox",
          id: `look-${name}`,
          checked: isKept(name),
          onChange: (event) => keep(name, event.currentTarget.checked),
        }),
        h("label", { for: `look-${name}` }, label),
      ),
    ),
    h(
      "div",
      { class: "buttons" },
      h(Button, { does: () => picture("Overview", "overview") }, "Overview"),
      ["owner", "partner", "tag"].map((one) =>
        h(Button, { key: one, does: () => picture(`Bands by ${one}`, one) }, `Bands by ${one}`),
      ),
    ),
  );
}
render(h(Look), $("look"));
$("look-button").addEventListener("click", () => {
  toggle();
  requestAnimationFrame(() => $("look-by")?.focus());
});
$("shown-all").addEventListener("click", everything);
watch((what) => {
  if (isOpen && (what.has("chosen") || what.has("picked"))) changed("look");
});
