// What puts a finding right in one step, for wherever findings are shown.

import { notice } from "./dom.js";
import { act, remove, turn, undo } from "./actions.js";
import { ask, newOwner } from "./asking.js";
import { focus } from "./canvas.js";
import { startLinking } from "./keys.js";
import { kpisOf, mayEdit, node, record, state } from "./state.js";
import { myself } from "./end.js";
import { Button, h } from "./ui.js";

const fix = (label, does, more = {}) => h(Button, { key: label, does, class: "fix", ...more }, label);
/** What puts right a finding about a box, by the words of the rule. */
const ofBox = {
  "set-owner": (id, subject) => [
    ...state.map.owners.slice(0, 3).map((o) =>
      fix(o.name || o.id, () => act({ do: "set", what: subject, field: "owner", value: o.id }), {
        "aria-label": `Make ${o.name || o.id} the owner of ${node(id)?.title}`,
      }),
    ),
    fix("Add a person…", () => newOwner(subject)),
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
  "delete-link": (subject) => [fix("Delete link", () => remove(subject))],
  "turn-link": (subject) => [fix("Turn link round", () => turn(subject))],
};

/** The ways to put a finding right that are one step away. */
export function Fixes({ finding }) {
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
      fix(
        "Accept…",
        async () => {
          const reason = await ask("Accept this?", "Why it is all right");
          if (
            reason &&
            (await act({ do: "allow", rule, subject: finding.about || subject, reason, by: myself().name }))
          )
            notice("Accepted. The reason is kept in the map.", "Undo", () => undo());
        },
        { class: "fix quiet" },
      ),
    );
  }
  return h("span", { class: "fixes" }, ways);
}
