// Votes by dots: somebody asks, everybody gives dots, and the counts are shown when the vote ends.

import { say } from "./dom.js";
import { sure } from "./asking.js";
import { focus } from "./canvas.js";
import { does, room } from "./beside.js";
import { given, newest, newId, votable, withDot } from "./board.js";
import { HEADING, KINDS } from "./description.js";
import { column, mayEdit, node, state } from "./state.js";
import { addLetters } from "./keys.js";
import { Button, h, useState } from "./ui.js";

const ballotOf = (vote) => room.own.votes[vote.id] || {};
/** Boxes from left to right and from the top down. */
const boxes = () => KINDS.flatMap((kind) => column(kind));

/** What something that dots are given to is called. */
const nameOf = (subject) =>
  subject.startsWith("note ")
    ? room.board.notes[subject.slice(5)]?.text || "a note that was deleted"
    : node(subject.slice(5))?.title || "a box that was deleted";

function give(vote, subject, by) {
  const before = ballotOf(vote);
  const dots = withDot(before, subject, by, vote.dots);
  const rest = vote.dots - given(dots);
  if (dots === before) return say(by > 0 ? "You have no dots left" : "You gave it no dot");
  does({ do: "vote", id: vote.id, dots });
  return say(`${dots[subject] || 0} on ${nameOf(subject)}, ${rest} left`);
}

/** The box that is chosen, if dots can be given to it. */
function target(vote) {
  const subject = state.chosen?.startsWith("node ") ? state.chosen : null;
  return subject && votable(vote, boxes(), room.board).includes(subject) ? subject : null;
}

/** A vote that goes on, in the strip over the map. */
export function VoteNow({ vote }) {
  const rest = vote.dots - given(ballotOf(vote));
  const subject = target(vote);
  const own = subject ? ballotOf(vote)[subject] || 0 : 0;
  const open = () => document.dispatchEvent(new CustomEvent("together", { detail: "vote" }));
  return h(
    "div",
    { class: "now ask", role: "group", "aria-label": "Vote" },
    h("span", {}, h("strong", {}, vote.question), mayEdit() ? ` ${rest} of ${vote.dots} dots left` : ""),
    mayEdit() && vote.among !== "parking"
      ? [
          h(
            Button,
            {
              class: "main",
              disabled: !subject || rest < 1,
              "aria-keyshortcuts": "D",
              title: "Key D; Shift D takes it back",
              does: () => give(vote, subject, 1),
            },
            subject ? `Give a dot (${own} here)` : "Choose a box",
          ),
          own ? h(Button, { does: () => give(vote, subject, -1) }, "Take one back") : null,
        ]
      : null,
    h(Button, { does: open }, mayEdit() ? "List" : "Show"),
  );
}

/** Gives the chosen box a dot, or takes one back. */
function byLetter(by) {
  const vote = newest(room.board.votes).find((one) => !one.closed);
  const subject = vote && mayEdit() && target(vote);
  if (subject) give(vote, subject, by);
}
addLetters({ d: () => byLetter(1), D: () => byLetter(-1) });

function Ballot({ vote }) {
  const dots = ballotOf(vote);
  const rest = vote.dots - given(dots);
  const subjects = votable(vote, boxes(), room.board);
  if (!subjects.length) return h("p", { class: "empty" }, "There is nothing to vote on yet.");
  return h(
    "ul",
    { class: "ballot" },
    subjects.map((subject) => {
      const name = nameOf(subject);
      const own = dots[subject] || 0;
      return h(
        "li",
        { key: subject },
        h("span", {}, name),
        h(
          Button,
          { disabled: !own, "aria-label": `Take a dot from ${name}`, does: () => give(vote, subject, -1) },
          "−",
        ),
        h("output", { "aria-label": `Your dots on ${name}` }, String(own)),
        h(
          Button,
          { disabled: rest < 1, "aria-label": `Give a dot to ${name}`, does: () => give(vote, subject, 1) },
          "+",
        ),
      );
    }),
  );
}

function Counts({ vote }) {
  const counts = Object.entries(vote.counts || {}).sort((a, b) => b[1] - a[1]);
  const most = counts[0]?.[1] || 1;
  if (!counts.length) return h("p", { class: "empty" }, "Nobody gave a dot.");
  return h(
    "ol",
    { class: "counts" },
    counts.map(([subject, many]) =>
      h(
        "li",
        { key: subject },
        subject.startsWith("node ") && node(subject.slice(5))
          ? h(Button, { class: "text", does: () => focus(subject.slice(5)) }, nameOf(subject))
          : h("span", {}, nameOf(subject)),
        h("strong", {}, String(many)),
        h("meter", { min: 0, max: most, value: many, "aria-hidden": "true" }),
      ),
    ),
  );
}

function Vote({ vote }) {
  const people = `${vote.voters} ${vote.voters === 1 ? "person has" : "people have"} given ${vote.given} dots.`;
  const end = async () => {
    if (await sure("End the vote?", `${people} Everyone then sees the counts.`, "End the vote"))
      does({ do: "close-vote", id: vote.id });
  };
  const remove = async () => {
    if (await sure("Delete the vote?", "Its dots are deleted too, for everyone.", "Delete the vote"))
      does({ do: "remove-vote", id: vote.id });
  };
  return h(
    "section",
    { class: "asked", "aria-label": vote.question },
    h("h3", {}, vote.question),
    vote.closed
      ? h(Counts, { vote })
      : [
          h("p", { class: "hint" }, `${people} The counts are shown when the vote ends.`),
          mayEdit() ? h(Ballot, { vote }) : null,
        ],
    mayEdit()
      ? h(
          "div",
          { class: "buttons" },
          vote.closed ? null : h(Button, { class: "main", does: end }, "End the vote"),
          h(
            Button,
            { class: "quiet", does: remove },
            "Delete",
            h("span", { class: "sr" }, ` the vote ${vote.question}`),
          ),
        )
      : null,
  );
}

function NewVote() {
  const [question, type] = useState("");
  const [dots, many] = useState("3");
  const [among, choose] = useState("boxes");
  const begin = (event) => {
    event.preventDefault();
    if (!question.trim()) return;
    const among_ = among === "boxes" || among === "parking" ? among : { stage: among };
    does({ do: "open-vote", id: newId(), question: question.trim(), dots: Number(dots), among: among_ });
    type("");
  };
  return h(
    "form",
    { onSubmit: begin },
    h(
      "div",
      { class: "field" },
      h("label", { for: "vote-question" }, "What is to be decided"),
      h("input", {
        type: "text",
        id: "vote-question",
        maxLength: 300,
        value: question,
        placeholder: "Which outcome matters most?",
        onInput: (e) => type(e.target.value),
      }),
    ),
    h(
      "div",
      { class: "row" },
      h(
        "div",
        { class: "field" },
        h("label", { for: "vote-dots" }, "Dots each"),
        h(
          "select",
          { id: "vote-dots", value: dots, onChange: (e) => many(e.target.value) },
          [1, 2, 3, 4, 5, 6, 8, 10].map((n) => h("option", { key: n, value: String(n) }, String(n))),
        ),
      ),
      h(
        "div",
        { class: "field" },
        h("label", { for: "vote-among" }, "Among"),
        h(
          "select",
          { id: "vote-among", value: among, onChange: (e) => choose(e.target.value) },
          h("option", { value: "boxes" }, "All boxes"),
          KINDS.map((kind) => h("option", { key: kind, value: kind }, HEADING[kind])),
          h("option", { value: "parking" }, "The parking place"),
        ),
      ),
    ),
    h("button", {}, "Open the vote"),
  );
}

export const Votes = () => [
  newest(room.board.votes).map((vote) => h(Vote, { key: vote.id, vote })),
  mayEdit() ? h(NewVote) : null,
  !mayEdit() && !Object.keys(room.board.votes).length ? h("p", { class: "empty" }, "No votes.") : null,
];
