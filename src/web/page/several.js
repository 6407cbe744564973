// What is done to several boxes at once, each as one step: who answers for them, their stage, their tags, their order.

import { notice, quoted } from "./dom.js";
import { act, asEditor, start, undo } from "./actions.js";
import { ask } from "./asking.js";
import { idMaker } from "./clip.js";
import { HEADING, KINDS, LABEL } from "./description.js";
import { column, intoNode, kpisOf, mayEdit, node, outOf, state } from "./state.js";
import { pick, several, targets } from "./select.js";
import { Button, h, useNews, useRef, useState } from "./ui.js";

/** After so long a choice in a list is made: with the arrow keys people pass others on their way, in ms. */
const CHOSEN = 500;

export const boxes = (count) => `${count} ${count === 1 ? "box" : "boxes"}`;

const draw = () => [...crypto.getRandomValues(new Uint8Array(4))].map((b) => (b % 36).toString(36)).join("");
/** Gives ids that no record of this map has. */
export function freeIds() {
  const { nodes, owners, kpis, risks, partners, plans } = state.map;
  const all = [nodes, owners, kpis, risks, partners, ...plans.map((plan) => plan.activities || [])].flat();
  return idMaker(new Set(all.map((one) => one.id)), draw);
}

/** One step of several edits; nothing where there are none. */
const group = (label, edits) => (edits.length ? act({ do: "group", label, edits }, label) : null);

/** Sets a field of boxes to what `of` says of each, where that is something new. */
function setAll(ids, field, of, label) {
  const edits = ids
    .map((id) => ({ id, was: node(id)?.[field] ?? null, value: of(node(id)) ?? null }))
    .filter(({ was, value }) => JSON.stringify(was) !== JSON.stringify(value))
    .map(({ id, value }) => ({ do: "set", what: `node ${id}`, field, value }));
  return group(label, edits);
}

export const setOwner = (ids, id, name) =>
  setAll(
    ids,
    "owner",
    () => id || null,
    id ? `make ${quoted(name)} the owner of ${boxes(ids.length)}` : `take the owner from ${boxes(ids.length)}`,
  );

/** Asks who somebody new is, and makes them the owner of all. */
async function newOwnerOf(ids) {
  const name = await ask("Who is it?", "Name or role, such as Director of Place");
  if (!name) return;
  const there = state.map.owners.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (there) {
    setOwner(ids, there.id, there.name);
    return;
  }
  const id = freeIds()(undefined, name, "owner");
  group(`make ${quoted(name)} the owner of ${boxes(ids.length)}`, [
    { do: "add", what: "owner", fields: { id, name } },
    ...ids.map((one) => ({ do: "set", what: `node ${one}`, field: "owner", value: id })),
  ]);
}

const tagsOf = (n) => n?.tags || [];
const addTag = (ids, tag) =>
  setAll(
    ids,
    "tags",
    (n) => (tagsOf(n).includes(tag) ? tagsOf(n) : [...tagsOf(n), tag]),
    `tag ${boxes(ids.length)} ${quoted(tag)}`,
  );
const dropTag = (ids, tag) =>
  setAll(
    ids,
    "tags",
    (n) => {
      const left = tagsOf(n).filter((one) => one !== tag);
      return left.length ? left : n?.tags ? null : undefined;
    },
    `take the tag ${quoted(tag)} from ${boxes(ids.length)}`,
  );

/** Deletes boxes, with what hangs from them, as one step; `does` says how that is called. */
export function removeAll(ids, does = "delete") {
  if (!asEditor() || !ids.length) return null;
  const links = new Set(ids.flatMap((id) => [...outOf(id), ...intoNode(id)]));
  const kpis = ids.reduce((sum, id) => sum + kpisOf(id).length, 0);
  const more = [
    [links.size, "link", "links"],
    [kpis, "KPI", "KPIs"],
  ]
    .filter(([count]) => count)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  const edits = ids.map((id) => ({ do: "remove", what: `node ${id}` }));
  notice(
    `${does === "cut" ? "Cut" : "Deleted"} ${boxes(ids.length)}${more.length ? ` with ${more.join(" and ")}` : ""}.`,
    "Undo",
    () => undo(),
  );
  return group(`${does} ${boxes(ids.length)}`, edits);
}

const kindAt = (kind, by) => KINDS[Math.max(0, Math.min(KINDS.length - 1, KINDS.indexOf(kind) + by))];

/** An order of a stage in which these boxes are together at a place; the place counts the others. */
const arranged = (kind, ids, place) => {
  const order = column(kind)
    .map((n) => n.id)
    .filter((id) => !ids.includes(id));
  order.splice(Math.max(0, Math.min(order.length, place)), 0, ...ids);
  return { do: "arrange", kind, order };
};

/** Moves boxes by so many stages; those that come to the stage of the one that is carried, to a place there. */
export function moveAll(ids, by, kind, place) {
  if (!asEditor()) return null;
  const edits = ids
    .map((id) => ({ id, to: kindAt(node(id).kind, by) }))
    .filter(({ id, to }) => node(id).kind !== to)
    .map(({ id, to }) => ({ do: "set", what: `node ${id}`, field: "kind", value: to }));
  if (place !== undefined) {
    const there = ids.filter((id) => kindAt(node(id).kind, by) === kind);
    if (there.length) edits.push(arranged(kind, there, place));
  }
  return group(`move ${boxes(ids.length)}`, edits);
}

/** Moves boxes one place up or down, each within its stage. */
export function nudge(ids, by) {
  if (!asEditor()) return null;
  const edits = KINDS.flatMap((kind) => {
    const stand = column(kind).map((n) => n.id);
    const mine = stand.filter((id) => ids.includes(id));
    if (!mine.length) return [];
    const first = by < 0 ? mine[0] : mine[mine.length - 1];
    const at = stand.slice(0, stand.indexOf(first)).filter((id) => !mine.includes(id)).length;
    const order = arranged(kind, mine, at + by);
    return order.order.join() === stand.join() ? [] : [order];
  });
  return group(`move ${boxes(ids.length)}`, edits);
}

const toStage = (ids, kind) =>
  setAll(ids, "kind", () => kind, `make ${boxes(ids.length)} ${HEADING[kind].toLowerCase()}`);

const MIXED = "\u0000mixed";
const NEW = "\u0000new";

/** A list in which something is chosen for all boxes. */
function Choice({ id, label, value, mixed, options, does }) {
  const timer = useRef(0);
  const [now, setNow] = useState(null);
  const shown = now ?? value ?? MIXED;
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    h(
      "select",
      {
        id,
        value: shown,
        onChange: (event) => {
          const { value: to } = event.currentTarget;
          if (to === MIXED) return;
          clearTimeout(timer.current);
          setNow(to);
          timer.current = setTimeout(() => {
            setNow(null);
            does(to);
          }, CHOSEN);
        },
      },
      value === undefined ? h("option", { value: MIXED, disabled: true }, mixed) : null,
      options.map(([one, words]) => h("option", { value: one, key: one }, words)),
    ),
  );
}

function Tags({ ids }) {
  const [text, setText] = useState("");
  const counts = new Map();
  for (const id of ids) for (const tag of tagsOf(node(id))) counts.set(tag, (counts.get(tag) || 0) + 1);
  const known = [...new Set(state.map.nodes.flatMap(tagsOf))].sort();
  return [
    h(
      "form",
      {
        class: "field",
        onSubmit: (event) => {
          event.preventDefault();
          const tag = text.trim();
          setText("");
          if (tag) addTag(ids, tag);
        },
      },
      h("label", { for: "several-tag" }, "Add a tag"),
      h(
        "div",
        { class: "line" },
        h("input", {
          id: "several-tag",
          type: "text",
          list: "several-tags",
          maxLength: 400,
          value: text,
          onInput: (event) => setText(event.currentTarget.value),
        }),
        h("button", { type: "submit" }, "Add"),
      ),
      h(
        "datalist",
        { id: "several-tags" },
        known.map((tag) => h("option", { value: tag, key: tag })),
      ),
    ),
    counts.size
      ? h(
          "ul",
          { class: "plain", "aria-label": "Tags of these boxes" },
          [...counts].map(([tag, count]) =>
            h(
              "li",
              { key: tag },
              h(
                Button,
                { does: () => dropTag(ids, tag), "aria-label": `Take the tag ${tag} from ${boxes(count)}` },
                `${tag} (${count}) ×`,
              ),
            ),
          ),
        )
      : null,
  ];
}

/** The one value that all have; `undefined` where they differ. */
const common = (ids, of) => {
  const all = new Set(ids.map((id) => of(node(id)) ?? ""));
  return all.size === 1 ? [...all][0] : undefined;
};

/** Copies, cuts or duplicates what is chosen, by the part of the page that is loaded later. */
const clip = (does) => () => document.dispatchEvent(new CustomEvent("clip", { detail: does }));

/** The details of several boxes. */
export function Several() {
  useNews("picked", "map", "picture");
  const ids = several();
  const stages = KINDS.map((kind) => [kind, ids.filter((id) => node(id)?.kind === kind).length]).filter(([, n]) => n);
  const owners = state.map.owners.map((one) => [one.id, one.name || one.id]);
  return [
    h("p", { class: "eyebrow" }, "Several boxes"),
    h("h2", { id: "panel-title", tabindex: "-1" }, `${ids.length} boxes chosen`),
    h(
      "p",
      { class: "hint" },
      stages.map(([kind, count]) => `${count} ${(count === 1 ? LABEL[kind] : HEADING[kind]).toLowerCase()}`).join(", "),
    ),
    mayEdit()
      ? [
          h(Choice, {
            id: "several-owner",
            label: "Owner of all",
            value: common(ids, (n) => n?.owner),
            mixed: "Different owners",
            options: [["", "No owner yet"], ...owners, [NEW, "Add a person…"]],
            does: (id) => (id === NEW ? newOwnerOf(ids) : setOwner(ids, id, owners.find(([one]) => one === id)?.[1])),
          }),
          h(Choice, {
            id: "several-stage",
            label: "Stage of all",
            value: common(ids, (n) => n?.kind),
            mixed: "Different stages",
            options: KINDS.map((kind) => [kind, LABEL[kind]]),
            does: (kind) => toStage(ids, kind),
          }),
          h(Tags, { ids }),
        ]
      : null,
    h(
      "div",
      { class: "buttons" },
      h(Button, { does: clip("copy") }, "Copy"),
      mayEdit() ? [h(Button, { does: clip("cut") }, "Cut"), h(Button, { does: clip("duplicate") }, "Duplicate")] : null,
      h(Button, { does: () => pick([]) }, "Choose none"),
      mayEdit()
        ? h(Button, { class: "danger", does: () => removeAll(targets()) }, `Delete ${boxes(ids.length)}`)
        : null,
    ),
  ];
}

/** Whether boxes were put into the map: says so, and chooses them. */
export function added(label, edits, ids) {
  const { answer } = start({ do: "group", label, edits }, label);
  if (!mayEdit()) return;
  pick(ids);
  notice(`${label.charAt(0).toUpperCase()}${label.slice(1)}.`, "Undo", () => undo());
  answer.catch(() => {});
}
