// What if boxes were left out: what would lose line of sight and support is shown on the map and in words. The map is
// not changed, and nobody else sees it.

import { $, s, say } from "./dom.js";
import { focus, world } from "./canvas.js";
import { LABEL } from "./description.js";
import { ask } from "./end.js";
import { number } from "./figures.js";
import { addLetters } from "./keys.js";
import { targets } from "./select.js";
import { changed, node, onRenamed, record, state, watch } from "./state.js";
import { Button, h, render, useNews } from "./ui.js";
import { sentence } from "./words.js";

const drawer = $("what-if");
const switch_ = $("what-if-button");

/** Whether the mode is on, the boxes that are left out, and what follows. */
let isOn = false;
let out = new Set();
/** @type {any} */
let found = null;
let fault = "";

const layer = s("g", { class: "layer-what-if", "aria-hidden": "true" });
world.append(layer);

/** By id: what a box is marked with, in words. Colour alone is not enough. */
function marks() {
  const words = new Map();
  const put = (list, look, text) => {
    for (const one of list) if (!words.has(one.id)) words.set(one.id, { look, text });
  };
  put([...out].map((id) => ({ id })), "out", "Left out");
  if (!found) return words;
  put(found.lost, "lost", "Out of sight");
  put(found.leads_nowhere, "nowhere", "Leads nowhere");
  put(found.unpaid, "lost", "Not paid for");
  put(found.weakened, "weak", "Weakened");
  put(found.no_more_harm, "weak", "No more harm");
  return words;
}

function paint() {
  const parts = [];
  for (const [id, { look, text }] of isOn ? marks() : []) {
    const card = state.picture.cards[id];
    if (!card) continue;
    const kpis = (found?.kpis_lost || []).filter((kpi) => kpi.node === id && !out.has(id)).length;
    const words = kpis ? `${text}, ${kpis} ${kpis === 1 ? "KPI" : "KPIs"}` : text;
    const label = s("text", { x: card.w / 2, y: 4, "text-anchor": "middle" });
    label.textContent = words;
    const wide = words.length * 7.4 + 18;
    parts.push(
      s(
        "g",
        { class: look, "data-what-if": id, transform: `translate(${card.x} ${card.y})` },
        s("rect", { class: "veil", width: card.w, height: card.h, rx: 6 }),
        s("rect", { class: "tag", x: card.w / 2 - wide / 2, y: -11, width: wide, height: 22, rx: 11 }),
        label,
      ),
    );
  }
  layer.replaceChildren(...parts);
}

let asked = 0;
/** Asks what follows; only the last answer counts. */
async function askAgain() {
  asked += 1;
  const mine = asked;
  fault = "";
  if (!isOn || !out.size) {
    found = null;
    show();
    return;
  }
  try {
    const answer = await ask("/api/what-if", { without: [...out].join(",") });
    if (mine !== asked) return;
    found = answer;
    say(summary());
  } catch (error) {
    if (mine !== asked) return;
    found = null;
    fault = sentence(error.message);
  }
  show();
}
function show() {
  paint();
  changed("what-if");
}

const counted = (list, one, many) => `${list.length} ${list.length === 1 ? one : many}`;
/** What follows, in one sentence. */
function summary() {
  if (!found) return "Nothing is left out.";
  const kpis = found.kpis_lost.filter((kpi) => !out.has(kpi.node));
  return (
    `Without ${counted([...out], "box", "boxes")}: ` +
    `${counted(found.lost, "outcome loses", "outcomes lose")} line of sight, ` +
    `${counted(kpis, "KPI loses", "KPIs lose")} support, ` +
    `${counted(found.weakened, "outcome is", "outcomes are")} weakened.`
  );
}

/** Boxes that the option lacks which is looked at: leaving them out changes nothing there. */
function aside() {
  const others = counted(found.not_in_option, "box of the map does", "boxes of the map do");
  const chosen = found.not_in_option.filter((one) => out.has(one.id));
  const titles = chosen.map((one) => one.title || one.id).join("; ");
  const among = titles ? `, among them: ${titles}` : "";
  return `This looks at the option “${found.option}”. ${others} not belong to it${among}.`;
}

const money = (amount) =>
  amount === null || amount === undefined
    ? null
    : `${state.map.currency ? `${state.map.currency} ` : ""}${number(Number(amount), state.map.language, 0)}`;

/** What is saved, and what value is lost: in words, with what the figures are. */
function Money() {
  const of = found.money;
  if (of.why_not) return h("p", {}, `Value cannot be worked out: ${sentence(of.why_not)}.`);
  const basis = of.basis === "present-value" ? "present value" : "not discounted";
  const { value } = of;
  const range = value && (value.lost_at_least !== null || value.lost_at_most !== null);
  const lost = range
    ? value.lost_at_least === value.lost_at_most
      ? money(value.lost_at_most)
      : `${money(value.lost_at_least)} to ${money(value.lost_at_most)}`
    : null;
  return h(
    "dl",
    { class: "facts" },
    h(
      "div",
      {},
      h("dt", {}, "Saved"),
      h(
        "dd",
        {},
        of.saved !== null && of.saved_costs.length
          ? `${money(of.saved)} (${basis})`
          : "The map gives no cost for what is left out.",
      ),
    ),
    Number(of.could_be_saved)
      ? h(
          "div",
          {},
          h("dt", {}, "Could be saved too"),
          h("dd", {}, `${money(of.could_be_saved)}: costs of boxes that then lead nowhere`),
        )
      : null,
    h(
      "div",
      {},
      h("dt", {}, "Value lost"),
      h("dd", {}, lost ? `${lost} (${basis})` : "The map puts no value on what is lost."),
    ),
  );
}

function List({ title, list, hint, text = (one) => one.title || "untitled" }) {
  if (!list.length) return null;
  return h(
    "section",
    {},
    h("h3", {}, `${title} (${list.length})`),
    hint ? h("p", { class: "hint" }, hint) : null,
    h(
      "ul",
      {},
      list.map((one) =>
        h(
          "li",
          { key: one.id },
          h(Button, { class: "text", does: () => focus(one.node || one.id) }, text(one)),
          one.kind ? h("span", { class: "hint" }, LABEL[one.kind]) : null,
        ),
      ),
    ),
  );
}

function Panel() {
  useNews("what-if", "chosen", "map", "picked");
  const chosen = targets().filter((id) => !out.has(id));
  const name = chosen.length === 1 ? `“${node(chosen[0])?.title || "untitled"}”` : `${chosen.length} boxes`;
  const kpis = found ? found.kpis_lost.filter((kpi) => !out.has(kpi.node)) : [];
  return [
    h(
      "div",
      { class: "head" },
      h("h2", { id: "what-if-title", tabindex: "-1" }, "What if"),
      h(Button, { class: "quiet", does: leave, "aria-label": "Leave what if" }, "×"),
    ),
    h(
      "p",
      { class: "hint" },
      "Choose boxes, and see what would follow without them. The map is not changed, and only you see this. " +
        "Escape leaves.",
    ),
    h(
      "div",
      { class: "buttons" },
      h(
        Button,
        {
          class: "main",
          id: "what-if-add",
          disabled: !chosen.length,
          "aria-keyshortcuts": "W",
          title: "Key W",
          does: () => leaveOut(chosen),
        },
        chosen.length ? `Leave out ${name}` : "Choose a box on the map",
      ),
    ),
    out.size
      ? h(
          "section",
          {},
          h("h3", {}, `Left out (${out.size})`),
          h(
            "ul",
            {},
            [...out].map((id) =>
              h(
                "li",
                { key: id },
                node(id)?.title || "untitled",
                " ",
                h(
                  Button,
                  { class: "text small", does: () => takeBack(id) },
                  "Put it back",
                  h("span", { class: "sr" }, `: ${node(id)?.title || ""}`),
                ),
              ),
            ),
          ),
        )
      : null,
    fault ? h("p", { class: "refusal", role: "alert" }, fault) : null,
    found
      ? [
          h("p", { id: "what-if-sum" }, summary()),
          h(Money),
          h(List, {
            title: "Outcomes out of sight",
            list: found.lost,
            hint: "No chain from an investment leads to them any more.",
          }),
          h(List, {
            title: "Outcomes that are weakened",
            list: found.weakened,
            hint: "Some chains are left. A map cannot say how much of them remains.",
          }),
          h(List, { title: "KPIs that lose support", list: kpis }),
          h(List, { title: "KPIs with less support", list: found.kpis_weakened }),
          h(List, { title: "Boxes that then lead nowhere", list: found.leads_nowhere }),
          h(List, { title: "Outputs that nothing pays for", list: found.unpaid }),
          h(List, { title: "Harm that no longer follows", list: found.no_more_harm }),
          found.not_in_option.length ? h("p", { class: "hint", id: "what-if-option" }, aside()) : null,
          h("p", { class: "hint", id: "what-if-note" }, found.note),
        ]
      : null,
  ];
}

/** Leaves boxes out. */
export function leaveOut(ids) {
  for (const id of ids) if (node(id)) out.add(id);
  enter();
  askAgain();
}
function takeBack(id) {
  out.delete(id);
  askAgain();
}

function enter() {
  if (isOn) return;
  isOn = true;
  drawer.hidden = false;
  if (!drawer.childNodes.length) render(h(Panel), drawer);
  switch_.setAttribute("aria-pressed", "true");
  document.dispatchEvent(new Event("sides"));
  drawer.scrollIntoView?.({ block: "nearest" });
  show();
}

/** Shows the map as it is again. */
export function leave() {
  if (!isOn) return;
  const hadFocus = drawer.contains(document.activeElement);
  isOn = false;
  out = new Set();
  found = null;
  fault = "";
  asked += 1;
  drawer.hidden = true;
  switch_.setAttribute("aria-pressed", "false");
  document.dispatchEvent(new Event("sides"));
  show();
  say("The map is shown as it is");
  if (hadFocus) switch_.focus();
}

export function toggle() {
  if (isOn) return leave();
  enter();
  return $("what-if-title").focus();
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !isOn || event.defaultPrevented) return;
    const at = /** @type {any} */ (event.target);
    // What is open over the map, or being typed, is left first.
    if (document.querySelector("dialog[open], .menu") || at?.closest?.("input, textarea, select")) return;
    if (document.body.dataset.mode) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave();
  },
  true,
);
addLetters({
  w: () => {
    const ids = targets();
    if (ids.length === 1 && out.has(ids[0])) takeBack(ids[0]);
    else if (ids.length) leaveOut(ids);
  },
});
onRenamed((rename) => {
  out = new Set([...out].map((id) => rename(`node ${id}`).slice(5)));
});

let late = 0;
watch((what) => {
  if (!isOn) return;
  if (what.has("map")) {
    // Whoever goes on with the map meanwhile sees what follows on the map as it is.
    const before = out.size;
    out = new Set([...out].filter((id) => record(`node ${id}`)));
    clearTimeout(late);
    late = setTimeout(askAgain, before === out.size ? 400 : 0);
  }
  if (what.has("picture")) paint();
});
