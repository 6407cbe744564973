// Private rounds: somebody asks, everybody answers alone, and all answers are shown at once.

import { sure } from "./asking.js";
import { does, Line, room } from "./beside.js";
import { counted, newest, newId } from "./board.js";
import { mayEdit } from "./state.js";
import { Button, h, useState } from "./ui.js";

const answerOf = (round) => room.own.answers[round.id];
const many = (n) => `${n} ${n === 1 ? "person has" : "people have"} answered.`;

/** A round that goes on, in the strip over the map. */
export function RoundNow({ round }) {
  const open = () => document.dispatchEvent(new CustomEvent("together", { detail: "ask" }));
  const own = answerOf(round);
  return h(
    "div",
    { class: "now ask", role: "group", "aria-label": "Question to everyone" },
    h("span", {}, h("strong", {}, round.question.text), ` ${many(round.answered)}`),
    mayEdit()
      ? h(Button, { class: own ? "" : "main", does: open }, own ? "You answered" : "Answer")
      : h(Button, { does: open }, "Show"),
  );
}

function Answering({ round }) {
  const own = answerOf(round);
  const answer = (text) => does({ do: "answer", id: round.id, answer: text });
  return [
    round.choices.length
      ? h(
          "fieldset",
          { class: "choices" },
          h("legend", {}, "Your answer"),
          round.choices.map((choice) =>
            h(
              "label",
              { key: choice },
              h("input", {
                type: "radio",
                name: `round-${round.id}`,
                value: choice,
                checked: own === choice,
                onChange: () => answer(choice),
              }),
              choice,
            ),
          ),
        )
      : h(Line, {
          key: round.id,
          name: `answer ${round.id}`,
          label: own ? "Another answer" : "Your answer",
          yes: own ? "Change" : "Answer",
          does: answer,
        }),
    own
      ? h(
          "p",
          {},
          "You answered: ",
          h("strong", {}, own),
          " ",
          h(Button, { class: "text small", does: () => answer(null) }, "Take it back"),
        )
      : null,
  ];
}

function Answers({ round }) {
  const answers = round.answers || [];
  if (!answers.length) return h("p", { class: "empty" }, "Nobody answered.");
  const groups = counted(answers, round.choices);
  const most = Math.max(...groups.map((group) => group.all.length), 1);
  return h(
    "ul",
    { class: "counts" },
    groups.map(({ answer, all }) =>
      h(
        "li",
        { key: answer },
        h(
          "span",
          {},
          answer,
          round.names === "shown" && all.length
            ? h("span", { class: "hint" }, all.map((one) => one.name || "somebody").join(", "))
            : null,
        ),
        h("strong", {}, String(all.length)),
        round.choices.length ? h("meter", { min: 0, max: most, value: all.length, "aria-hidden": "true" }) : null,
      ),
    ),
  );
}

function Round({ round }) {
  const reveal = async () => {
    const withNames = round.names === "shown" ? " with names" : "";
    const text = `${many(round.answered)} Everyone then sees the answers${withNames}.`;
    if (await sure("Show all answers?", text, "Show the answers")) does({ do: "reveal", id: round.id });
  };
  const remove = async () => {
    if (await sure("Delete the question?", "Its answers are deleted too, for everyone.", "Delete the question"))
      does({ do: "remove-round", id: round.id });
  };
  return h(
    "section",
    { class: "asked", "aria-label": round.question.text },
    h("h3", {}, round.question.text),
    round.revealed
      ? h(Answers, { round })
      : [
          h(
            "p",
            { class: "hint" },
            `${many(round.answered)} Nobody sees an answer before all are shown. ` +
              (round.names === "shown" ? "Names are shown then." : "Names are not shown then."),
          ),
          mayEdit() ? h(Answering, { round }) : null,
        ],
    mayEdit()
      ? h(
          "div",
          { class: "buttons" },
          round.revealed ? null : h(Button, { does: reveal }, "Show the answers"),
          h(
            Button,
            { class: "quiet", does: remove },
            "Delete",
            h("span", { class: "sr" }, ` the question ${round.question.text}`),
          ),
        )
      : null,
  );
}

const SORTS = {
  words: { label: "In their own words", choices: [] },
  yes: { label: "Yes, no, not sure", choices: ["Yes", "No", "Not sure"] },
  five: { label: "1 (low) to 5 (high)", choices: ["1", "2", "3", "4", "5"] },
};

function NewRound() {
  const [question, type] = useState("");
  const [sort, choose] = useState("words");
  const [names, show] = useState(false);
  const begin = (event) => {
    event.preventDefault();
    if (!question.trim()) return;
    const { choices } = SORTS[sort];
    const text = question.trim();
    does({ do: "open-round", id: newId(), question: { text }, choices, names: names ? "shown" : "hidden" });
    type("");
  };
  return h(
    "form",
    { onSubmit: begin },
    h(
      "div",
      { class: "field" },
      h("label", { for: "round-question" }, "A question that everyone answers alone"),
      h("input", {
        type: "text",
        id: "round-question",
        maxLength: 300,
        value: question,
        placeholder: "How sure are you that this will work?",
        onInput: (e) => type(e.target.value),
      }),
    ),
    h(
      "div",
      { class: "field" },
      h("label", { for: "round-sort" }, "They answer"),
      h(
        "select",
        { id: "round-sort", value: sort, onChange: (e) => choose(e.target.value) },
        Object.entries(SORTS).map(([name, { label }]) => h("option", { key: name, value: name }, label)),
      ),
    ),
    h(
      "div",
      { class: "field tick" },
      h("input", { type: "checkbox", id: "round-names", checked: names, onChange: (e) => show(e.target.checked) }),
      h("label", { for: "round-names" }, "Show who said what"),
    ),
    h("button", {}, "Ask everyone"),
  );
}

export const Rounds = () => [
  newest(room.board.rounds).map((round) => h(Round, { key: round.id, round })),
  mayEdit() ? h(NewRound) : null,
  !mayEdit() && !Object.keys(room.board.rounds).length ? h("p", { class: "empty" }, "No questions.") : null,
];
