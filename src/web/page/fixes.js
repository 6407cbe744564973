// What puts a finding right in one step, for wherever findings are shown.

import { button, h, notice } from "./dom.js";
import { act, remove, turn, undo } from "./actions.js";
import { ask, newOwner } from "./asking.js";
import { focus } from "./canvas.js";
import { startLinking } from "./keys.js";
import { kpisOf, mayEdit, node, record, state } from "./state.js";
import { myself } from "./server.js";

/** A message as a sentence to read: names in quotes, a capital at its head. */
export const sentence = (message) => {
  const words = message.replace(/`([^`]*)`/g, "“$1”");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const fix = (label, action, more = {}) => button(label, action, { class: "fix", ...more });
/** What puts right a finding about a box, by the words of the rule. */
const ofBox = {
  "set-owner": (id, subject) => [
    ...state.map.owners
      .slice(0, 3)
      .map((o) =>
        fix(o.name || o.id, () => act({ do: "set", what: subject, field: "owner", value: o.id }), {
          "aria-label": `Make ${o.name || o.id} the owner of ${node(id)?.title}`,
        }),
      ),
    fix("Somebody new…", () => newOwner(subject)),
  ],
  link: (id) => [
    fix("Link it", () => {
      focus(id);
      startLinking(id);
    }),
  ],
  "add-kpi": (id) =>
    kpisOf(id).length
      ? []
      : [
          fix("Add a KPI", async () => {
            const title = await ask("How will anyone know?", "What is measured, such as Missed collections a week");
            if (title) await act({ do: "add", what: "kpi", fields: { node: id, title } });
          }),
        ],
  "mark-quick-win": (id, subject) => [
    fix("It is a quick win", () => act({ do: "set", what: subject, field: "quick_win", value: true })),
  ],
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
  const ways = (finding.group?.fixes || []).flatMap(
    (fix) =>
      (id
        ? ofBox[fix]?.(id, subject)
        : subject.startsWith("link ") && record(subject)
          ? ofLink[fix]?.(subject)
          : null) || [],
  );
  if (finding.group) {
    ways.push(
      button(
        "Accept…",
        async () => {
          const reason = await ask("Accept this?", "Why it is all right");
          if (
            reason &&
            (await act({ do: "allow", rule, subject: finding.about || subject, reason, by: myself().name }))
          )
            notice("Accepted: the reason stands in the map.", "Undo", undo);
        },
        { class: "fix quiet" },
      ),
    );
  }
  return h("span", { class: "fixes" }, ways);
}
