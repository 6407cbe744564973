// An empty map: what each stage asks, and maps to begin with.

import { $, button, h, notice, quoted } from "./dom.js";
import { start } from "./actions.js";
import { mayEdit, state, watch } from "./state.js";
import { HEADING, KINDS, LISTS, STAGE } from "./description.js";
import { addHere } from "./entry.js";
import { svg } from "./canvas.js";

/** In the order in which records can be added: what is named before what names it. */
const ORDER = ["owner", "partner", "node", "link", "kpi", "risk", "plan"];

/** A map as edits that add all of it. */
function edits(map) {
  const whole = ["purpose", "period", "currency"]
    .filter((field) => map[field] && !state.map[field])
    .map((field) => ({ do: "set", what: "map", field, value: map[field] }));
  const records = ORDER.flatMap((what) => (map[LISTS[what]] || []).map((fields) => ({ do: "add", what, fields })));
  return [...whole, ...records];
}

async function take({ name, about }) {
  try {
    const answer = await fetch(`/templates/${name}.json`);
    if (!answer.ok) throw new Error("The map could not be loaded.");
    const map = await answer.json();
    // Somebody else may have begun meanwhile.
    if (state.map.nodes.length) return notice("Someone has begun the map. Nothing was added.");
    start({ do: "group", label: `begin with ${quoted(about)}`, edits: edits(map) });
    svg.focus();
    notice("Every box is yours to change. Undo takes all of it away.");
  } catch (error) {
    notice(error.message);
  }
  return null;
}

let templates = null;
async function draw() {
  const place = $("empty");
  if (state.map.nodes.length || !mayEdit() || place.dataset.begun) return;
  place.dataset.begun = "yes";
  templates ??= await fetch("/templates.json").then(
    (answer) => (answer.ok ? answer.json() : []),
    () => [],
  );
  const [example, ...sectors] = templates;
  const capital = (words) => words.replace(/^./, (c) => c.toUpperCase());
  const as = (one, words) => h("li", {}, button(capital(words), () => take(one)));
  place.replaceChildren(
    h(
      "div",
      { class: "begin" },
      h(
        "details",
        {},
        h("summary", {}, "Begin with the end outcomes, and ask each stage its question"),
        h(
          "ol",
          {},
          [...KINDS].reverse().map((kind) =>
            h(
              "li",
              { class: kind },
              button(HEADING[kind], () => addHere(kind), { class: "text" }),
              h("span", {}, STAGE[kind].question || STAGE[kind].sentence),
            ),
          ),
        ),
      ),
      example
        ? [
            h("h2", {}, "Or begin with a map to change"),
            h(
              "ul",
              { class: "plain" },
              as(example, `Example: ${example.about}`),
              sectors.map((one) => as(one, one.about)),
            ),
          ]
        : null,
    ),
  );
}
draw();
watch((what) => what.has("map") && draw());
