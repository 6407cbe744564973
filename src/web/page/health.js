// Rounds of a health check: a set of statements that everybody marks alone, then all see, then agree on.

import { sure } from "./asking.js";
import { does, room } from "./beside.js";
import { newest, newId } from "./board.js";
import { address } from "./end.js";
import { open } from "./health_sheet.js";
import { asks, useSets } from "./sets.js";
import { mayEdit } from "./state.js";
import { Button, h, useState } from "./ui.js";

const many = (round) =>
  `${round.people} ${round.people === 1 ? "person has" : "people have"} answered` +
  `${round.people ? `, ${round.finished} of them everything` : ""}.`;

/** A round that goes on, in the strip over the map. */
export function HealthNow({ round }) {
  const { title } = asks(useSets(), round);
  const own = Object.keys(room.own.health?.[round.id] || {}).length;
  return h(
    "div",
    { class: "now ask", role: "group", "aria-label": "Health check" },
    h("span", {}, h("strong", {}, `Health check: ${title}`), ` ${many(round)}`),
    h(Button, { class: own ? "" : "main", does: () => open(round.id) }, mayEdit() ? "Answer" : "Show"),
  );
}

function Round({ round }) {
  const { title } = asks(useSets(), round);
  const reveal = async () => {
    const withNames = round.names === "shown" ? " with names" : "";
    const text = `${many(round)} Everyone then sees the answers${withNames}, and nobody can change theirs.`;
    if (await sure("Show all answers?", text, "Show the answers")) {
      does({ do: "reveal-health", id: round.id });
      open(round.id);
    }
  };
  const remove = async () => {
    const text = "Its answers and agreed marks are deleted too, for everyone.";
    if (await sure("Delete the health check?", text, "Delete it")) does({ do: "remove-health", id: round.id });
  };
  return h(
    "section",
    { class: "asked", "aria-label": title },
    h("h3", {}, `${title}${round.round > 1 ? ` (round ${round.round})` : ""}`),
    h(
      "p",
      { class: "hint" },
      round.revealed
        ? `${many(round)} Agreed so far: ${Object.keys(round.agreed || {}).length}.`
        : `${many(round)} Nobody sees an answer before all are shown. ` +
            (round.names === "shown" ? "Names are shown then." : "Names are not shown then."),
    ),
    h(
      "div",
      { class: "buttons" },
      h(
        Button,
        { class: "main", does: () => open(round.id) },
        round.revealed ? "See the answers" : mayEdit() ? "Answer the statements" : "See the statements",
      ),
      mayEdit() && !round.revealed ? h(Button, { does: reveal }, "Show the answers of all") : null,
      mayEdit()
        ? h(
            Button,
            { class: "quiet", does: remove },
            "Delete",
            h("span", { class: "sr" }, ` the health check ${title}`),
          )
        : null,
    ),
  );
}

function NewRound() {
  const all = useSets();
  const [id, pick] = useState("critical-success-factors");
  const [group, pickGroup] = useState("");
  const [names, show] = useState(false);
  const set = all.find((one) => one.id === id);
  const begin = (event) => {
    event.preventDefault();
    if (!set) return;
    const round = newId();
    does({ do: "open-health", id: round, set: id, group: group || null, names: names ? "shown" : "hidden" });
  };
  const chosen = (change) => (event) => change(event.currentTarget.value);
  return h(
    "form",
    { onSubmit: begin },
    h(
      "div",
      { class: "field" },
      h("label", { for: "health-set" }, "Statements that everyone marks alone"),
      h(
        "select",
        {
          id: "health-set",
          value: id,
          onChange: chosen((value) => {
            pick(value);
            pickGroup("");
          }),
        },
        all.map((one) => h("option", { key: one.id, value: one.id }, one.title)),
      ),
    ),
    set && set.groups.length > 1
      ? h(
          "div",
          { class: "field" },
          h("label", { for: "health-group" }, "Part of them"),
          h(
            "select",
            { id: "health-group", value: group, onChange: chosen(pickGroup) },
            h("option", { value: "" }, `All (${set.groups.reduce((sum, one) => sum + one.questions.length, 0)})`),
            set.groups.map((one) =>
              h("option", { key: one.id, value: one.id }, `${one.title} (${one.questions.length})`),
            ),
          ),
        )
      : null,
    h(
      "div",
      { class: "field tick" },
      h("input", {
        type: "checkbox",
        id: "health-names",
        checked: names,
        onChange: (event) => show(event.currentTarget.checked),
      }),
      h("label", { for: "health-names" }, "Show who said what"),
    ),
    h("button", { disabled: !set }, "Begin the health check"),
  );
}

export const HealthRounds = () => {
  const all = newest(room.board.health || {});
  const isAny = all.some((one) => one.revealed);
  const file = (name, words) =>
    h("a", { class: "button", href: address(`/api/export/${name}`), download: "" }, words);
  return [
    all.map((round) => h(Round, { key: round.id, round })),
    isAny
      ? h(
          "div",
          { class: "buttons" },
          file("health-csv", "Take the answers (CSV)"),
          file("agreed-csv", "Take the agreed marks (CSV)"),
        )
      : null,
    mayEdit() ? h(NewRound) : null,
    !mayEdit() && !all.length ? h("p", { class: "empty" }, "No health checks.") : null,
  ];
};
