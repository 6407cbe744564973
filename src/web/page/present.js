// Presenting: the chains of one end outcome, step by step, from the money to the result, in big type.

import { $, h, notice, say, visible } from "./dom.js";
import { fit, light, show } from "./canvas.js";
import { LABEL } from "./description.js";
import { chainsTo, choose, column, findingsOf, kpisOf, node, outOf, owner, state } from "./state.js";

let steps = [];
let at = 0;

const picker = $("present-outcome");

/** An amount as people read it. */
const amount = (value) => new Intl.NumberFormat([], { maximumFractionDigits: 2 }).format(value);

/** What is measured at a box, from where to where, and what it costs. */
function figures(n) {
  const kpis = kpisOf(n.id).map((kpi) => {
    const last = kpi.targets?.[kpi.targets.length - 1];
    const parts = [
      kpi.baseline ? `from ${amount(kpi.baseline.value)}` : "",
      last ? `to ${amount(last.value)}` : "",
      kpi.unit || "",
      last?.date ? `by ${last.date}` : "",
    ].filter(Boolean);
    return `${kpi.title}${parts.length ? `: ${parts.join(" ")}` : ""}.`;
  });
  const cost = (n.cost || []).reduce((sum, one) => sum + (one.amount || 0), 0);
  return [...kpis, cost ? `Cost: ${[state.map.currency, amount(cost)].filter(Boolean).join(" ")}.` : null];
}

/** What is still open about the boxes of a chain, in a few words. */
function open_(ids) {
  const many = ids.reduce((sum, id) => sum + findingsOf(`node ${id}`).length, 0);
  return many ? `${many} ${many === 1 ? "thing" : "things"} still to look at.` : null;
}

/**
 * The story of an outcome: every chain box by box. What a chain has in common with one that was told before is not told
 * again.
 */
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
  const seen = new Set();
  chains.forEach((chain, number) => {
    const fresh = chain.findIndex((step) => !seen.has(step));
    const begin = fresh < 0 ? chain.length - 1 : fresh;
    chain.forEach((step, i) => {
      // From where it parts from the others, all of it.
      if (i < begin) return;
      seen.add(step);
      const n = node(step);
      const link = i > 0 ? outOf(chain[i - 1]).find((l) => l.to === step) : null;
      list.push({
        ids: chain,
        chain: chain.slice(0, i + 1),
        focus: step,
        head: n.title,
        kind: n.kind,
        label: `Chain ${number + 1} of ${chains.length}`,
        text: [
          link?.rationale,
          n.description,
          n.owner ? `Owner: ${owner(n.owner)?.name}.` : null,
          ...figures(n),
          i === chain.length - 1 ? open_(chain) : null,
        ]
          .filter(Boolean)
          .join(" "),
        number,
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
  $("present-chain").disabled = !steps.some((one) => (one.number ?? -1) > (step.number ?? -1));
  say(`${step.head}. ${step.text}`);
}

function go(by) {
  at = Math.max(0, Math.min(steps.length - 1, at + by));
  draw();
}

/** To the next chain, or to the last step of the last. */
function nextChain() {
  const now = steps[at]?.number ?? -1;
  const next = steps.findIndex((step) => (step.number ?? -1) > now);
  at = next < 0 ? steps.length - 1 : next;
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
  if (!ends.length) return notice("Add an end outcome first. A presentation follows the chains that lead to it.");
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
$("present-chain").addEventListener("click", nextChain);
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
