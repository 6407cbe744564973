// What is not saved: what waits for the connection, what was refused, and what was typed and cannot be saved as it is.
// Nothing that somebody typed is lost without a word.

import { copy } from "./copy_text.js";
import { $, notice } from "./dom.js";
import { act } from "./actions.js";
import { askFor } from "./description.js";
import { dialog } from "./dialog.js";
import { does } from "./beside.js";
import { drafts, drop, finish, keepMine, stuck, valueAt } from "./drafting.js";
import { focus } from "./canvas.js";
import { keep, kept, on, unanswered } from "./end.js";
import { changed, choose, node, onRenamed, record, servedRecord, state, titleOfGone, watch } from "./state.js";
import { goTo } from "./panel.js";
import { same } from "./drafts.js";
import { write } from "./typed.js";
import { Button, h, render, useNews } from "./ui.js";
import { changerOf, nameOf, plain, typedIn, wordsOf } from "./words.js";

/** @typedef {{ id: number, words: string, text: string, why: string, edit?: any, deed?: any }} Refusal */
/** Edits of the map, and deeds beside it. @type {Refusal[]} */
let refused = kept("refused") || [];
let count = refused.reduce((most, one) => Math.max(most, one.id), 0);
const put = (list) => {
  refused = list;
  keep("refused", refused);
  changed("outbox");
};
onRenamed((rename) => {
  refused = refused.map((one) => (one.edit ? { ...one, edit: JSON.parse(rename(JSON.stringify(one.edit))) } : one));
});

/** What edits that wait are, in words that were made when the map still had what they are about. */
const words = new Map();
on("sent", (item) => {
  if (item.body.edit) words.set(item.body.n, item.about?.words ?? wordsOf(item.body.edit));
});
on("answered", (item) => words.delete(item.body.n));
on("refused", (item, error) => {
  const { edit, n } = item.body;
  const said = words.get(n);
  words.delete(n);
  // Words of fields are back in their fields; what somebody took back themselves is gone.
  if (!error || !edit) return;
  if (item.about?.drafts) {
    notice(`${said ?? wordsOf(edit)}: not saved. ${plain(error.message)}`, "Show", () => $("outbox-button").click());
    return;
  }
  lay({ words: said ?? wordsOf(edit), text: typedIn(edit), why: plain(error.message), edit });
});
document.addEventListener("deed-refused", (/** @type {CustomEvent} */ event) => {
  const { deed, error } = event.detail;
  const typed = deed.text || deed.answer || deed.question?.text || deed.question;
  const text = typeof typed === "string" ? typed : "";
  lay({ words: DEEDS[deed.do] ?? "Something beside the map", text, why: plain(error.message), deed });
});

/** What is done beside the map, for those of whom it was refused. */
const DEEDS = {
  note: "A note",
  reword: "Other words of a note",
  vote: "Your dots in a vote",
  answer: "Your answer",
  "open-vote": "A vote",
  "open-round": "A question to everyone",
  measure: "A measured value",
  "open-health": "A health check",
  mark: "Your mark in a health check",
  agree: "A mark that the room agreed on",
};

/** Lays something that was refused where it waits, and says so. */
function lay(one) {
  put([...refused, { id: (count += 1), ...one }]);
  notice(`Not saved: ${one.words}. ${one.why}`, "Show", () => $("outbox-button").click());
}

/** Sends what was refused again; a text takes the place of what is there now, which is shown beside it. */
function again(one) {
  put(refused.filter((other) => other !== one));
  if (one.deed) return does(one.deed);
  const { was, ...edit } = one.edit;
  return act(was === undefined ? edit : { ...edit, was: nowAt(edit) ?? null }, null, { words: one.words });
}

/** What the map says where an edit sets a field. */
const nowAt = (edit) => servedRecord(edit.what)?.[edit.field];

/** What the map says now, where a refused edit would say something else; nothing where that is no text. */
function nowInWords({ edit, text }) {
  const now = edit?.do === "set" ? nowAt(edit) : undefined;
  return typeof now === "string" && now !== text ? now : "";
}

/** What drafts are about was called, and who deleted it: a page that was loaded again knows no other name. */
const called = kept("called") || {};
/** So many names are kept. */
const MOST_CALLED = 200;
function call() {
  for (const { place } of drafts.toJSON()) {
    const { subject } = place;
    if (subject === "map") continue;
    if (record(subject) || titleOfGone(subject))
      called[subject] = { name: nameOf(subject), by: record(subject) ? "" : changerOf(subject) };
  }
  // A draft that is on its way is no draft until it is refused: its name is kept for that.
  for (const subject of Object.keys(called).slice(0, -MOST_CALLED)) delete called[subject];
  keep("called", called);
}
onRenamed((rename) => {
  for (const [subject, one] of Object.entries(called)) {
    delete called[subject];
    called[rename(subject)] = one;
  }
});

/** Goes to the field of a draft. */
function show(draft) {
  const { subject, field, part } = draft.place;
  const [what, id] = [subject.split(" ")[0], subject.slice(subject.indexOf(" ") + 1)];
  there?.close();
  const box = what === "node" ? id : (record(subject)?.node ?? record(subject)?.threatens);
  if (what === "link") choose(subject);
  else if (box && node(box)) focus(box);
  requestAnimationFrame(() => goTo(part ? `${field}.${part}` : field));
}

function Refused({ one }) {
  const now = nowInWords(one);
  return h(
    "li",
    {},
    h("strong", {}, one.words),
    h("p", {}, one.why),
    one.text ? h("blockquote", {}, one.text) : null,
    now ? [h("p", {}, "It now says:"), h("blockquote", {}, now)] : null,
    h(
      "div",
      { class: "buttons" },
      h(Button, { does: () => again(one) }, "Send again"),
      one.text ? h(Button, { does: () => copy(one.text) }, "Copy") : null,
      h(Button, { does: () => put(refused.filter((other) => other !== one)) }, "Throw away"),
    ),
  );
}

function Stuck({ draft }) {
  const { place, text, fault, entered } = draft;
  const { subject, field, part } = place;
  const isThere = subject === "map" || Boolean(record(subject));
  const ask = askFor(subject.split(" ")[0], field, part);
  const label = ask?.label || field;
  const now = isThere ? valueAt(place) : undefined;
  const isClash = isThere && !same(now, entered);
  const { name = nameOf(subject), by = "" } = isThere ? {} : (called[subject] ?? {});
  const deleted = `${by || "Someone"} deleted ${name}. This can be saved again once it is back.`;
  // What cannot be sent yet says so; nothing of it is lost.
  const send = () => (isThere ? finish(place) : notice(deleted));
  return h(
    "li",
    {},
    h("strong", {}, `${label}: ${name}`),
    h("p", {}, isThere ? fault : deleted),
    h("blockquote", {}, text),
    isClash ? [h("p", {}, "It now says:"), h("blockquote", {}, (ask && write(ask, now)) || "nothing")] : null,
    h(
      "div",
      { class: "buttons" },
      isClash
        ? [
            h(Button, { does: () => keepMine(place) }, "Keep mine"),
            h(Button, { does: () => drop(place) }, "Take theirs"),
          ]
        : h(Button, { does: send }, "Send again"),
      isThere && subject !== "map" ? h(Button, { does: () => show(draft) }, "Show the field") : null,
      h(Button, { does: () => copy(text) }, "Copy"),
      isClash ? null : h(Button, { does: () => drop(place) }, "Throw away"),
    ),
  );
}

function Outbox() {
  useNews("outbox", "drafts", "waiting", "map");
  const waits = unanswered().filter((item) => item.body.edit);
  const drafts = stuck();
  if (!waits.length && !drafts.length && !refused.length) return h("p", {}, "Everything is saved.");
  return [
    refused.length || drafts.length
      ? h(
          "ul",
          { class: "outbox" },
          refused.map((one) => h(Refused, { key: one.id, one })),
          drafts.map((draft) => h(Stuck, { key: JSON.stringify(draft.place), draft })),
        )
      : null,
    waits.length
      ? [
          h("h3", {}, "Waits to be sent"),
          h(
            "ul",
            { class: "outbox" },
            waits.map((item) => h("li", { key: item.body.n }, words.get(item.body.n) || wordsOf(item.body.edit))),
          ),
        ]
      : null,
  ];
}

const button = $("outbox-button");
let there = null;
button.addEventListener("click", () => {
  const place = document.createElement("div");
  there = dialog("Not saved yet", place);
  render(h(Outbox), place);
  there.addEventListener("close", () => render(null, place));
});

let late = 0;
/** How much is not saved, at the top of the page. What takes no longer than usual is not worth a word. */
function tell() {
  clearTimeout(late);
  const failed = refused.length + stuck().length;
  const waits = unanswered().length;
  const show_ = () => {
    button.hidden = !failed && !waits;
    button.textContent = failed ? `Not saved: ${failed}` : `Not saved yet: ${waits}`;
    button.classList.toggle("urgent", failed > 0);
  };
  if (failed || !waits) show_();
  else late = setTimeout(show_, 700);
}
watch((what) => {
  if ((what.has("drafts") || what.has("map")) && state.rev) call();
  if (["outbox", "drafts", "waiting", "map"].some((one) => what.has(one)) && state.rev !== undefined) tell();
});
export const isAllSaved = () => !unanswered().length && !refused.length;
export { copy };
