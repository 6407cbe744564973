// What the map will be once the edits that wait are saved, so that each is seen at once. Pure.

/** @typedef {Record<string, Map<string, any>>} Lists the records of a map, by sort and then by subject */
/** @typedef {{ n: number, edit: any, ids?: string[] }} Waiting an edit on its way; `ids` where it is answered */

/** How findings and the protocol name a record. */
export const subjectOf = (what, record) => {
  if (what === "link") return `link ${record.from} -> ${record.to}`;
  if (what === "plan") return `plan ${record.owner}`;
  return `${what} ${record.id}`;
};

/** What a record is called until the server has given it an id. */
export const makeshift = (n, i) => `~new-${n}-${i}`;
export const isMakeshift = (id) => /^~new-\d+-\d+$/.test(id);

const NAMES = /~new-\d+-\d+/g;
/**
 * An edit in which the names that records had for a while are those that they have now. Only where ids are written:
 * what somebody typed is left as it is.
 */
export function named(edit, names) {
  const put = (text) =>
    /^(\w+ )?~new-\d+-\d+( -> .*)?$|^link .* -> ~new-\d+-\d+$/.test(text)
      ? text.replace(NAMES, (id) => names.get(id) ?? id)
      : text;
  const walk = (value, field) => {
    if (typeof value === "string")
      return ["title", "name", "description", "label"].includes(field) ? value : put(value);
    if (Array.isArray(value)) return value.map((one) => walk(one, field));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
    return value;
  };
  return walk(edit, "");
}

/** The edits of an edit: its own, or those of a group. */
export const flat = (edit) => (edit.do === "group" ? edit.edits.flatMap(flat) : [edit]);

/** How many records with an id an edit adds. */
export const adds = (edit) => flat(edit).filter((one) => isAdding(one)).length;
const isAdding = (one) => one.do === "add-node" || (one.do === "add" && !["link", "plan"].includes(one.what));

function removeNode(lists, id) {
  for (const [subject, link] of lists.link) if (link.from === id || link.to === id) lists.link.delete(subject);
  for (const [subject, kpi] of lists.kpi) if (kpi.node === id) lists.kpi.delete(subject);
  for (const [subject, risk] of lists.risk)
    if (risk.threatens === id) lists.risk.set(subject, { ...risk, threatens: undefined });
}

/** An activity by its id, with the plan that it is in. */
export function activity(lists, id) {
  for (const plan of lists.plan?.values() || [])
    for (const record of plan.activities || []) if (record.id === id) return { plan, record };
  return undefined;
}

/** Puts an activity into a plan, in the place of the one of its id; without one, that is taken away. */
function putActivity(lists, owner, id, record) {
  const plan = lists.plan.get(`plan ${owner}`) || { owner };
  const there = plan.activities || [];
  const isThere = there.some((one) => one.id === id);
  const activities = isThere
    ? there.flatMap((one) => (one.id !== id ? [one] : record ? [record] : []))
    : [...there, ...(record ? [record] : [])];
  lists.plan.set(`plan ${owner}`, { ...plan, activities });
}

/** Does one edit that is no group; `id` is that of what it adds. */
function perform({ map, lists, touched }, edit, id) {
  const put = (what, record) => {
    lists[what]?.set(subjectOf(what, record), record);
    touched.add(subjectOf(what, record));
  };
  const does = {
    "add-node": () => {
      put("node", { id, kind: edit.kind, title: edit.title });
      for (const from of edit.from || []) put("link", { from, to: id });
      for (const to of edit.to || []) put("link", { from: id, to });
    },
    add: () =>
      edit.what === "activity"
        ? putActivity(lists, edit.plan, id, { id, ...edit.fields })
        : put(edit.what, edit.what === "link" || edit.what === "plan" ? edit.fields : { id, ...edit.fields }),
    remove: () => {
      const what = edit.what.slice(0, edit.what.indexOf(" "));
      const one = what === "activity" && activity(lists, edit.what.slice(9));
      if (one) putActivity(lists, one.plan.owner, one.record.id, null);
      lists[what]?.delete(edit.what);
      if (what === "node") removeNode(lists, edit.what.slice(5));
      touched.add(edit.what);
    },
    link: () => put("link", { from: edit.from, to: edit.to }),
    unlink: () => lists.link.delete(`link ${edit.from} -> ${edit.to}`),
    set: () => {
      if (edit.what === "map") {
        map[edit.field] = edit.value ?? undefined;
        touched.add("map");
        return;
      }
      const one = edit.what.startsWith("activity ") && activity(lists, edit.what.slice(9));
      if (one) {
        const { [edit.field]: _before, ...others } = one.record;
        const next = edit.value === null ? others : { ...others, [edit.field]: edit.value };
        putActivity(lists, one.plan.owner, one.record.id, next);
        return;
      }
      const list = lists[edit.what.slice(0, edit.what.indexOf(" "))];
      const record = list?.get(edit.what);
      if (!record) return;
      const { [edit.field]: _was, ...rest } = record;
      list.set(edit.what, edit.value === null ? rest : { ...rest, [edit.field]: edit.value });
      touched.add(edit.what);
    },
  };
  does[edit.do]?.();
}

/**
 * The map with the edits that wait done to it: the fields of the map, its records, and what was touched.
 * @param {any} map @param {Lists} lists @param {Waiting[]} waiting
 */
export function withWaiting(map, lists, waiting) {
  const copy = Object.fromEntries(Object.entries(lists).map(([what, list]) => [what, new Map(list)]));
  const shown = { map: { ...map }, lists: copy, touched: new Set() };
  for (const { n, edit, ids } of waiting) {
    let added = 0;
    for (const one of flat(edit)) {
      const id = isAdding(one) ? (ids?.[added] ?? one.id ?? makeshift(n, added)) : undefined;
      if (isAdding(one)) added += 1;
      perform(shown, one, id);
    }
  }
  return shown;
}

/** How wide a box is, how high a line of its title, and how many letters one holds, about as the server draws them. */
const WIDE = 210;
const HIGH = 18;
const LETTERS = 22;

/** A title in lines, at most four of them. */
export function wrapped(title) {
  const lines = [""];
  for (const word of title.split(/\s+/).filter(Boolean)) {
    const last = lines[lines.length - 1];
    if (!last) lines[lines.length - 1] = word;
    else if (`${last} ${word}`.length <= LETTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const cut = (line) => (line.length > LETTERS + 2 ? `${line.slice(0, LETTERS)}…` : line);
  return lines.length > 4 ? [...lines.slice(0, 3).map(cut), `${lines[3]} …`] : lines.map(cut);
}

/** The box that stands for one until the server has drawn it. */
const sketch = (x, y, title) => {
  const lines = wrapped(title);
  return { x, y, w: WIDE, h: lines.length * HIGH + 26, lines };
};

/** Which edit that waits puts a box where: by id, under which box. */
function placed(waiting) {
  const below = new Map();
  for (const { n, edit, ids } of waiting) {
    let added = 0;
    for (const one of flat(edit)) {
      if (!isAdding(one)) continue;
      if (one.do === "add-node") below.set(ids?.[added] ?? one.id ?? makeshift(n, added), one.below);
      added += 1;
    }
  }
  return below;
}

/** Whether there is a record that is not shown. */
function isAnyGone(served, shown) {
  for (const subject of served.keys()) if (!shown.has(subject)) return true;
  return false;
}

/**
 * The picture with what waits in it. A new box stands under the one that it was asked for under, and those below make
 * room; a new title is seen in its box; a new link is a plain line.
 */
export function withSketches(picture, served, shown, waiting) {
  const cards = { ...picture.cards };
  // The lines are copied only where one is other: most edits are of one box, and a map has thousands of links.
  let { routes } = picture;
  const others = () => {
    if (routes === picture.routes) routes = { ...routes };
    return routes;
  };
  for (const id of Object.keys(cards)) if (!shown.node.has(`node ${id}`)) delete cards[id];
  if (isAnyGone(served.link, shown.link))
    for (const [key, route] of Object.entries(others()))
      if (!shown.link.has(`link ${route.from} -> ${route.to}`)) delete routes[key];
  const below = placed(waiting);
  for (const [subject, node] of shown.node) {
    const { id } = node;
    const was = served.node.get(subject);
    if (!cards[id]) {
      const area = (picture.columns || []).find((column) => column.kind === node.kind) || { x: 32, y: 88, w: 230 };
      const column = Object.entries(cards).filter(([other]) => shown.node.get(`node ${other}`)?.kind === node.kind);
      const foot = column.reduce((low, [, card]) => Math.max(low, card.y + card.h), area.y + 40);
      const above = below.get(id) === undefined ? null : cards[below.get(id)];
      const top = below.get(id) === "" && column.length ? Math.min(...column.map(([, card]) => card.y)) : null;
      const y = above ? above.y + above.h + 14 : (top ?? foot + 14);
      const card = { ...sketch(area.x + 10, y, node.title || ""), kind: node.kind };
      if (above || top !== null)
        for (const [other, low] of column) if (low.y >= y) cards[other] = { ...low, y: low.y + card.h + 14 };
      cards[id] = card;
    } else if (was && was.title !== node.title) {
      cards[id] = { ...cards[id], lines: wrapped(node.title || ""), kind: node.kind };
    }
  }
  for (const [subject, link] of shown.link) {
    if (served.link.has(subject)) continue;
    const [a, b] = [cards[link.from], cards[link.to]];
    if (!a || !b) continue;
    const [x0, y0, x1, y1] = [a.x + a.w, a.y + a.h / 2, b.x, b.y + b.h / 2];
    const bend = Math.max(20, Math.abs(x1 - x0) / 2);
    others()[`${link.from} -> ${link.to}`] = {
      from: link.from,
      to: link.to,
      look: "waits",
      line: `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`,
      head: "",
      head_look: "",
      tooltip: "Not saved yet",
    };
  }
  return { ...picture, cards, routes };
}
