// By what boxes can be coloured and sought out: what each says of its owner, its tags, its evidence and its KPIs. Pure.

/** How well something is backed by evidence, the worst first; as in every report. */
export const BACKING = ["no evidence", "assumed", "not weighed", "weak", "moderate", "strong"];

/** How well a link is backed: as its best evidence that names a source. */
export function backing(link) {
  const cited = (link.evidence || []).filter((one) => (one.source || one.url || "").trim());
  return Math.max(0, ...cited.map((one) => (one.strength ? Math.max(1, BACKING.indexOf(one.strength)) : 2)));
}

/**
 * By box: how well the best chain that leads to it is backed, as the place in `BACKING`. A chain is as well backed as
 * its weakest link. Boxes that nothing leads to are left out.
 */
export function backed(map) {
  const out = new Map();
  const begun = new Set(map.nodes.map((n) => n.id));
  for (const link of map.links) {
    if (link.feedback) continue;
    begun.delete(link.to);
    if (!out.has(link.from)) out.set(link.from, []);
    out.get(link.from).push(link);
  }
  const best = new Map();
  for (let level = BACKING.length - 1; level >= 0; level -= 1) {
    const seen = new Set(begun);
    const queue = [...begun];
    while (queue.length) {
      for (const link of out.get(queue.pop()) || []) {
        if (backing(link) < level || seen.has(link.to)) continue;
        seen.add(link.to);
        queue.push(link.to);
        if (!best.has(link.to)) best.set(link.to, level);
      }
    }
  }
  for (const n of map.nodes) if (!begun.has(n.id) && !best.has(n.id)) best.set(n.id, 0);
  return best;
}

const byWords = (a, b) => a.words.localeCompare(b.words);

/**
 * What boxes say in one respect: the values that there are, each with its words and how many boxes have it, and by box
 * the values that it has.
 * @typedef {{ values: { key: string, words: string, count: number }[], of: Map<string, string[]> }} Said
 */

/** @returns {Said} */
function said(map, keysOf, words, last) {
  const of = new Map(map.nodes.map((n) => [n.id, keysOf(n)]));
  const counts = new Map();
  for (const keys of of.values()) for (const key of keys) counts.set(key, (counts.get(key) || 0) + 1);
  const values = [...counts].map(([key, count]) => ({ key, words: words(key), count }));
  const named = values.filter((one) => one.key !== "").sort(last ?? byWords);
  return { values: [...named, ...values.filter((one) => one.key === "")], of };
}

/** How KPIs stand, the worst first, in the words of every report. */
const STATUSES = {
  missed: "Missed",
  "off-track": "Off track",
  "at-risk": "At risk",
  "no-data": "No data",
  "on-track": "On track",
  achieved: "Achieved",
  "not-due": "Not due",
};

/**
 * By what boxes can be coloured: what it is called, and what the boxes of a map say. It is asked with the map, and with
 * the status of each box where something was measured.
 */
export const DIMENSIONS = {
  owner: {
    label: "Owner",
    of: (map) => {
      const names = new Map(map.owners.map((one) => [one.id, one.name || one.id]));
      return said(
        map,
        (n) => [n.owner || ""],
        (key) => (key ? (names.get(key) ?? key) : "No owner yet"),
      );
    },
  },
  tag: {
    label: "Tag",
    of: (map) =>
      said(
        map,
        (n) => (n.tags?.length ? n.tags : [""]),
        (key) => key || "No tag",
      ),
  },
  evidence: {
    label: "Evidence of the best chain to it",
    of: (map) => {
      const best = backed(map);
      return said(
        map,
        (n) => [best.has(n.id) ? String(best.get(n.id)) : ""],
        (key) => (key ? BACKING[Number(key)] : "nothing leads to it"),
        (a, b) => Number(b.key) - Number(a.key),
      );
    },
  },
  status: {
    label: "Status of the KPIs",
    of: (map, statuses) => {
      const worst = Object.keys(STATUSES);
      return said(
        map,
        (n) => [statuses?.[n.id] || ""],
        (key) => (key ? (STATUSES[key] ?? key) : "No KPI"),
        (a, b) => worst.indexOf(a.key) - worst.indexOf(b.key),
      );
    },
  },
};
