// Notes on boxes and links, and the parking place: what is for later and no box yet.

import { addNode } from "./actions.js";
import { ask } from "./asking.js";
import { focus } from "./canvas.js";
import { does, Line, room, write } from "./beside.js";
import { notesOf } from "./board.js";
import { HEADING, KINDS } from "./description.js";
import { notice } from "./dom.js";
import { choose, mayEdit, node, record, state } from "./state.js";
import { Button, h } from "./ui.js";
import { nameOf } from "./words.js";

/** What a note is about, in words. */
const aboutOf = (note) => (record(note.about) ? nameOf(note.about) : "a box that was deleted");

const go = (about) => (about.startsWith("node ") ? focus(about.slice(5)) : choose(about));

async function reword(note) {
  const text = await ask("Change the note", "The note", note.text);
  if (text && text !== note.text) does({ do: "reword", id: note.id, text, was: note.text });
}

function remove(note) {
  does({ do: "remove-note", id: note.id });
  notice("Note deleted.", "Put it back", () => write(note.text, note.about));
}

/** Makes a box of a note: the note is then dealt with. */
function becomes(note, kind) {
  if (!kind) return;
  addNode(kind, note.text.slice(0, 200));
  does({ do: "settle", id: note.id, done: true });
}

function Note({ note }) {
  const isParked = !note.about;
  const chosen = state.chosen?.startsWith("node ") && node(state.chosen.slice(5));
  const of = (words) => [words, h("span", { class: "sr" }, `: ${note.text}`)];
  return h(
    "li",
    { class: `note${note.done ? " done" : ""}${note.waits ? " waits" : ""}` },
    h("p", {}, note.text),
    h(
      "span",
      { class: "hint" },
      [note.name || "Somebody", note.done ? "dealt with" : "", note.waits ? "not saved yet" : ""]
        .filter(Boolean)
        .join(", "),
      note.about
        ? record(note.about)
          ? [" at ", h(Button, { class: "text small", does: () => go(note.about) }, aboutOf(note))]
          : ` at ${aboutOf(note)}`
        : null,
    ),
    mayEdit()
      ? h(
          "div",
          { class: "acts" },
          h(
            Button,
            { class: "text small", does: () => does({ do: "settle", id: note.id, done: !note.done }) },
            of(note.done ? "Open again" : "Dealt with"),
          ),
          h(Button, { class: "text small", does: () => reword(note) }, of("Change")),
          isParked && chosen
            ? h(
                Button,
                {
                  class: "text small",
                  does: () => does({ do: "move", id: note.id, about: state.chosen }),
                },
                of("Put at the chosen box"),
              )
            : null,
          isParked
            ? null
            : h(Button, { class: "text small", does: () => does({ do: "move", id: note.id }) }, of("Park it")),
          isParked && !note.done
            ? h(
                "select",
                {
                  class: "small",
                  "aria-label": `Make it a box: ${note.text}`,
                  value: "",
                  onChange: (event) => becomes(note, event.target.value),
                },
                h("option", { value: "" }, "Make it a box…"),
                KINDS.map((kind) => h("option", { value: kind, key: kind }, HEADING[kind])),
              )
            : null,
          h(Button, { class: "text small", does: () => remove(note) }, of("Delete")),
        )
      : null,
  );
}

export function Notes() {
  const all = notesOf(room.board);
  const [at, parked] = [all.filter((note) => note.about), all.filter((note) => !note.about)];
  const list = (notes, none) =>
    notes.length
      ? h("ul", { class: "notes" }, notes.map((note) => h(Note, { key: note.id, note })))
      : h("p", { class: "empty" }, none);
  return [
    h("h3", {}, "Parking place"),
    list(parked, "Nothing is parked."),
    mayEdit()
      ? h(Line, {
          name: "parking",
          label: "For later",
          yes: "Park",
          hint: "What matters and is no box yet. Enter parks it.",
          does: (text) => write(text, null),
        })
      : null,
    h("h3", {}, "On boxes and links"),
    list(at, "No notes. Choose a box to write one in its details."),
  ];
}
