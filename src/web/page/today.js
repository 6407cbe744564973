// What differs between two states of a map, as people would tell it. Pure.

const LISTS = { nodes: ["box", "boxes"], kpis: ["KPI", "KPIs"], owners: ["owner", "owners"], risks: ["risk", "risks"] };
const nameOf = (one) => one.title || one.name || one.id;
const keyed = (list, key) => new Map((list || []).map((one) => [key(one), one]));
const linkKey = (link) => `${link.from} -> ${link.to}`;

/** How many of something, in words. */
export const counted = (many, [one, more]) => `${many} ${many === 1 ? one : more}`;

/** What is new, what is called otherwise, what is gone, what says more: a line each, with the names. */
export function changes(before, now) {
  const lines = [];
  const line = (words, names) => names.length && lines.push({ words, names });
  for (const [list, word] of Object.entries(LISTS)) {
    const [old, fresh] = [keyed(before[list], (one) => one.id), keyed(now[list], (one) => one.id)];
    const added = [...fresh].filter(([id]) => !old.has(id)).map(([, one]) => nameOf(one));
    const gone = [...old].filter(([id]) => !fresh.has(id)).map(([, one]) => nameOf(one));
    const both = [...fresh].filter(([id]) => old.has(id)).map(([id, one]) => [old.get(id), one]);
    const renamed = both.filter(([a, b]) => nameOf(a) !== nameOf(b));
    const changed = both.filter(([a, b]) => nameOf(a) === nameOf(b) && JSON.stringify(a) !== JSON.stringify(b));
    line(`${counted(added.length, word)} added`, added);
    line(`${counted(renamed.length, word)} renamed`, renamed.map(([a, b]) => `${nameOf(a)} → ${nameOf(b)}`));
    line(`${counted(changed.length, word)} changed`, changed.map(([, one]) => nameOf(one)));
    line(`${counted(gone.length, word)} deleted`, gone);
  }
  const titles = new Map([...(before.nodes || []), ...(now.nodes || [])].map((one) => [one.id, nameOf(one)]));
  const named = (link) => `${titles.get(link.from) ?? link.from} → ${titles.get(link.to) ?? link.to}`;
  const [old, fresh] = [keyed(before.links, linkKey), keyed(now.links, linkKey)];
  const added = [...fresh].filter(([key]) => !old.has(key)).map(([, link]) => named(link));
  const gone = [...old].filter(([key]) => !fresh.has(key)).map(([, link]) => named(link));
  const why = [...fresh].filter(([key, link]) => link.rationale && old.has(key) && !old.get(key).rationale);
  line(`${counted(added.length, ["link", "links"])} drawn`, added);
  line(`${counted(why.length, ["link has", "links have"])} a reason now`, why.map(([, link]) => named(link)));
  line(`${counted(gone.length, ["link", "links"])} deleted`, gone);
  return lines;
}

/** Who answers for which boxes, by name; boxes without an owner come last, under no name. */
export function owning(map) {
  const names = new Map((map.owners || []).map((one) => [one.id, nameOf(one)]));
  const by = new Map();
  for (const node of map.nodes || []) {
    const name = node.owner ? (names.get(node.owner) ?? node.owner) : "";
    by.set(name, [...(by.get(name) || []), nameOf(node)]);
  }
  return [...by]
    .map(([name, boxes]) => ({ name, boxes }))
    .sort((a, b) => Number(!a.name) - Number(!b.name) || a.name.localeCompare(b.name));
}
