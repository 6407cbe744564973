// The sheet of a health check: the statements to mark; and once all marks are shown, what the room said of each, and
// what it agrees on.

import { does, room } from "./beside.js";
import { dialog } from "./dialog.js";
import { keep, kept } from "./end.js";
import { asks, useSets } from "./sets.js";
import { mayEdit } from "./state.js";
import { Button, h, render, useEffect, useNews, useState } from "./ui.js";
import { sentence } from "./words.js";

/** Everything that may be answered on a scale: its points, the highest first, and the two that are none. */
const choices = (set) => [...[...set.points].reverse(), "don't know", "not applicable"];

/** A statement to mark. */
function Marking({ id, set, question, own }) {
  const name = `mark ${id} ${question.id}`;
  const field = `mark-${id}-${question.id}`;
  const [note, type] = useState(kept(name) ?? own?.note ?? "");
  const put = (answer, words = note) => {
    keep(name, undefined);
    does({ do: "mark", id, question: question.id, answer, note: words });
  };
  return h(
    "fieldset",
    { class: "choices statement" },
    h("legend", {}, question.text),
    choices(set).map((choice) =>
      h(
        "label",
        { key: choice },
        h("input", {
          type: "radio",
          name: field,
          value: choice,
          checked: own?.answer === choice,
          onChange: () => put(choice),
        }),
        sentence(choice),
      ),
    ),
    own
      ? [
          h(
            "div",
            { class: "field" },
            h("label", { for: `${field}-note` }, "A note (optional)"),
            h("input", {
              type: "text",
              id: `${field}-note`,
              maxLength: 1000,
              autocomplete: "off",
              value: note,
              onInput: (event) => {
                keep(name, event.currentTarget.value);
                type(event.currentTarget.value);
              },
              onChange: (event) => put(own.answer, event.currentTarget.value.trim()),
            }),
          ),
          h(Button, { class: "text small", does: () => put(null) }, "Take it back", said(question)),
        ]
      : null,
  );
}

const said = (question) => h("span", { class: "sr" }, `: ${question.text}`);

/** How far the room agrees, in words: the number alone says nothing to most. */
function agreement(result) {
  const all = result.counts.reduce((sum, one) => sum + one, 0);
  if (all < 2 || result.agreement === undefined) return "";
  if (result.agreement >= 0.7) return "The room agrees.";
  if (result.agreement >= 0.3) return "The room leans one way.";
  return "The room is divided.";
}

function Count({ words, many, most }) {
  return h(
    "li",
    {},
    h("span", {}, sentence(words)),
    h("strong", {}, String(many)),
    h("meter", { min: 0, max: Math.max(1, most), value: many, "aria-hidden": "true" }),
  );
}

/** What was said of a statement, and the mark that the room agrees on. */
function Answers({ id, set, question, result, agreed }) {
  const field = `agree-${id}-${question.id}`;
  const [answer, pick] = useState(agreed?.answer ?? "");
  const [note, type] = useState(agreed?.note ?? "");
  useEffect(() => {
    pick(agreed?.answer ?? "");
    type(agreed?.note ?? "");
  }, [agreed?.answer, agreed?.note]);
  const submit = (event) => {
    event.preventDefault();
    if (answer) does({ do: "agree", id, question: question.id, answer, note: note.trim() });
  };
  const most = Math.max(...result.counts, result.dont_know, result.not_applicable);
  const points = set.points.map((words, i) => ({ words, many: result.counts[i] || 0 })).reverse();
  return h(
    "section",
    { class: "asked statement", "aria-label": question.text },
    h("h4", {}, question.text),
    h(
      "ul",
      { class: "counts" },
      points.map(({ words, many }) => h(Count, { key: words, words, many, most })),
      result.dont_know ? h(Count, { words: "don't know", many: result.dont_know, most }) : null,
      result.not_applicable ? h(Count, { words: "not applicable", many: result.not_applicable, most }) : null,
    ),
    agreement(result) ? h("p", { class: "hint" }, agreement(result)) : null,
    result.said.length
      ? h(
          "ul",
          { class: "told" },
          result.said.map((one, i) =>
            h(
              "li",
              { key: i },
              h("strong", {}, sentence(one.answer)),
              one.note ? `: ${one.note}` : "",
              one.name ? h("span", { class: "hint" }, one.name) : null,
            ),
          ),
        )
      : null,
    agreed
      ? h(
          "p",
          { class: "agreed" },
          "Agreed: ",
          h("strong", {}, sentence(agreed.answer)),
          agreed.note ? `. ${agreed.note}` : "",
        )
      : null,
    mayEdit()
      ? h(
          "form",
          { class: "row", onSubmit: submit },
          h(
            "div",
            { class: "field" },
            h("label", { for: field }, "The room agrees on"),
            h(
              "select",
              { id: field, value: answer, onChange: (event) => pick(event.currentTarget.value) },
              h("option", { value: "" }, "Choose…"),
              choices(set).map((choice) => h("option", { key: choice, value: choice }, sentence(choice))),
            ),
          ),
          h(
            "div",
            { class: "field" },
            h("label", { for: `${field}-note` }, "Because"),
            h("input", {
              type: "text",
              id: `${field}-note`,
              maxLength: 1000,
              autocomplete: "off",
              value: note,
              onInput: (event) => type(event.currentTarget.value),
            }),
          ),
          h("button", { disabled: !answer }, "Agree", said(question)),
        )
      : null,
  );
}

function Sheet({ id }) {
  useNews("room");
  const all = useSets();
  const round = room.board.health?.[id];
  if (!round) return h("p", {}, "This health check was deleted.");
  const { set, groups } = asks(all, round);
  if (!set) return h("p", { role: "status" }, "One moment…");
  const own = room.own.health?.[id] || {};
  const count = groups.reduce((sum, group) => sum + group.questions.length, 0);
  return [
    h("p", { class: "hint" }, `${set.purpose} Source: ${set.source}.`.replace("..", ".")),
    h(
      "p",
      { role: "status" },
      round.revealed
        ? `${round.people} ${round.people === 1 ? "person" : "people"} answered. Talk about what divides the room ` +
            "first, then agree on a mark for each."
        : mayEdit()
          ? `You have answered ${Object.keys(own).length} of ${count}. Nobody sees your answers before all are shown.`
          : "You can view, not answer.",
    ),
    groups.map((group) => [
      h("h3", { key: `head ${group.id}` }, group.title),
      group.questions.map((question) =>
        round.revealed
          ? h(Answers, {
              key: question.id,
              id,
              set,
              question,
              result: round.results[question.id],
              agreed: round.agreed[question.id],
            })
          : mayEdit()
            ? h(Marking, { key: question.id, id, set, question, own: own[question.id] })
            : h("p", { key: question.id }, question.text),
      ),
    ]),
  ];
}

/** Opens the sheet of a round. */
export function open(id) {
  /** @type {any} */ (document.querySelector("dialog.health"))?.close();
  const place = document.createElement("div");
  const there = dialog("Health check", place);
  there.classList.add("wide", "health");
  render(h(Sheet, { id }), place);
  there.addEventListener("close", () => render(null, place));
}
