// What is missing, told quietly while the room can still answer: grouped, gravest first, each leading to its place.

import { $, h, notice } from "./dom.js";
import { focus } from "./canvas.js";
import { fixes, sentence } from "./fixes.js";
import { goTo } from "./panel.js";
import { choose, node, record, state, watch } from "./state.js";
import { get } from "./server.js";

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

const opened = new Set();
function draw() {
  const found = own ?? state.findings;
  const { errors = 0, warnings = 0, notes = 0 } = found.summary || {};
  const total = errors + warnings + notes;
  const quiet = $("findings-button");
  quiet.querySelector(".count").textContent = String(total);
  quiet.dataset.worst = errors ? "error" : warnings ? "warning" : total ? "note" : "none";
  quiet.querySelector(".sr").textContent = total
    ? `: ${errors} errors, ${warnings} warnings, ${notes} notes`
    : ": nothing";
  if (drawer.hidden) return;
  $("findings-sum").textContent = total
    ? [
        [errors, "to mend"],
        [warnings, "to look at"],
        [notes, "to know"],
      ]
        .filter(([n]) => n)
        .map(([n, words]) => `${n} ${words}`)
        .join(" · ")
    : "Nothing is missing. Well done.";
  const active = document.activeElement?.dataset?.finding;
  groupsPlace.replaceChildren(
    ...(found.groups || []).map((group) => {
      const details = h(
        "details",
        { class: `group ${group.severity}`, open: opened.has(group.code) || found.groups.length <= 2 },
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
              {},
              h(
                "button",
                {
                  type: "button",
                  class: "text",
                  "data-finding": `${group.code} ${f.subject}`,
                  onclick: () => goToSubject(f),
                },
                sentence(f.message),
              ),
              f.help ? h("p", { class: "hint" }, sentence(f.help)) : null,
              fixes({ ...f, group }),
            ),
          ),
        ),
        group.count > group.findings.length
          ? h("p", { class: "hint" }, `and ${group.count - group.findings.length} more`)
          : null,
      );
      details.addEventListener("toggle", () => (details.open ? opened.add(group.code) : opened.delete(group.code)));
      return details;
    }),
  );
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
    waiting = setTimeout(async () => {
      await fetchOwn();
      draw();
    }, 150);
  }
});

$("findings-button").addEventListener("click", () => {
  drawer.hidden = !drawer.hidden;
  $("findings-button").setAttribute("aria-expanded", String(!drawer.hidden));
  document.body.classList.toggle("with-findings", !drawer.hidden);
  draw();
  if (!drawer.hidden) $("findings-title").focus();
});
$("findings-close").addEventListener("click", () => {
  $("findings-button").click();
  $("findings-button").focus();
});
drawer.addEventListener("keydown", (event) => {
  if (event.key === "Escape") $("findings-close").click();
});
$("profile").addEventListener("change", async (event) => {
  profile = event.target.value;
  await fetchOwn();
  draw();
});
