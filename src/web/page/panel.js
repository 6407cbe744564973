// The details: what is known of the chosen box or link, in plain words, to be read and changed.

import { $, quoted } from "./dom.js";
import { act, add, remove, start, turn } from "./actions.js";
import { slug } from "./clip.js";
import { ask, newOwner } from "./asking.js";
import { Fields, OwnFields } from "./fields.js";
import { rename } from "./entry.js";
import { element, focus } from "./canvas.js";
import { startLinking, startMoving } from "./keys.js";
import { LABEL } from "./description.js";
import {
  choose,
  findingsOf,
  intoNode,
  keyFor,
  kpisOf,
  activitiesOf,
  mayEdit,
  node,
  onRenamed,
  outOf,
  owner,
  risksOf,
  state,
  subjectOf,
  watch,
} from "./state.js";
import { NotesAt, openNotes } from "./beside.js";
import { Fixes } from "./fixes.js";
import { present } from "./end.js";
import { areSeveral } from "./select.js";
import { Several } from "./several.js";
import { Button, h, render, useNews } from "./ui.js";
import { sentence } from "./words.js";

const panel = $("panel");
const body = $("panel-body");

/** By subject and part of it: whether it is open. */
const opened = new Map();
onRenamed((rename_) => {
  for (const [key, is] of [...opened]) opened.set(rename_(key), is);
});

/** A part that folds; how it was left is how it is found again. */
function Fold({ name, title, open, kind = "part", children }) {
  return h(
    "details",
    {
      class: kind,
      open: opened.get(name) ?? open,
      "data-part": name,
      onToggle: (event) => opened.set(name, event.currentTarget.open),
    },
    h("summary", {}, title),
    children,
  );
}

/** A button that deletes something in the details; the focus stays near. */
const Delete = ({ subject, label, kind = "quiet" }) =>
  h(
    Button,
    {
      class: kind,
      does: (event) => {
        const part = event.currentTarget.closest(".part")?.querySelector("summary");
        remove(subject);
        requestAnimationFrame(() => part?.focus());
      },
    },
    label,
  );

/** Fields of the organisation's own, and a button that adds one. */
function Own({ subject, record }) {
  const begin = async () => {
    const name = await ask("What is the field called?", "A short name, such as programme code");
    const value = name && (await ask(name, "What it says"));
    if (value) act({ do: "set", what: subject, field: `x-${slug(name, "field")}`, value, was: null });
  };
  const count = Object.keys(record).filter((field) => field.startsWith("x-")).length;
  return h(
    Fold,
    { name: `${subject} own`, title: `Fields of our own (${count})` },
    h(OwnFields, { subject, record }),
    mayEdit() ? h(Button, { does: begin }, "Add a field of our own") : null,
  );
}

function LinkLine({ link, id, words }) {
  return h(
    "li",
    {},
    h(Button, { class: "text", does: () => focus(id) }, node(id)?.title || id),
    h(
      Button,
      {
        class: link.rationale ? "text small" : "text small asks",
        does: () => choose(subjectOf("link", link)),
        "aria-label": `${link.rationale ? "why" : "why? not said yet"}: ${words}`,
      },
      link.rationale ? "why" : "why? not said yet",
    ),
  );
}

function Links({ n }) {
  const list = (links, end, words) =>
    links.length
      ? h(
          "ul",
          { class: "links" },
          links.map((link) => h(LinkLine, { key: keyFor(link[end]), link, id: link[end], words: words(link) })),
        )
      : h("p", { class: "empty" }, "Nothing yet.");
  return [
    h("h3", {}, "Leads to"),
    list(outOf(n.id), "to", (link) => `${n.title} leads to ${node(link.to)?.title}`),
    mayEdit() ? h(Button, { does: () => startLinking(n.id) }, "Link it to another box") : null,
    h("h3", {}, "What must have changed before"),
    list(intoNode(n.id), "from", (link) => `${node(link.from)?.title} leads to ${n.title}`),
    mayEdit() ? h(Button, { does: () => startLinking(n.id, "from") }, "Link another box to it") : null,
  ];
}

function Kpi({ record }) {
  const subject = subjectOf("kpi", record);
  const target = record.targets?.[record.targets.length - 1];
  const line = [
    record.baseline ? `from ${record.baseline.value}` : null,
    target ? `to ${target.value}` : null,
    record.unit || null,
    target?.date ? `by ${target.date}` : null,
  ]
    .filter(Boolean)
    .join(" ");
  return h(
    Fold,
    {
      name: subject,
      kind: "record",
      title: [record.title || "KPI", line ? h("span", { class: "hint" }, line) : null],
    },
    h("div", { class: "measured-at", "data-kpi": record.id }),
    h(Fields, { subject }),
    h(Fold, { name: `${subject} value`, title: "Worth in money" }, h(Fields, { subject, part: "value" })),
    h(Own, { subject, record }),
    mayEdit() ? h(Delete, { subject, label: "Delete this KPI" }) : null,
  );
}

function Risk({ record }) {
  const subject = subjectOf("risk", record);
  return h(
    Fold,
    { name: subject, kind: "record", title: record.title || "Risk" },
    h(Fields, { subject, more: { somebody: newOwner } }),
    h(Own, { subject, record }),
    mayEdit() ? h(Delete, { subject, label: "Delete this risk" }) : null,
  );
}

/** What is known of somebody who answers for the box, and what they are to do. */
function Owner({ id }) {
  const one = owner(id);
  if (!one) return null;
  const subject = `owner ${id}`;
  const plan = activitiesOf(id);
  const begin = async () => {
    const title = await ask("What is to be done?", "The activity, in a few words");
    if (title) start({ do: "add", what: "activity", plan: id, fields: { title } });
  };
  return h(
    Fold,
    { name: `${subject} details`, title: `About ${one.name || "the owner"}` },
    h(Fields, { subject }),
    h("h3", {}, `Plan (${plan.length})`),
    plan.map((activity) =>
      h(
        Fold,
        {
          key: keyFor(activity.id),
          name: `activity ${activity.id}`,
          kind: "record",
          title: activity.title || "Activity",
        },
        h(Fields, { subject: `activity ${activity.id}` }),
        mayEdit() ? h(Delete, { subject: `activity ${activity.id}`, label: "Delete this activity" }) : null,
      ),
    ),
    mayEdit() ? h(Button, { does: begin }, "Add an activity") : null,
  );
}

/** Asks for the name of a new record of a box, adds it, and opens it. */
async function addTo(what, title, label, fields) {
  const name = await ask(title, label);
  if (!name) return;
  const { ids } = start({ do: "add", what, fields: { ...fields, title: name } });
  if (!ids[0]) return;
  opened.set(`${what} ${ids[0]}`, true);
  requestAnimationFrame(() => {
    const there = [...body.querySelectorAll("details.record")].find((one) => one.dataset.part === `${what} ${ids[0]}`);
    if (there) there.open = true;
    there?.querySelectorAll("input, select, textarea")[1]?.focus();
  });
}

const isOutcome = (n) => n.kind.endsWith("outcome");

function Found({ subject }) {
  const found = findingsOf(subject);
  return found.length
    ? h(
        "ul",
        { class: "found" },
        found.map((f) =>
          h("li", { class: f.group.severity }, h("span", {}, sentence(f.message)), h(Fixes, { finding: f })),
        ),
      )
    : null;
}

function AboutNode({ n }) {
  const subject = `node ${n.id}`;
  const kpis = kpisOf(n.id);
  const risks = risksOf(n.id);
  const more = { kind: n.kind, somebody: newOwner };
  const part = (name, title, open, ...children) => h(Fold, { name: `${subject} ${name}`, title, open }, children);
  return [
    h("p", { class: "eyebrow" }, LABEL[n.kind]),
    h("h2", { id: "panel-title", tabindex: "-1" }, n.title || "Untitled"),
    h(Found, { subject }),
    h(Fields, { subject, part: "first", more }),
    n.owner ? h(Owner, { key: `owner ${keyFor(n.owner)}`, id: n.owner }) : null,
    part("links", "Links", true, h(Links, { n })),
    part(
      "kpis",
      `KPIs (${kpis.length})`,
      kpis.length > 0 || isOutcome(n),
      kpis.map((record) => h(Kpi, { key: keyFor(record.id), record })),
      mayEdit()
        ? h(
            Button,
            {
              does: () =>
                addTo("kpi", "How will anyone know?", "What is measured, such as Missed collections a week", {
                  node: n.id,
                  indicator: isOutcome(n) ? "outcome" : "leading",
                }),
            },
            "Add a KPI",
          )
        : null,
    ),
    part("notes", `Notes (${openNotes(subject)} open)`, openNotes(subject) > 0, h(NotesAt, { subject })),
    part("more", "More about it", false, h(Fields, { subject, part: "more", more })),
    part("profile", "Objectives, stakeholders, review", false, h(Fields, { subject, part: "profile" })),
    h(Own, { subject, record: n }),
    part("costs", "Costs", false, h(Fields, { subject, part: "cost" })),
    part(
      "risks",
      `Risks (${risks.length})`,
      false,
      risks.map((record) => h(Risk, { key: keyFor(record.id), record })),
      mayEdit()
        ? h(
            Button,
            { does: () => addTo("risk", "What may go wrong?", "The risk, in a few words", { threatens: n.id }) },
            "Add a risk",
          )
        : null,
    ),
    mayEdit()
      ? h(
          "div",
          { class: "buttons" },
          h(Button, { does: () => rename(n.id) }, "Rename on the map"),
          h(Delete, { subject, label: "Delete this box", kind: "danger" }),
        )
      : null,
  ];
}

function AboutLink({ link }) {
  const subject = subjectOf("link", link);
  const [from, to] = [node(link.from)?.title || link.from, node(link.to)?.title || link.to];
  const part = (name, title, open, ...children) => h(Fold, { name: `${subject} ${name}`, title, open }, children);
  return [
    h("p", { class: "eyebrow" }, "Link"),
    h("h2", { id: "panel-title", tabindex: "-1" }, `Why does ${quoted(from)} lead to ${quoted(to)}?`),
    h(Found, { subject }),
    h(Fields, { subject, part: "first" }),
    part("notes", `Notes (${openNotes(subject)} open)`, openNotes(subject) > 0, h(NotesAt, { subject })),
    part("evidence", `Evidence (${(link.evidence || []).length})`, true, h(Fields, { subject, part: "evidence" })),
    part("more", "More about it", false, h(Fields, { subject, part: "more" })),
    h(Own, { subject, record: link }),
    h(
      "div",
      { class: "buttons" },
      h(Button, { does: () => focus(link.from) }, `Go to ${quoted(from)}`),
      h(Button, { does: () => focus(link.to) }, `Go to ${quoted(to)}`),
      mayEdit()
        ? [
            h(Button, { does: () => turn(subject) }, "Turn link round"),
            h(Button, { does: () => startMoving(subject, "to") }, "Change where it leads"),
            h(Button, { does: () => startMoving(subject, "from") }, "Change where it begins"),
          ]
        : null,
      mayEdit() ? h(Delete, { subject, label: "Delete link", kind: "danger" }) : null,
    ),
  ];
}

function Details() {
  useNews("chosen", "picked", "map", "findings", "people", "drafts", "file", "room");
  if (areSeveral()) return h(Several, { key: "several" });
  const { chosen } = state;
  const record = chosen && state.lists[chosen.split(" ")[0]]?.get(chosen);
  if (!record) return null;
  const isNode = chosen.startsWith("node ");
  const key = isNode ? keyFor(record.id) : chosen;
  return isNode ? h(AboutNode, { key, n: record }) : h(AboutLink, { key, link: record });
}
render(h(Details), body);

/** Opens the details at a field of what is chosen. */
export function goTo(field) {
  const control =
    field &&
    [...body.querySelectorAll("[data-field]")].find(
      (c) => c.dataset.field.endsWith(` ${field}`) || c.dataset.field.includes(` ${field}.`),
    );
  if (control) {
    for (let up = control.parentElement; up && up !== body; up = up.parentElement)
      if (up.tagName === "DETAILS") up.open = true;
    control.scrollIntoView({ block: "center" });
    control.focus();
  } else $("panel-title")?.focus();
}

document.addEventListener("open-panel", (/** @type {CustomEvent} */ event) =>
  requestAnimationFrame(() => goTo(event.detail)),
);
$("panel-close").addEventListener("click", () => {
  const { chosen } = state;
  choose(null);
  if (chosen?.startsWith("node ")) element(chosen.slice(5))?.focus({ preventScroll: true });
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) $("panel-close").click();
});

let last = null;
watch((what) => {
  if (what.has("chosen")) present({ at: state.chosen, field: null });
  if (!what.has("chosen") && !what.has("map")) return;
  const isThere = Boolean(state.chosen && state.lists[state.chosen.split(" ")[0]]?.get(state.chosen));
  panel.hidden = !isThere;
  document.body.classList.toggle("with-panel", isThere);
  if (last !== state.chosen) panel.scrollTop = 0;
  last = state.chosen;
});
