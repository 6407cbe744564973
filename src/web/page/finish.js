// The end of a workshop: what changed today, what is left open, who owns what, and everything to take away.

import { $, button, h, notice } from "./dom.js";
import { room } from "./beside.js";
import { counted as answersOf, newest, notesOf } from "./board.js";
import { dialog } from "./dialog.js";
import { sure } from "./asking.js";
import { address, ask, close } from "./end.js";
import { today as dayOfToday } from "./figures.js";
import { mayEdit, node, record, state } from "./state.js";
import { changes, counted, owning } from "./today.js";
import { nameOf, sentence } from "./words.js";

/** How many names of a line are shown. */
const NAMES = 12;

/** Formats in the order in which people ask for them. */
const FIRST = ["pptx", "docx", "case", "register", "html", "xlsx", "pdf", "png", "json"];

const some = (names) =>
  names.length > NAMES ? `${names.slice(0, NAMES).join("; ")} and ${names.length - NAMES} more` : names.join("; ");

/** The first revision of today and the map before it; nothing where nothing was done today. */
async function thisMorning() {
  const midnight = new Date().setHours(0, 0, 0, 0);
  let first = null;
  const people = new Set();
  for (let before = null; ; ) {
    const { entries, first: reach } = await ask("/api/history", before ? { before } : {});
    const today = entries.filter((entry) => Date.parse(entry.at) >= midnight);
    for (const entry of today) people.add(entry.name || "Somebody");
    const oldest = today[today.length - 1];
    if (oldest) first = Math.max(oldest.rev, reach + 1);
    if (today.length < entries.length || entries.length < 200) break;
    before = oldest.rev;
  }
  if (first === null) return null;
  const { map } = await ask("/api/map", { rev: String(first - 1) });
  return { map, people: [...people] };
}

async function changed() {
  try {
    const morning = await thisMorning();
    if (!morning) return [h("p", { class: "empty" }, "Nothing was changed today.")];
    const lines = changes(morning.map, state.map);
    return [
      h("p", {}, `By ${some(morning.people)}.`),
      lines.length
        ? h("ul", {}, lines.map(({ words, names }) => h("li", {}, h("strong", {}, words), `: ${some(names)}`)))
        : h("p", { class: "empty" }, "The map is as it was this morning."),
    ];
  } catch (error) {
    return [h("p", { class: "fault" }, `What changed today cannot be shown: ${error.message}`)];
  }
}

async function open_() {
  const list = (groups) => h("ul", {}, groups.map((group) => h("li", {}, sentence(group.words))));
  try {
    const { groups } = await ask("/api/findings", { profile: "business-case" });
    const wanted = groups.filter((group) => group.severity !== "note");
    return [wanted.length ? list(wanted) : h("p", { class: "empty" }, "Nothing that a business case is asked for.")];
  } catch (error) {
    return [h("p", { class: "fault" }, `What is left open cannot be shown: ${error.message}`)];
  }
}

function owners() {
  const list = owning(state.map);
  if (!list.length) return h("p", { class: "empty" }, "There are no boxes yet.");
  return h(
    "ul",
    {},
    list.map(({ name, boxes }) => h("li", {}, h("strong", {}, name || "Nobody yet"), `: ${some(boxes)}`)),
  );
}

function beside() {
  const notes = notesOf(room.board);
  const about = (note) => (note.about ? ` (at ${record(note.about) ? nameOf(note.about) : "a deleted box"})` : "");
  const said = (note) => `${note.name || "Somebody"}${about(note)}${note.done ? ", dealt with" : ""}`;
  const line = (note) => h("li", {}, note.text, h("span", { class: "hint" }, said(note)));
  const part = (title, all) => (all.length ? [h("h4", {}, title), h("ul", {}, all.map(line))] : []);
  const what = (subject) =>
    subject.startsWith("node ") ? node(subject.slice(5))?.title : room.board.notes[subject.slice(5)]?.text;
  const votes = newest(room.board.votes).filter((vote) => vote.closed);
  const rounds = newest(room.board.rounds).filter((round) => round.revealed);
  const all = [
    ...part("Parking place", notes.filter((note) => !note.about)),
    ...part("Notes", notes.filter((note) => note.about)),
    ...votes.flatMap((vote) => [
      h("h4", {}, `Vote: ${vote.question}`),
      h(
        "ul",
        {},
        Object.entries(vote.counts || {})
          .sort((a, b) => b[1] - a[1])
          .map(([subject, many]) => [counted(many, ["dot", "dots"]), what(subject) || "something deleted"])
          .map(([dots, title]) => h("li", {}, `${dots}: ${title}`)),
      ),
    ]),
    ...rounds.flatMap((round) => [
      h("h4", {}, `Question: ${round.question.text}`),
      h(
        "ul",
        {},
        answersOf(round.answers || [], round.choices).map(({ answer, all: same }) =>
          h("li", {}, `${answer} (${same.length})`),
        ),
      ),
    ]),
  ];
  return all.length ? all : [h("p", { class: "empty" }, "No notes, votes or answers.")];
}

/** Everything that can be taken away. */
async function files() {
  const { formats } = await ask("/api/export").catch((error) => {
    notice(error.message);
    return { formats: [] };
  });
  const place = (one) => (FIRST.includes(one.name) ? FIRST.indexOf(one.name) : FIRST.length);
  formats.sort((a, b) => place(a) - place(b));
  return h(
    "ul",
    { class: "plain" },
    formats.map((one) => {
      const href = address(`/api/export/${encodeURIComponent(one.name)}`);
      return h("li", {}, h("a", { class: "button", href, download: "" }, one.label));
    }),
  );
}

/** Closes the workshop, once somebody has said so. */
async function shut(sheet) {
  const text =
    "Nobody can change the map after that. Everything that was confirmed is saved. First take away what you need: " +
    "the files above cannot be made once it is closed.";
  if (!(await sure("Close the workshop for everyone?", text, "Close it"))) return;
  try {
    await close();
    sheet.close();
  } catch (error) {
    notice(`The workshop could not be closed: ${error.message}`);
  }
}

/** Opens the sheet. */
export async function open() {
  const day = dayOfToday(state.map.language);
  const part = (title, ...children) => h("section", {}, h("h3", {}, title), ...children);
  const wait = () => h("div", {}, h("p", { class: "hint" }, "One moment…"));
  const [today, left, away] = [wait(), wait(), wait()];
  const facts = () => [
    part("What changed today", today),
    part("Who owns what", owners()),
    part("What is left open", left),
    part("Notes, votes and answers", ...beside()),
  ];
  const content = h("div", {}, ...facts());
  const unread = [...Object.values(room.board.votes)].filter((vote) => !vote.closed).length;
  const unshown = [...Object.values(room.board.rounds)].filter((round) => !round.revealed).length;
  const still = [
    unread ? `${counted(unread, ["vote is", "votes are"])} still open` : "",
    unshown ? `the answers to ${counted(unshown, ["question are", "questions are"])} not shown` : "",
  ].filter(Boolean);
  const there = dialog(
    "End of the workshop",
    h("p", {}, `${state.map.title || "Untitled map"}, ${day}. All is saved in ${state.file.name}.`),
    still.length ? h("p", { class: "clash" }, `${still.join(", and ")}.`.replace(/^./, (c) => c.toUpperCase())) : null,
    h("h3", {}, "Take away"),
    away,
    h(
      "div",
      { class: "buttons" },
      button("Print this sheet", () => window.print()),
      state.closable && mayEdit() ? button("Close the workshop for everyone", () => shut(there), { id: "shut" }) : null,
    ),
    state.closable ? null : h("p", { class: "hint" }, "Whoever started the workshop closes it, with Ctrl-C."),
    content,
  );
  there.classList.add("finish");
  // On paper the sheet is the page: what lies above the map cannot go over several.
  const sheet = h("div", { id: "sheet" });
  document.body.append(sheet);
  const toPaper = () => {
    const copy = content.cloneNode(true);
    for (const head of copy.querySelectorAll("h3")) head.replaceWith(h("h2", {}, head.textContent));
    sheet.replaceChildren(
      h("h1", {}, state.map.title || "Untitled map"),
      h("p", {}, `Workshop, ${day}`),
      copy,
    );
    document.body.classList.add("with-sheet");
  };
  addEventListener("beforeprint", toPaper);
  toPaper();
  there.addEventListener("close", () => {
    removeEventListener("beforeprint", toPaper);
    document.body.classList.remove("with-sheet");
    sheet.remove();
    $("save").focus();
  });
  const [a, b, c] = await Promise.all([changed(), open_(), files()]);
  today.replaceChildren(...a);
  left.replaceChildren(...b);
  away.replaceChildren(c);
  toPaper();
}
