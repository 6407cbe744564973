// The page of the workshop: puts its parts together and keeps the bar at the top true.

import { $, h, notice, say, visible } from "./dom.js";
import * as end from "./end.js";
import { KINDS, LABEL } from "./description.js";
import { answered, changed, column, forget, hello, mayEdit, owner, state, update, wait, watch } from "./state.js";
import { fit, focus, svg } from "./canvas.js";
import { redo, undo } from "./actions.js";
import { resume } from "./entry.js";
import "./gestures.js";
import "./keys.js";
import "./panel.js";
import "./findings.js";
import "./outbox.js";
import "./sides.js";
import "./beside.js";
import "./later.js";
import { fileChanged, whoAreYou } from "./dialogs.js";
import { initials, plain } from "./words.js";

let first = true;
/** On a phone the whole map is too small to read: it begins readable, and can be moved. */
const LEAST_ON_PHONES = 0.5;

end.on("hello", (news) => {
  // What others know this page by; the id that it sends is a secret between it and the server.
  state.client = news.client;
  hello(news);
  fileChanged(news.file);
  document.body.dataset.role = news.role;
  $("viewing").hidden = news.role === "edit";
  away = false;
  lost = "";
  offline();
  if (first) {
    first = false;
    fit(innerWidth <= 600 ? LEAST_ON_PHONES : undefined);
    $("stage").removeAttribute("aria-busy");
    performance.mark("painted");
    const me = end.myself();
    if (me.name) {
      end.present({});
      resume();
    } else whoAreYou(true);
  } else end.present({});
});
end.on("map", (news) => {
  if (!update(news)) {
    end.everything();
    return;
  }
  const mine = (news.edits || []).filter((edit) => edit.client === state.client);
  const others = (news.edits || []).filter((edit) => edit.client !== state.client);
  const last = others[others.length - 1];
  if (last && !mine.length) {
    say(`${last.name || "Somebody"}: ${last.label}`);
    // What changes the map for everybody at once is seen by everybody.
    if (["return", "take"].includes(last.does))
      notice(`${last.name || "Somebody"} changed the whole map: ${last.label}.`);
  }
});
end.on("people", (news) => {
  state.people = news.people;
  state.others = news.others;
  changed("people");
});
end.on("file", (news) => {
  state.file = { ...state.file, ...news };
  fileChanged(news);
  if (news.journal) say(news.journal);
  changed("file");
});
let lost = "";
let away = false;
/** The bar that says that nobody answers, and what becomes of what is typed meanwhile. */
function offline() {
  const unanswered = end.unanswered().length;
  const kept = unanswered
    ? ` ${unanswered} ${unanswered === 1 ? "change is" : "changes are"} kept in this page and will be sent.`
    : "";
  const ours = mayEdit() ? " What you type is kept." : "";
  $("offline").textContent =
    (lost || `Not connected. The page tries again by itself.${ours}`) + (lost && !unanswered ? "" : kept);
  $("offline").hidden = !away;
}
end.on("line", (there) => {
  away = !there;
  if (there) lost = "";
  offline();
});
end.on("sent", (item) => {
  if (item.body.edit) wait(item);
  if (away) offline();
});
end.on("answered", (item, answer) => {
  answered(item.body.n, answer);
  if (away) offline();
});
end.on("refused", (item, error) => {
  forget(item.body.n);
  if (away) offline();
  if (!error || item.body.edit) return;
  // An undo, a redo or a return: what stands in its way is said, and the steps before it can be reached.
  if (item.path === "/api/undo" && error.code === "refused")
    notice(`${plain(error.message)} Your other steps can still be undone.`, "Skip this step", () => undo(true));
  else notice(plain(error.message));
});
end.on("key", (why) => {
  lost = why ? plain(why) : "This link is no longer valid. Ask for the new one.";
  offline();
});
end.on("bye", ({ by } = {}) => {
  away = true;
  lost =
    `The workshop has ended${by ? `: ${by} closed it` : ""}. Everything that was confirmed is saved. ` +
    "Whoever started it can start it again within a day.";
  offline();
  say(lost);
});

const search = $("search");
/** What the page is called after; nothing at first, which is not the title of a map that has none. */
let titled = null;
watch((what) => {
  if (what.has("map")) {
    // Written again, the same words have the whole bar laid out again with every edit.
    const { title } = state.map;
    if (titled !== title) {
      $("title").textContent = visible(title || "Untitled map");
      document.title = visible(`${title || "Benefit map"} – workshop`);
    }
    titled = title;
    const empty = state.map.nodes.length === 0;
    $("empty").hidden = !empty || !mayEdit();
    if (document.activeElement === search) offer();
  }
  if (what.has("undo") || what.has("map") || what.has("waiting")) {
    for (const [id, step, word] of [
      ["undo", state.undo, "Undo"],
      ["redo", state.redo, "Redo"],
    ]) {
      const waits = id === "undo" && end.unanswered().length > 0;
      $(id).disabled = (!step && !waits) || !mayEdit();
      $(id).title = visible(step ? `${word}: ${step.label}` : word);
    }
  }
  if (what.has("people")) {
    // As many as there is room for.
    const list = state.people.slice(0, state.people.length + state.others > 4 ? 3 : 4);
    $("people").replaceChildren(
      ...list.map((p) =>
        h(
          "li",
          { "data-colour": p.colour, title: p.name },
          h("span", { "aria-hidden": "true" }, initials(p.name)),
          h("span", { class: "sr" }, p.name),
        ),
      ),
    );
    const more = state.people.length - list.length + state.others;
    if (more > 0) $("people").append(h("li", { title: `${more} more` }, `+${more}`));
    $("me-name").textContent = visible(end.myself().name || "Your name");
    $("me").title = visible(end.myself().name);
  }
});

$("undo").addEventListener("click", () => undo());
$("redo").addEventListener("click", () => redo());

/** What the field for searching offers: made when somebody comes to it, for it is long on a large map. */
function offer() {
  $("boxes").replaceChildren(
    ...KINDS.flatMap((kind) => column(kind).map((n) => h("option", { value: n.title, label: LABEL[kind] }))),
  );
}
search.addEventListener("focus", offer);

/** Boxes that a text is found in: by title, by owner, by tag. */
function matches(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const has = (n) =>
    [n.title, n.owner && owner(n.owner)?.name, ...(n.tags || [])].some((one) => one?.toLowerCase().includes(wanted));
  return KINDS.flatMap((kind) => column(kind)).filter(has);
}
let at = -1;
/** Marks what is found, and counts it. */
function mark() {
  const found = matches(search.value);
  const ids = new Set(found.map((n) => n.id));
  for (const box of svg.querySelectorAll(".box")) box.classList.toggle("found", ids.has(box.dataset.node));
  const place = at >= 0 && at < found.length ? `${at + 1} of ${found.length}` : `${found.length} found`;
  $("found").textContent = search.value.trim() ? (found.length ? place : "No box found") : "";
  return found;
}
search.addEventListener("input", () => {
  at = -1;
  mark();
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    search.value = "";
    at = -1;
    mark();
    svg.focus();
  }
  if (event.key !== "Enter") return;
  const found = matches(search.value);
  if (!found.length) return;
  at = (at + (event.shiftKey ? -1 : 1) + found.length) % found.length;
  mark();
  focus(found[at].id);
  if (found.length > 1) search.focus();
  say(`${found[at].title}, ${at + 1} of ${found.length}`);
});
watch((what) => what.has("picture") && search.value && mark());

const waiting = end.join();
if (waiting) say(`${waiting} ${waiting === 1 ? "change" : "changes"} from before sent again`);
