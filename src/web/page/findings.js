// What is missing, told quietly while the room can still answer: grouped, gravest first, each leading to its place.

import { $, button, h, notice } from "./dom.js";
import { act, remove, turn, undo } from "./actions.js";
import { focus } from "./canvas.js";
import { ask, goTo, newOwner } from "./panel.js";
import { startLinking } from "./keys.js";
import { choose, kpisOf, mayEdit, node, record, state, watch } from "./state.js";
import { get, myself } from "./server.js";

const drawer = $("findings");
const groupsPlace = $("findings-groups");
let profile = "workshop";
let own = null;

/** Goes to what a finding speaks of, and to the field that it names. */
function goToSubject(finding) {
  const { field } = finding;
  // What is so of the whole map is mended box by box, from the first on.
  const subject = finding.subject === "map" ? finding.related?.[0]?.subject || "map" : finding.subject;
  if (subject.startsWith("node ") && node(subject.slice(5))) focus(subject.slice(5));
  else if (subject.startsWith("link ") && record(subject)) choose(subject);
  else if (subject.startsWith("kpi ")) {
    const at = record(subject)?.node;
    if (at && node(at)) focus(at);
  } else if (subject.startsWith("risk ")) {
    const at = record(subject)?.threatens;
    if (at && node(at)) focus(at);
  }
  requestAnimationFrame(() => goTo(field));
}

/** A message as a sentence to read: names in quotes, a capital at its head. */
export const sentence = (message) => {
  const words = message.replace(/`([^`]*)`/g, "“$1”");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const fix = (label, action, more = {}) => button(label, action, { class: "fix", ...more });
/** What puts right a finding about a box, by the words of the rule. */
const ofBox = {
  "set-owner": (id, subject) => [
    ...state.map.owners.slice(0, 3).map((o) => fix(o.name || o.id, () => act({ do: "set", what: subject, field: "owner", value: o.id }), { "aria-label": `Make ${o.name || o.id} the owner of ${node(id)?.title}` })),
    fix("Somebody new…", () => newOwner(subject)),
  ],
  link: (id) => [fix("Link it", () => { focus(id); startLinking(id); })],
  "add-kpi": (id) => (kpisOf(id).length ? [] : [fix("Add a KPI", async () => {
    const title = await ask("How will anyone know?", "What is measured, such as Missed collections a week");
    if (title) await act({ do: "add", what: "kpi", fields: { node: id, title } });
  })]),
  "mark-quick-win": (id, subject) => [fix("It is a quick win", () => act({ do: "set", what: subject, field: "quick_win", value: true }))],
};
/** The same about a link. */
const ofLink = {
  "delete-link": (subject) => [fix("Delete the link", () => remove(subject))],
  "turn-link": (subject) => [fix("Turn the link round", () => turn(subject))],
};

/** The ways to put a finding right that are one step away. */
export function fixes(finding) {
  if (!mayEdit()) return null;
  const { subject } = finding;
  const rule = finding.group?.rule || "";
  const id = subject.startsWith("node ") ? subject.slice(5) : null;
  const ways = (finding.group?.fixes || []).flatMap((fix) => (id ? ofBox[fix]?.(id, subject) : subject.startsWith("link ") && record(subject) ? ofLink[fix]?.(subject) : null) || []);
  if (finding.group) {
    ways.push(button("Accept…", async () => {
      const reason = await ask("Accept this?", "Why it is all right");
      if (reason && (await act({ do: "allow", rule, subject: finding.about || subject, reason, by: myself().name }))) notice("Accepted: the reason stands in the map.", "Undo", undo);
    }, { class: "fix quiet" }));
  }
  return h("span", { class: "fixes" }, ways);
}

const opened = new Set();
function draw() {
  const found = own ?? state.findings;
  const { errors = 0, warnings = 0, notes = 0 } = found.summary || {};
  const total = errors + warnings + notes;
  const quiet = $("findings-button");
  quiet.querySelector(".count").textContent = String(total);
  quiet.dataset.worst = errors ? "error" : warnings ? "warning" : total ? "note" : "none";
  quiet.querySelector(".sr").textContent = total ? `: ${errors} errors, ${warnings} warnings, ${notes} notes` : ": nothing";
  if (drawer.hidden) return;
  $("findings-sum").textContent = total
    ? [[errors, "to mend"], [warnings, "to look at"], [notes, "to know"]].filter(([n]) => n).map(([n, words]) => `${n} ${words}`).join(" · ")
    : "Nothing is missing. Well done.";
  const active = document.activeElement?.dataset?.finding;
  groupsPlace.replaceChildren(...(found.groups || []).map((group) => {
    const details = h("details", { class: `group ${group.severity}`, open: opened.has(group.code) || found.groups.length <= 2 },
      h("summary", {}, h("span", { class: "mark", "aria-hidden": "true" }), h("span", {}, sentence(group.words || group.summary)), h("span", { class: "sr" }, ` (${group.severity})`)),
      h("ul", {}, group.findings.map((f) => h("li", {},
        h("button", { type: "button", class: "text", "data-finding": `${group.code} ${f.subject}`, onclick: () => goToSubject(f) }, sentence(f.message)),
        f.help ? h("p", { class: "hint" }, sentence(f.help)) : null, fixes({ ...f, group })))),
      group.count > group.findings.length ? h("p", { class: "hint" }, `and ${group.count - group.findings.length} more`) : null);
    details.addEventListener("toggle", () => (details.open ? opened.add(group.code) : opened.delete(group.code)));
    return details;
  }));
  if (active) [...groupsPlace.querySelectorAll("[data-finding]")].find((b) => b.dataset.finding === active)?.focus();
}

async function fetchOwn() {
  if (profile === "workshop") {
    own = null;
    return;
  }
  try {
    own = await get("/api/findings", { profile });
  } catch (error) {
    notice(error.message);
  }
}

let waiting = 0;
watch((what) => {
  if (!what.has("findings") && !what.has("map")) return;
  if (profile === "workshop") draw();
  else {
    clearTimeout(waiting);
    waiting = setTimeout(async () => { await fetchOwn(); draw(); }, 150);
  }
});

$("findings-button").addEventListener("click", () => {
  drawer.hidden = !drawer.hidden;
  $("findings-button").setAttribute("aria-expanded", String(!drawer.hidden));
  document.body.classList.toggle("with-findings", !drawer.hidden);
  draw();
  if (!drawer.hidden) $("findings-title").focus();
});
$("findings-close").addEventListener("click", () => { $("findings-button").click(); $("findings-button").focus(); });
drawer.addEventListener("keydown", (event) => { if (event.key === "Escape") $("findings-close").click(); });
$("profile").addEventListener("change", async (event) => {
  profile = event.target.value;
  await fetchOwn();
  draw();
});
