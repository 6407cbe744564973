// The story of an end outcome in a handful of steps: what it is, how the money leads there, what is still open. Pure.

import { day, money, number } from "./figures.js";

/** How many chains are shown one by one. */
const CHAINS = 5;
/** How many open things are listed. */
const OPEN = 6;

/** What is measured, from where to where. */
export function target(kpi, language) {
  const last = kpi.targets?.[kpi.targets.length - 1];
  const parts = [
    kpi.baseline ? `from ${number(kpi.baseline.value, language)}` : "",
    last ? `to ${number(last.value, language)}` : "",
    kpi.unit || "",
    last?.date ? `by ${day(last.date, language)}` : "",
  ].filter(Boolean);
  return `${kpi.title || "KPI"}${parts.length ? `: ${parts.join(" ")}` : ": no target yet"}`;
}

/** The calendar year in which a year such as `2026-27`, `FY26/27` or `2026` begins. */
function begins(year) {
  const text = year.trim().replace(/^FY\s*/i, "");
  const [, four, two] = /^(?:(\d{4})\b|(\d{2})\s*[/–-]\s*\d{2}$)/.exec(text) || [];
  return four ? Number(four) : two ? 2000 + Number(two) : NaN;
}

/** In how many years a cost is paid: its own, and every one up to its last. */
function yearsOf(cost) {
  const further = cost.until ? begins(cost.until) - begins(cost.year || "") : 0;
  return further > 0 && further < 300 ? further + 1 : 1;
}

/** What a box costs in all its years. */
export const costOf = (node) =>
  (node.cost || []).reduce((sum, one) => sum + (Number(one.amount) || 0) * yearsOf(one), 0);

/** Chains that show the most that no other shows, the shortest first. */
export function handful(chains, most = CHAINS) {
  const [seen, left, out] = [new Set(), [...chains], []];
  while (left.length && out.length < most) {
    const fresh = (chain) => chain.filter((id) => !seen.has(id)).length;
    const best = left.reduce((a, b) => (fresh(b) > fresh(a) ? b : a));
    // The rest shows nothing that was not shown, but in another order.
    if (out.length && !fresh(best)) break;
    out.push({ chain: best, fresh: best.filter((id) => !seen.has(id)) });
    for (const id of best) seen.add(id);
    left.splice(left.indexOf(best), 1);
  }
  return out;
}

/**
 * The steps of an outcome. `map` answers what is asked of it: `node`, `ownerName`, `kpisOf`, `why` of a link, `open` of
 * a box, `kindOf` of a box, `currency`, `language`, and `chains` with `more`.
 */
export function story(id, map) {
  const end = map.node(id);
  const said = (amount) => money(amount, map.currency, map.language);
  const measure = (kpi) => target(kpi, map.language);
  const { chains, more } = map.chains;
  const all = [...new Set([id, ...chains.flat()])];
  const sum = all.reduce((total, one) => total + costOf(map.node(one)), 0);
  const number = `${chains.length}${more ? " or more" : ""} ${chains.length === 1 ? "chain" : "chains"}`;
  const lead = [
    chains.length
      ? `${number} of ${all.length} boxes ${chains.length === 1 ? "leads" : "lead"} here.`
      : "Nothing leads here yet.",
    end.owner ? `${map.ownerName(end.owner)} answers for it.` : "Nobody answers for it yet.",
    sum ? `The money on the way: ${said(sum)}.` : chains.length ? "No cost is given yet." : "",
    ...(map.kpisOf(id).length ? map.kpisOf(id).map((kpi) => `${measure(kpi)}.`) : ["Nothing is measured yet."]),
  ];
  const text = lead.filter(Boolean).join(" ");
  const steps = [{ ids: all, label: "End outcome", head: end.title, text, list: [] }];
  const shown = handful(chains);
  shown.forEach(({ chain, fresh }, i) => {
    const list = chain.map((one, at) => {
      const node = map.node(one);
      const cost = costOf(node);
      return {
        id: one,
        kind: map.kindOf(node),
        title: node.title,
        why: at ? map.why(chain[at - 1], one) : "",
        facts: [cost ? said(cost) : "", ...map.kpisOf(one).map(measure)].filter(Boolean),
      };
    });
    const open = chain.reduce((total, one) => total + map.open(one).length, 0);
    // What sets it apart: the first new thing that is not the money itself.
    const own = fresh.find((one) => map.node(one).kind !== "investment" && one !== id) || fresh[0] || chain[0];
    const costs = chain.reduce((total, one) => total + costOf(map.node(one)), 0);
    steps.push({
      ids: chain,
      chain,
      label: `Chain ${i + 1} of ${shown.length}${chains.length > shown.length ? `, of ${number}` : ""}`,
      head: map.node(own).title,
      text: [
        costs ? `${said(costs)} on this chain.` : "",
        open ? `${open} ${open === 1 ? "thing" : "things"} still open.` : "Nothing is open.",
      ]
        .filter(Boolean)
        .join(" "),
      list,
    });
  });
  const open = all.flatMap((one) => map.open(one).map((message) => ({ id: one, title: map.node(one).title, message })));
  steps.push({
    ids: all,
    label: end.title,
    head: open.length ? "What is still open" : "Nothing is open on these chains",
    text: open.length > OPEN ? `${open.length} things; the first ${OPEN}:` : "",
    list: open.slice(0, OPEN).map(({ message, ...one }) => ({ ...one, kind: "", why: "", facts: [message] })),
  });
  return steps;
}
