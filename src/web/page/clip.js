// Boxes on the clipboard: what is copied of a map as a text, and what boxes such a text makes. Pure.
//
// A text from a clipboard may come from anywhere, so it is data: nothing of it is run, and the other end judges it as
// any edit.

/** The mark by which such a text is known. */
const MARK = "benefit-map boxes";
/** How much of it is taken at once: what is larger than this is no edit that the other end reads. */
export const MOST_BYTES = 900_000;

/** A text as the beginning of an id. @param {string} text @param {string} otherwise */
export function slug(text, otherwise) {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return plain || otherwise;
}

/**
 * Gives ids that are free: the wished one where it is, else one with a few letters behind it that nobody else draws at
 * the same time. @param {Set<string>} taken @param {() => string} draw
 */
export const idMaker = (taken, draw) => (wish, text, otherwise) => {
  let id = /^[a-z0-9][a-z0-9._-]{0,99}$/.test(wish || "") ? wish : slug(text, otherwise);
  if (taken.has(id) || id !== wish) {
    const base = id.slice(0, 90);
    do id = `${base}-${draw()}`;
    while (taken.has(id));
  }
  taken.add(id);
  return id;
};

/** Boxes with all that is theirs: the links among them, their KPIs, and the people and partners that they name. */
export function copied(map, ids) {
  const inside = new Set(ids);
  const byId = new Map(map.nodes.map((n) => [n.id, n]));
  const nodes = ids.map((id) => byId.get(id)).filter(Boolean);
  const links = map.links.filter((link) => inside.has(link.from) && inside.has(link.to));
  const kpis = map.kpis.filter((kpi) => inside.has(kpi.node));
  const named = new Set([...nodes.map((n) => n.owner), ...kpis.map((kpi) => kpi.measurement?.responsible)]);
  const shared = new Set(nodes.flatMap((n) => n.partners || []));
  return {
    nodes,
    links,
    kpis,
    owners: map.owners.filter((one) => named.has(one.id)),
    partners: map.partners.filter((one) => shared.has(one.id)),
  };
}

/** What is copied, as a text. */
export const toText = (what) => JSON.stringify({ [MARK]: 1, ...what });

const LISTS = ["nodes", "links", "kpis", "owners", "partners"];

/**
 * The boxes of a text; `null` where it is another text, and an `Error` that says what is wrong where it is damaged.
 * @param {string} text
 */
export function fromText(text) {
  const begin = text.trimStart().slice(0, 60);
  if (!begin.startsWith("{") || !begin.includes(`"${MARK}"`)) return null;
  let said;
  try {
    said = JSON.parse(text);
  } catch {
    return new Error("The boxes on the clipboard are not complete. Copy them again.");
  }
  const out = {};
  for (const list of LISTS) {
    const there = said[list] ?? [];
    if (!Array.isArray(there) || there.some((one) => !one || typeof one !== "object" || Array.isArray(one)))
      return new Error(`The copied boxes are damaged: “${list}” is not a list of records. Copy them again.`);
    out[list] = there;
  }
  if (!out.nodes.length) return new Error("There are no boxes in what was copied.");
  return out;
}

const text = (value) => (typeof value === "string" ? value : "");
const same = (a, b) => text(a).trim().toLowerCase() === text(b).trim().toLowerCase();

/**
 * The edits that put copied boxes into a map, and the ids that they get. People and partners of the same name are those
 * that are there. `below` says under which box each is to be, by its id in the copy.
 * @param {any} clip @param {any} map @param {ReturnType<typeof idMaker>} make
 * @param {(id: string) => string | undefined} below
 */
export function pasted(clip, map, make, below = () => undefined) {
  const edits = [];
  const matched = (sort, list) => {
    const names = new Map();
    for (const one of clip[list]) {
      const there = map[list].find((other) => same(other.name, one.name));
      if (there) names.set(one.id, there.id);
      else {
        const id = make(one.id, text(one.name), sort);
        names.set(one.id, id);
        edits.push({ do: "add", what: sort, fields: { ...one, id } });
      }
    }
    return names;
  };
  const owners = matched("owner", "owners");
  const partners = matched("partner", "partners");
  const ids = new Map();
  for (const n of clip.nodes) {
    const { id: old, kind, title, owner, partners: with_, ...rest } = n;
    const id = make(old, text(title), "box");
    ids.set(old, id);
    const edit = { do: "add-node", id, kind, title: text(title) };
    const under = below(old);
    edits.push(under === undefined ? edit : { ...edit, below: under });
    const shared = (Array.isArray(with_) ? with_ : []).map((one) => partners.get(one)).filter(Boolean);
    const more = { ...rest, owner: owners.get(owner), partners: shared.length ? shared : undefined };
    for (const [field, value] of Object.entries(more))
      if (value !== undefined && value !== null) edits.push({ do: "set", what: `node ${id}`, field, value });
  }
  for (const link of clip.links) {
    const [from, to] = [ids.get(link.from), ids.get(link.to)];
    if (from && to) edits.push({ do: "add", what: "link", fields: { ...link, from, to } });
  }
  for (const kpi of clip.kpis) {
    const at = ids.get(kpi.node);
    if (!at) continue;
    const fields = { ...kpi, id: make(kpi.id, text(kpi.title), "kpi"), node: at };
    const responsible = owners.get(kpi.measurement?.responsible);
    if (kpi.measurement && typeof kpi.measurement === "object") {
      const { responsible: _who, ...rest } = kpi.measurement;
      fields.measurement = responsible ? { ...rest, responsible } : rest;
    }
    edits.push({ do: "add", what: "kpi", fields });
  }
  return { edits, ids: [...ids.values()] };
}
