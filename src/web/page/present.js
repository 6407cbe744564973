// Presenting: the chains of one end outcome, step by step, from the money to the result, in big type.

import { $, h, say, visible } from "./dom.js";
import { fit, light, show } from "./canvas.js";
import { LABEL } from "./description.js";
import { chainsTo, choose, column, node, outOf, owner, state } from "./state.js";

let steps = [];
let at = 0;

const picker = $("present-outcome");

/** The story of an outcome: every chain as a whole, then box by box. */
function story(id) {
  const { chains, more } = chainsTo(id);
  const end = node(id);
  const many = `${chains.length}${more ? " or more" : ""} ${chains.length === 1 ? "chain leads" : "chains lead"} here.`;
  const answers = end.owner ? ` ${owner(end.owner)?.name} answers for it.` : "";
  const list = [
    {
      ids: [...new Set([id, ...chains.flat()])],
      chain: null,
      head: end.title,
      text: chains.length ? many + answers : "Nothing leads here yet.",
    },
  ];
  chains.forEach((chain, number) => {
    chain.forEach((step, i) => {
      const n = node(step);
      const link = i > 0 ? outOf(chain[i - 1]).find((l) => l.to === step) : null;
      list.push({
        ids: chain,
        chain: chain.slice(0, i + 1),
        focus: step,
        head: n.title,
        kind: n.kind,
        label: `Chain ${number + 1} of ${chains.length}`,
        text: [link?.rationale, n.description, n.owner ? `Owner: ${owner(n.owner)?.name}.` : null]
          .filter(Boolean)
          .join(" "),
      });
    });
  });
  return list;
}

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

function draw() {
  const step = steps[at];
  if (!step) return;
  const room = area(step.ids);
  if (room) show(room, 1.4);
  light(new Set(step.chain || step.ids), step.chain);
  $("present-label").textContent = visible(
    [step.label, step.kind ? LABEL[step.kind] : "End outcome"].filter(Boolean).join(" · "),
  );
  $("present-head").textContent = visible(step.head);
  $("present-text").textContent = visible(step.text);
  $("present-count").textContent = `${at + 1} / ${steps.length}`;
  $("present-back").disabled = at === 0;
  $("present-next").disabled = at === steps.length - 1;
  say(`${step.head}. ${step.text}`);
}

function go(by) {
  at = Math.max(0, Math.min(steps.length - 1, at + by));
  draw();
}

function start(id) {
  choose(null);
  steps = story(id);
  at = 0;
  draw();
}

function open() {
  const ends = column("end-outcome");
  if (!ends.length) return say("There is no end outcome to present yet.");
  document.body.dataset.mode = "present";
  $("present").hidden = false;
  picker.replaceChildren(...ends.map((n) => h("option", { value: n.id }, n.title)));
  const chosen = state.chosen?.startsWith("node ") ? state.chosen.slice(5) : null;
  picker.value = ends.some((n) => n.id === chosen) ? chosen : ends[0].id;
  document.documentElement.requestFullscreen?.().catch(() => {});
  start(picker.value);
  $("present-next").focus();
  return null;
}

export function close() {
  if (document.body.dataset.mode !== "present") return;
  delete document.body.dataset.mode;
  $("present").hidden = true;
  if (document.fullscreenElement) document.exitFullscreen?.().catch(() => {});
  light(null);
  fit();
  $("present-button").focus();
}

$("present-button").addEventListener("click", open);
$("present-close").addEventListener("click", close);
$("present-next").addEventListener("click", () => go(1));
$("present-back").addEventListener("click", () => go(-1));
picker.addEventListener("change", () => start(picker.value));
document.addEventListener("keydown", (event) => {
  if (document.body.dataset.mode !== "present" || event.target === picker) return;
  const by = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 }[event.key];
  if (by) {
    event.preventDefault();
    go(by);
  } else if (event.key === "Escape") close();
});
document.addEventListener("fullscreenchange", () => setTimeout(draw, 100));
