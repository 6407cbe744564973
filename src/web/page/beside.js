// What people have beside the map: what the server says of it, and what this page does, in its order and once.

import { notice } from "./dom.js";
import { empty, newId, notesOf, taken, withDeeds } from "./board.js";
import * as end from "./end.js";
import { changed, mayEdit, state } from "./state.js";
import { Button, h, useNews, useState } from "./ui.js";

const served = { board: empty(), own: { votes: {}, answers: {}, health: {} } };
/** What is shown, and who leads. `timed` is when what is left of the timer was known. */
export const room = { ...served, lead: null, timed: 0, status: null };

/** Deeds that wait for their answer. */
let queue = end.kept("deeds") || [];

function show() {
  end.keep("deeds", queue);
  Object.assign(room, withDeeds(served.board, served.own, queue));
  changed("room");
}

const pause = (ms) =>
  new Promise((go) => {
    setTimeout(go, ms);
  });

let isSending = false;
async function send() {
  if (isSending) return;
  isSending = true;
  for (let wait = 300; queue.length; ) {
    const [{ deed }] = queue;
    try {
      served.own = (await end.deed(deed)).own;
      wait = 300;
      queue = queue.slice(1);
    } catch (error) {
      if (error instanceof end.Refused && !["busy", "stopping", "key"].includes(error.code)) {
        queue = queue.slice(1);
        refused(deed, error);
      } else {
        await pause(wait);
        wait = Math.min(wait * 2, 5000);
      }
    }
    show();
  }
  isSending = false;
}

/** What was refused waits with its words among what is not saved. */
function refused(deed, error) {
  document.dispatchEvent(new CustomEvent("deed-refused", { detail: { deed, error } }));
}

/** Does something beside the map: it is shown at once, and sent until it is answered. */
export function does(deed) {
  if (!mayEdit()) return notice("You can view, not change. Ask for the link that edits.");
  const { name, colour } = end.myself();
  queue = [...queue, { deed, me: { name, colour } }];
  show();
  send();
  return null;
}

/** Writes a note; `about` is `null` for the parking place. */
export const write = (text, about) => does({ do: "note", id: newId(), text, ...(about ? { about } : {}) });

end.on("board", (news) => {
  served.board = taken(served.board, news);
  if (news.own) served.own = news.own;
  if (news.timer !== undefined || news.whole) room.timed = performance.now();
  show();
});
end.on("lead", (news) => {
  room.lead = news.lead;
  changed("lead");
});
if (queue.length) send();

/** What is left of the timer, in ms. */
export function left() {
  const { timer } = room.board;
  return timer ? Math.max(0, timer.left - (timer.runs ? performance.now() - room.timed : 0)) : 0;
}

/** A line to write in that keeps what is typed over a reload, and stays for the next line. */
export function Line({ name, label, yes, does: use, most = 1000, hint = "" }) {
  const [text, type] = useState(end.kept(`line ${name}`) || "");
  const put = (words) => {
    end.keep(`line ${name}`, words || undefined);
    type(words);
  };
  const id = `line-${name.replace(/\W+/g, "-")}`;
  const submit = (event) => {
    event.preventDefault();
    if (!text.trim()) return;
    use(text.trim());
    put("");
  };
  return h(
    "form",
    { class: "line", onSubmit: submit },
    h("label", { for: id }, label),
    h(
      "div",
      { class: "row" },
      h("input", {
        type: "text",
        id,
        value: text,
        maxLength: most,
        autocomplete: "off",
        onInput: (event) => put(event.target.value),
      }),
      h("button", {}, yes),
    ),
    hint ? h("span", { class: "hint" }, hint) : null,
  );
}

/** The notes about what is chosen, in its details. */
export function NotesAt({ subject }) {
  useNews("room");
  const notes = notesOf(room.board, subject);
  return [
    notes.map((note) =>
      h(
        "p",
        { class: `note${note.done ? " done" : ""}`, key: note.id },
        note.text,
        h("span", { class: "hint" }, [note.name, note.waits ? "not saved yet" : "", note.done ? "dealt with" : ""]
          .filter(Boolean)
          .join(", ")),
        mayEdit()
          ? h(
              Button,
              { class: "text small", does: () => does({ do: "settle", id: note.id, done: !note.done }) },
              note.done ? "Open again" : "Dealt with",
              h("span", { class: "sr" }, `: ${note.text}`),
            )
          : null,
      ),
    ),
    mayEdit()
      ? h(Line, { key: subject, name: subject, label: "A note", yes: "Add note", does: (text) => write(text, subject) })
      : null,
    !mayEdit() && !notes.length ? h("p", { class: "empty" }, "No notes.") : null,
  ];
}
/** How many notes about a subject are open. */
export const openNotes = (subject) => notesOf(room.board, subject).filter((note) => !note.done).length;
/** Whether this page leads. */
export const isLeading = () => Boolean(room.lead && room.lead.client === state.client);
