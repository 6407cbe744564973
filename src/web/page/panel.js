// The panel at the side: what is known of the chosen box or link, in plain words, to be read and changed.

import { $, button, h, quoted } from "./dom.js";
import { add, remove, set } from "./actions.js";
import { ask, newOwner } from "./asking.js";
import { fields, tellOthers } from "./fields.js";
import { rename } from "./entry.js";
import { focus } from "./canvas.js";
import { startLinking } from "./keys.js";
import { LABEL } from "./description.js";
import {
  choose,
  findingsOf,
  intoNode,
  kpisOf,
  mayEdit,
  node,
  outOf,
  risksOf,
  state,
  subjectOf,
  watch,
} from "./state.js";
import { fixes, sentence } from "./fixes.js";
import { present } from "./server.js";

const panel = $("panel");
const body = $("panel-body");

/** What the fields of a box's form need to know beside the box. */
const more = (n) => ({ kind: n?.kind, somebody: newOwner });

const part = (title, open, ...children) =>
  h("details", { class: "part", open, "data-part": title }, h("summary", {}, title), ...children);

function linksOf(n) {
  const line = (link, id, words) =>
    h(
      "li",
      {},
      h("button", { type: "button", class: "text", onclick: () => focus(id) }, node(id)?.title || id),
      h(
        "button",
        {
          type: "button",
          class: link.rationale ? "text small" : "text small asks",
          onclick: () => choose(subjectOf("link", link)),
          "aria-label": `${link.rationale ? "why" : "why? not said yet"}: ${words}`,
        },
        link.rationale ? "why" : "why? not said yet",
      ),
    );
  const out = outOf(n.id);
  const into = intoNode(n.id);
  return [
    h("h3", {}, "Leads to"),
    out.length
      ? h(
          "ul",
          { class: "links" },
          out.map((link) => line(link, link.to, `${n.title} lead to ${node(link.to)?.title}`)),
        )
      : h("p", { class: "empty" }, "Nothing yet."),
    h("h3", {}, "Rests on"),
    into.length
      ? h(
          "ul",
          { class: "links" },
          into.map((link) => line(link, link.from, `${node(link.from)?.title} lead to ${n.title}`)),
        )
      : h("p", { class: "empty" }, "Nothing yet."),
    mayEdit() ? button("Link it to another box", () => startLinking(n.id)) : null,
  ];
}

function kpi(record) {
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
    "details",
    { class: "record", "data-part": subject },
    h("summary", {}, record.title || "KPI", line ? h("span", { class: "hint" }, line) : null),
    fields(subject, "all"),
    mayEdit() ? button("Take this KPI away", () => remove(subject), { class: "quiet" }) : null,
  );
}

function risk(record) {
  const subject = subjectOf("risk", record);
  return h(
    "details",
    { class: "record", "data-part": subject },
    h("summary", {}, record.title || "Risk"),
    fields(subject, "all", more()),
    mayEdit() ? button("Take this risk away", () => remove(subject), { class: "quiet" }) : null,
  );
}

function aboutNode(n) {
  const subject = `node ${n.id}`;
  const found = findingsOf(subject);
  const kpis = kpisOf(n.id);
  const risks = risksOf(n.id);
  return [
    h("p", { class: "eyebrow" }, LABEL[n.kind]),
    h("h2", { id: "panel-title", tabindex: "-1" }, n.title || "Untitled"),
    found.length
      ? h(
          "ul",
          { class: "found" },
          found.map((f) => h("li", { class: f.group.severity }, h("span", {}, sentence(f.message)), fixes(f))),
        )
      : null,
    fields(subject, "first", more(n)),
    part("Links", true, linksOf(n)),
    part(
      `KPIs (${kpis.length})`,
      kpis.length > 0 || n.kind.endsWith("outcome"),
      kpis.map(kpi),
      mayEdit()
        ? button("Add a KPI", async () => {
            const title = await ask("How will anyone know?", "What is measured, such as Missed collections a week");
            if (title)
              await add("kpi", { node: n.id, title, indicator: n.kind.endsWith("outcome") ? "outcome" : "leading" });
          })
        : null,
    ),
    part("More about it", false, fields(subject, "more", more(n))),
    part("Costs", false, fields(subject, "cost")),
    part(
      `Risks (${risks.length})`,
      false,
      risks.map(risk),
      mayEdit()
        ? button("Add a risk", async () => {
            const title = await ask("What may go wrong?", "The risk, in a few words");
            if (title) await add("risk", { threatens: n.id, title });
          })
        : null,
    ),
    mayEdit()
      ? h(
          "div",
          { class: "buttons" },
          button("Rename on the map", () => rename(n.id)),
          button("Delete this box", () => remove(subject), { class: "danger" }),
        )
      : null,
  ];
}

function aboutLink(link) {
  const subject = subjectOf("link", link);
  const [from, to] = [node(link.from)?.title || link.from, node(link.to)?.title || link.to];
  const found = findingsOf(subject);
  return [
    h("p", { class: "eyebrow" }, "Link"),
    h("h2", { id: "panel-title", tabindex: "-1" }, `Why does ${quoted(from)} lead to ${quoted(to)}?`),
    found.length
      ? h(
          "ul",
          { class: "found" },
          found.map((f) => h("li", { class: f.group.severity }, h("span", {}, sentence(f.message)), fixes(f))),
        )
      : null,
    fields(subject, "first"),
    part(`Evidence (${(link.evidence || []).length})`, true, fields(subject, "evidence")),
    part("More about it", false, fields(subject, "more")),
    h(
      "div",
      { class: "buttons" },
      button(`Go to ${quoted(from)}`, () => focus(link.from)),
      button(`Go to ${quoted(to)}`, () => focus(link.to)),
      mayEdit() ? button("Delete this link", () => remove(subject), { class: "danger" }) : null,
    ),
  ];
}

const opened = new Map();
let last = null;
/** How far the panel is scrolled, as it told: asking for it has the browser lay the page out at once. */
let scrolled = 0;
panel.addEventListener(
  "scroll",
  () => {
    scrolled = panel.scrollTop;
  },
  { passive: true },
);
/** Draws the panel anew, but leaves alone what somebody is typing. */
function draw() {
  const { chosen } = state;
  const active = body.contains(document.activeElement) ? document.activeElement : null;
  const typing = active?.matches("input, textarea, select")
    ? {
        key: active.dataset.field,
        value: active.value,
        at: active.selectionStart,
        was: active.defaultValue ?? active.value,
      }
    : null;
  for (const details of body.querySelectorAll("details[data-part]"))
    opened.set(`${last} ${details.dataset.part.replace(/ \(\d+\)$/, "")}`, details.open);
  const isNew = chosen !== last;
  last = chosen;
  const record = chosen && state.lists[chosen.split(" ")[0]]?.get(chosen);
  panel.hidden = !record;
  document.body.classList.toggle("with-panel", Boolean(record));
  if (!record) {
    body.replaceChildren();
    return;
  }
  body.replaceChildren(...[chosen.startsWith("node ") ? aboutNode(record) : aboutLink(record)].flat(4).filter(Boolean));
  for (const details of body.querySelectorAll("details[data-part]")) {
    const there = opened.get(`${chosen} ${details.dataset.part.replace(/ \(\d+\)$/, "")}`);
    if (there !== undefined) details.open = there;
  }
  if (scrolled) panel.scrollTop = isNew ? 0 : scrolled;
  if (typing?.key && !isNew) {
    const again = [...body.querySelectorAll("[data-field]")].find((control) => control.dataset.field === typing.key);
    if (again) {
      if (typing.value !== typing.was) {
        again.value = typing.value;
        // The browser does not know that a person typed this: it is told when the field is left.
        again.addEventListener("blur", () => again.dispatchEvent(new Event("change")), { once: true });
      }
      again.focus({ preventScroll: true });
      if (typing.at !== null && again.setSelectionRange && again.type !== "date")
        try {
          again.setSelectionRange(typing.at, typing.at);
        } catch {
          /* not every field has one */
        }
    }
  }
}

/** Opens the panel at a field of what is chosen. */
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

document.addEventListener("open-panel", () => goTo(null));
$("panel-close").addEventListener("click", () => {
  const chosen = state.chosen;
  choose(null);
  if (chosen?.startsWith("node "))
    document.querySelector(`[data-node="${CSS.escape(chosen.slice(5))}"]`)?.focus({ preventScroll: true });
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") $("panel-close").click();
});

watch((what) => {
  if (what.has("chosen")) present({ at: state.chosen, field: null });
  if (what.has("chosen") || what.has("map") || what.has("findings")) draw();
  else if (what.has("people")) tellOthers(body);
});
