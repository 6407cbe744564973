// The panel at the side: what is known of the chosen box or link, in plain words, to be read and changed.

import { $, button, h, quoted } from "./dom.js";
import { add, remove, set } from "./actions.js";
import { ask, newOwner } from "./asking.js";
import { amount, choice, day, list, nested, rows, text, tellOthers, tick } from "./fields.js";
import { rename } from "./entry.js";
import { focus } from "./canvas.js";
import { startLinking } from "./keys.js";
import { KINDS, LABEL, choose, findingsOf, intoNode, kpisOf, mayEdit, node, outOf, risksOf, state, subjectOf, watch } from "./state.js";
import { fixes, sentence } from "./fixes.js";
import { present } from "./server.js";

const panel = $("panel");
const body = $("panel-body");
const UP = [["increase", "More is better"], ["decrease", "Less is better"], ["maintain", "It is to stay"]];
const STRENGTH = [["strong", "Strong"], ["moderate", "Moderate"], ["weak", "Weak"], ["assumed", "Only assumed"]];
const FREQUENCY = ["daily", "weekly", "monthly", "quarterly", "yearly"];

const owners = (subject, field, label, none) => choice(subject, field, label, state.map.owners.map((o) => [o.id, o.name || o.id]), {
  none, extra: mayEdit() ? { value: "\u0000new", label: "Somebody new…", action: () => newOwner(subject, field) } : undefined,
});

const part = (title, open, ...children) => h("details", { class: "part", open, "data-part": title }, h("summary", {}, title), ...children);

function linksOf(n) {
  const line = (link, id, words) => h("li", {},
    h("button", { type: "button", class: "text", onclick: () => focus(id) }, node(id)?.title || id),
    h("button", { type: "button", class: link.rationale ? "text small" : "text small asks", onclick: () => choose(subjectOf("link", link)), "aria-label": `${link.rationale ? "why" : "why? not said yet"}: ${words}` },
      link.rationale ? "why" : "why? not said yet"));
  const out = outOf(n.id);
  const into = intoNode(n.id);
  return [
    h("h3", {}, "Leads to"),
    out.length ? h("ul", { class: "links" }, out.map((link) => line(link, link.to, `${n.title} lead to ${node(link.to)?.title}`))) : h("p", { class: "empty" }, "Nothing yet."),
    h("h3", {}, "Rests on"),
    into.length ? h("ul", { class: "links" }, into.map((link) => line(link, link.from, `${node(link.from)?.title} lead to ${n.title}`))) : h("p", { class: "empty" }, "Nothing yet."),
    mayEdit() ? button("Link it to another box", () => startLinking(n.id)) : null,
  ];
}

function kpi(record) {
  const subject = subjectOf("kpi", record);
  const target = record.targets?.[record.targets.length - 1];
  const line = [record.baseline ? `from ${record.baseline.value}` : null, target ? `to ${target.value}` : null, record.unit || null, target?.date ? `by ${target.date}` : null].filter(Boolean).join(" ");
  return h("details", { class: "record", "data-part": subject }, h("summary", {}, record.title || "KPI", line ? h("span", { class: "hint" }, line) : null),
    text(subject, "title", "What is measured"),
    h("div", { class: "row" }, text(subject, "unit", "Unit", { placeholder: "%, km, visits a week" }), choice(subject, "direction", "Which way is better", UP, { none: "–" })),
    choice(subject, "indicator", "It measures", [["outcome", "the outcome itself"], ["leading", "something that moves before it"]], { none: "–" }),
    nested(subject, "baseline", "Where it stood before", [["value", "Value", "number"], ["date", "On", "day"]]),
    rows(subject, "targets", "Target", [["value", "Value", "number", null, true], ["date", "By", "day"]], "Add a target"),
    nested(subject, "measurement", "How it is measured", [["source", "From which records or survey", "text"], ["frequency", "How often", "choice", FREQUENCY.map((w) => [w, w])],
      ["responsible", "By whom", "choice", state.map.owners.map((o) => [o.id, o.name || o.id])]]),
    mayEdit() ? button("Take this KPI away", () => remove(subject), { class: "quiet" }) : null);
}

function risk(record) {
  const subject = subjectOf("risk", record);
  const scores = [1, 2, 3, 4, 5].map((n) => [String(n), String(n)]);
  const score = (field, label) => {
    const place = choice(subject, field, label, scores, { none: "–", current: record[field] === undefined ? "" : String(record[field]) });
    const control = place.querySelector("select");
    control.addEventListener("change", (event) => {
      event.stopImmediatePropagation();
      set(subject, field, control.value ? Number(control.value) : null);
    }, { capture: true });
    return place;
  };
  return h("details", { class: "record", "data-part": subject }, h("summary", {}, record.title || "Risk"), text(subject, "title", "What may go wrong"),
    h("div", { class: "row" }, score("likelihood", "Likelihood, 1 to 5"), score("impact", "Impact, 1 to 5")), owners(subject, "owner", "Who watches it", "Nobody yet"),
    day(subject, "close_by", "To be closed by"), mayEdit() ? button("Take this risk away", () => remove(subject), { class: "quiet" }) : null);
}

function aboutNode(n) {
  const subject = `node ${n.id}`;
  const found = findingsOf(subject);
  const kpis = kpisOf(n.id);
  const risks = risksOf(n.id);
  return [
    h("p", { class: "eyebrow" }, LABEL[n.kind]),
    h("h2", { id: "panel-title", tabindex: "-1" }, n.title || "Untitled"),
    found.length ? h("ul", { class: "found" }, found.map((f) => h("li", { class: f.group.severity }, h("span", {}, sentence(f.message)), fixes(f)))) : null,
    text(subject, "title", "Title", { rows: 2 }),
    owners(subject, "owner", n.kind.endsWith("outcome") ? "Benefit owner" : "Owner", "Nobody yet"),
    part("Links", true, linksOf(n)),
    part(`KPIs (${kpis.length})`, kpis.length > 0 || n.kind.endsWith("outcome"), kpis.map(kpi), mayEdit() ? button("Add a KPI", async () => {
      const title = await ask("How will anyone know?", "What is measured, such as Missed collections a week");
      if (title) await add("kpi", { node: n.id, title, indicator: n.kind.endsWith("outcome") ? "outcome" : "leading" });
    }) : null),
    part("More about it", false, text(subject, "description", "Description", { rows: 4 }),
      choice(subject, "kind", "Stage", KINDS.map((kind) => [kind, LABEL[kind]])),
      h("div", { class: "row" }, day(subject, "start", "Starts"), day(subject, "due", "Due")),
      tick(subject, "quick_win", "A quick win"), tick(subject, "disbenefit", "Somebody sees it as negative (a disbenefit)"), tick(subject, "unintended", "Nobody aims at it (unintended)"),
      list(subject, "tags", "Tags", { split: ",", hint: "Apart by commas" })),
    part("Costs", false, rows(subject, "cost", "Cost", [["year", "Year, such as 2026-27", "text", null, true], ["amount", `Amount${state.map.currency ? ` in ${state.map.currency}` : ""}`, "number", null, true], ["cost_centre", "Cost centre", "text"]], "Add a cost")),
    part(`Risks (${risks.length})`, false, risks.map(risk), mayEdit() ? button("Add a risk", async () => {
      const title = await ask("What may go wrong?", "The risk, in a few words");
      if (title) await add("risk", { threatens: n.id, title });
    }) : null),
    mayEdit() ? h("div", { class: "buttons" }, button("Rename on the map", () => rename(n.id)), button("Delete this box", () => remove(subject), { class: "danger" })) : null,
  ];
}

function aboutLink(link) {
  const subject = subjectOf("link", link);
  const [from, to] = [node(link.from)?.title || link.from, node(link.to)?.title || link.to];
  const found = findingsOf(subject);
  return [
    h("p", { class: "eyebrow" }, "Link"),
    h("h2", { id: "panel-title", tabindex: "-1" }, `Why does ${quoted(from)} lead to ${quoted(to)}?`),
    found.length ? h("ul", { class: "found" }, found.map((f) => h("li", { class: f.group.severity }, h("span", {}, sentence(f.message)), fixes(f)))) : null,
    text(subject, "rationale", "Because …", { rows: 4, placeholder: "In a sentence or two, as you would tell a colleague" }),
    list(subject, "assumptions", "What must hold for this to work", { hint: "One in each line" }),
    part(`Evidence (${(link.evidence || []).length})`, true, rows(subject, "evidence", "Evidence", [["source", "Study, report or data", "text", null, true], ["strength", "How strong is it", "choice", STRENGTH], ["url", "Where it can be read", "text"]], "Add evidence")),
    part("More about it", false, choice(subject, "effect", "The first …", [["supports", "helps the second"], ["hinders", "works against the second"]], { current: link.effect || "supports" }),
      amount(subject, "contribution", "Its share of the second, in per cent", { share: true }), tick(subject, "feedback", "It runs back on purpose (feedback)")),
    h("div", { class: "buttons" }, button(`Go to ${quoted(from)}`, () => focus(link.from)), button(`Go to ${quoted(to)}`, () => focus(link.to)),
      mayEdit() ? button("Delete this link", () => remove(subject), { class: "danger" }) : null),
  ];
}

const opened = new Map();
let last = null;
/** How far the panel is scrolled, as it told: asking for it has the browser lay the page out at once. */
let scrolled = 0;
panel.addEventListener("scroll", () => { scrolled = panel.scrollTop; }, { passive: true });
/** Draws the panel anew, but leaves alone what somebody is typing. */
function draw() {
  const { chosen } = state;
  const active = body.contains(document.activeElement) ? document.activeElement : null;
  const typing = active?.matches("input, textarea, select") ? { key: active.dataset.field, value: active.value, at: active.selectionStart, was: active.defaultValue ?? active.value } : null;
  for (const details of body.querySelectorAll("details[data-part]")) opened.set(`${last} ${details.dataset.part.replace(/ \(\d+\)$/, "")}`, details.open);
  const isNew = chosen !== last;
  last = chosen;
  const record = chosen && state.lists[chosen.split(" ")[0]]?.get(chosen);
  panel.hidden = !record;
  document.body.classList.toggle("with-panel", Boolean(record));
  if (!record) {
    body.replaceChildren();
    return;
  }
  body.replaceChildren(...[chosen.startsWith("node ") ? aboutNode(record) : aboutLink(record)].flat().filter(Boolean));
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
      if (typing.at !== null && again.setSelectionRange && again.type !== "date") try { again.setSelectionRange(typing.at, typing.at); } catch { /* not every field has one */ }
    }
  }
}

/** Opens the panel at a field of what is chosen. */
export function goTo(field) {
  const control = field && [...body.querySelectorAll("[data-field]")].find((c) => c.dataset.field.endsWith(` ${field}`) || c.dataset.field.includes(` ${field}.`));
  if (control) {
    for (let up = control.parentElement; up && up !== body; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    control.scrollIntoView({ block: "center" });
    control.focus();
  } else $("panel-title")?.focus();
}

document.addEventListener("open-panel", () => goTo(null));
$("panel-close").addEventListener("click", () => {
  const chosen = state.chosen;
  choose(null);
  if (chosen?.startsWith("node ")) document.querySelector(`[data-node="${CSS.escape(chosen.slice(5))}"]`)?.focus({ preventScroll: true });
});
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") $("panel-close").click();
});

watch((what) => {
  if (what.has("chosen")) present({ at: state.chosen, field: null });
  if (what.has("chosen") || what.has("map") || what.has("findings")) draw();
  else if (what.has("people")) tellOthers(body);
});
