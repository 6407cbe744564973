// What is missing, shown quietly while the room can still answer: grouped, gravest first, each leading to its place.

import { $, notice } from "./dom.js";
import { focus } from "./canvas.js";
import { Fixes } from "./fixes.js";
import { goTo } from "./panel.js";
import { changed, choose, node, record, state, watch } from "./state.js";
import { ask, remember } from "./end.js";
import { Button, h, render, useNews } from "./ui.js";
import { sentence } from "./words.js";

const drawer = $("findings");
let profile = remember("profile") || "workshop";
let own = null;

/** The box that something said of another record is to be put right at; `null` where there is none. */
function boxOf(subject) {
  if (subject.startsWith("node ")) return node(subject.slice(5)) ? subject.slice(5) : null;
  if (subject.startsWith("kpi ")) return record(subject)?.node ?? null;
  if (subject.startsWith("risk ")) return record(subject)?.threatens ?? null;
  const id = subject.slice(subject.indexOf(" ") + 1);
  if (subject.startsWith("owner ") || subject.startsWith("plan "))
    return state.map.nodes.find((n) => n.owner === id)?.id ?? null;
  return null;
}

/** Goes to what a finding speaks of, and to the field that it names. */
function goToSubject(finding) {
  const { field } = finding;
  // What is so of the whole map is put right box by box, from the first on.
  const subject = finding.subject === "map" ? finding.related?.[0]?.subject || "map" : finding.subject;
  if (subject.startsWith("link ") && record(subject)) choose(subject);
  else if (boxOf(subject)) focus(boxOf(subject));
  else {
    // Of the map as a whole, and of records that no box has: where the map's own facts are.
    document.dispatchEvent(new CustomEvent("about", { detail: { field, subject } }));
    return;
  }
  requestAnimationFrame(() => goTo(field));
}

/** By group: whether somebody opened or closed it. */
const opened = new Map();

function Group({ group, few }) {
  return h(
    "details",
    {
      class: `group ${group.severity}`,
      open: opened.get(group.code) ?? few,
      onToggle: (event) => opened.set(group.code, event.currentTarget.open),
    },
    h(
      "summary",
      {},
      h("span", { class: "mark", "aria-hidden": "true" }),
      h("span", {}, sentence(group.words || group.summary)),
      h("span", { class: "sr" }, ` (${group.severity})`),
    ),
    h(
      "ul",
      {},
      group.findings.map((f) =>
        h(
          "li",
          { key: `${f.subject} ${f.message}` },
          h(
            Button,
            { class: "text", "data-finding": `${group.code} ${f.subject}`, does: () => goToSubject(f) },
            sentence(f.message),
          ),
          f.help ? h("p", { class: "hint" }, sentence(f.help)) : null,
          h(Fixes, { finding: { ...f, group } }),
        ),
      ),
    ),
    group.count > group.findings.length
      ? h("p", { class: "hint" }, `and ${group.count - group.findings.length} more`)
      : null,
  );
}

function Groups() {
  useNews("findings", "map", "own findings");
  const { groups = [] } = own ?? state.findings;
  return groups.map((group) => h(Group, { key: group.code, group, few: groups.length <= 2 }));
}
render(h(Groups), $("findings-groups"));

/** What was counted last, of a map with boxes or without. */
let counted = { found: null, isEmpty: true, profile };
function count() {
  const found = own ?? state.findings;
  const isEmpty = !state.map.nodes.length;
  // Written again, the same words have the whole bar laid out again with every edit.
  if (counted.found === found && counted.isEmpty === isEmpty && counted.profile === profile) return;
  counted = { found, isEmpty, profile };
  const { errors = 0, warnings = 0, notes = 0 } = found.summary || {};
  const total = errors + warnings + notes;
  const quiet = $("findings-button");
  quiet.querySelector(".count").textContent = String(total);
  quiet.dataset.worst = errors ? "error" : warnings ? "warning" : total ? "note" : "none";
  quiet.querySelector(".sr").textContent = total
    ? `: ${errors} errors, ${warnings} warnings, ${notes} notes`
    : ": nothing";
  const chosen = $("profile").selectedOptions[0]?.textContent.split(":")[0] || "";
  const nothing = isEmpty
    ? "There are no boxes yet, so there is nothing to check."
    : `Nothing was found at the level “${chosen}”.${profile === "audit" ? "" : " A stricter level may find more."}`;
  $("findings-sum").textContent = total
    ? [
        [errors, "to correct"],
        [warnings, "to look at"],
        [notes, "to know"],
      ]
        .filter(([n]) => n)
        .map(([n, words]) => `${n} ${words}`)
        .join(" · ")
    : nothing;
}

async function fetchOwn() {
  if (profile === "workshop") own = null;
  else {
    try {
      own = await ask("/api/findings", { profile });
    } catch (error) {
      notice(error.message);
    }
  }
  count();
  changed("own findings");
}

let waiting = 0;
watch((what) => {
  if (!what.has("findings") && !what.has("map")) return;
  if (profile === "workshop") count();
  else {
    clearTimeout(waiting);
    waiting = setTimeout(fetchOwn, 150);
  }
});

$("findings-button").addEventListener("click", () => {
  drawer.hidden = !drawer.hidden;
  $("findings-button").setAttribute("aria-expanded", String(!drawer.hidden));
  document.body.classList.toggle("with-findings", !drawer.hidden);
  document.dispatchEvent(new Event("sides"));
  if (!drawer.hidden) $("findings-title").focus();
});
$("findings-close").addEventListener("click", () => {
  $("findings-button").click();
  $("findings-button").focus();
});
drawer.addEventListener("keydown", (event) => {
  if (event.key === "Escape") $("findings-close").click();
});
$("profile").value = profile;
$("profile").addEventListener("change", (event) => {
  profile = remember("profile", event.target.value);
  fetchOwn();
});
