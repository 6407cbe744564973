// What is not saved: what waits for the connection, what was refused, and what was typed and cannot be saved as it is.
// Nothing that somebody typed is lost without a word.

import { copy } from "./copy_text.js";
import { $, notice } from "./dom.js";
import { act } from "./actions.js";
import { askFor } from "./description.js";
import { dialog } from "./dialog.js";
import { drop, keepMine, stuck, valueAt } from "./drafting.js";
import { focus } from "./canvas.js";
import { keep, kept, on, unanswered } from "./end.js";
import { changed, choose, node, onRenamed, record, state, watch } from "./state.js";
import { goTo } from "./panel.js";
import { same } from "./drafts.js";
import { write } from "./typed.js";
import { Button, h, render, useNews } from "./ui.js";
import { nameOf, plain, typedIn, wordsOf } from "./words.js";

/** @type {{ id: number, words: string, text: string, why: string, edit: any }[]} */
let refused = kept("refused") || [];
let count = refused.reduce((most, one) => Math.max(most, one.id), 0);
const put = (list) => {
  refused = list;
  keep("refused", refused);
  changed("outbox");
};
onRenamed((rename) => {
  refused = refused.map((one) => ({ ...one, edit: JSON.parse(rename(JSON.stringify(one.edit))) }));
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
  const id = (count += 1);
  const text = typedIn(edit);
  const why = plain(error.message);
  put([...refused, { id, words: said ?? wordsOf(edit), text, why, edit }]);
  notice(`Not saved: ${said ?? wordsOf(edit)}. ${why}`, "Show", () => $("outbox-button").click());
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
  return h(
    "li",
    {},
    h("strong", {}, one.words),
    h("p", {}, one.why),
    one.text ? h("blockquote", {}, one.text) : null,
    h(
      "div",
      { class: "buttons" },
      h(
        Button,
        {
          does: () => {
            put(refused.filter((other) => other !== one));
            const { was, ...edit } = one.edit;
            act(edit);
          },
        },
        "Send again",
      ),
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
  return h(
    "li",
    {},
    h("strong", {}, `${label}: ${nameOf(subject)}`),
    h("p", {}, isThere ? fault : `${nameOf(subject)} has been deleted, so this cannot be saved.`),
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
        : null,
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

let there = null;
$("outbox-button").addEventListener("click", () => {
  const place = document.createElement("div");
  there = dialog("Not saved yet", place);
  render(h(Outbox), place);
  there.addEventListener("close", () => render(null, place));
});

let late = 0;
/** How much is not saved, at the top of the page. What takes no longer than usual is not worth a word. */
function tell() {
  const failed = refused.length + stuck().length;
  const waits = unanswered().length;
  clearTimeout(late);
  const show_ = () => {
    $("outbox-button").hidden = !failed && !waits;
    $("outbox-button").textContent = failed ? `Not saved: ${failed}` : `Not saved yet: ${waits}`;
    $("outbox-button").classList.toggle("urgent", failed > 0);
  };
  if (failed || !waits) show_();
  else late = setTimeout(show_, 700);
}
watch((what) => {
  if (["outbox", "drafts", "waiting", "map"].some((one) => what.has(one)) && state.rev !== undefined) tell();
});
export const isAllSaved = () => !unanswered().length && !refused.length;
export { copy };
