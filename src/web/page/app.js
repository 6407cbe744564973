// The page of the workshop: puts its parts together and keeps the bar at the top true.

import { $, h, notice, say, visible } from "./dom.js";
import * as server from "./server.js";
import { KINDS, LABEL } from "./description.js";
import { changed, column, hello, mayEdit, state, update, watch } from "./state.js";
import { fit, focus } from "./canvas.js";
import { redo, undo } from "./actions.js";
import "./gestures.js";
import "./keys.js";
import "./panel.js";
import "./findings.js";
import { close as stopPresenting } from "./present.js";
import "./outline.js";
import { fileChanged, whoAreYou } from "./dialogs.js";

let first = true;

server.on("hello", (news) => {
  // What others know this page by; the id that it sends is a secret between it and the server.
  state.client = news.client;
  hello(news);
  fileChanged(news.file);
  document.body.dataset.role = news.role;
  away = false;
  lost = "";
  offline();
  if (first) {
    first = false;
    fit();
    $("stage").removeAttribute("aria-busy");
    performance.mark("painted");
    const waiting = server.sendAgain();
    if (waiting) say(`${waiting} ${waiting === 1 ? "change" : "changes"} of before sent again`);
    const me = server.myself();
    if (me.name) server.present({});
    else whoAreYou(true);
  } else server.present({});
});
server.on("map", (news) => {
  update(news);
  const mine = (news.edits || []).filter((edit) => edit.client === state.client);
  const others = (news.edits || []).filter((edit) => edit.client !== state.client);
  const last = others[others.length - 1];
  if (last && !mine.length) say(`${last.name || "Somebody"}: ${last.label}`);
  if (state.map.nodes.length === 0) stopPresenting();
});
server.on("people", (news) => {
  state.people = news.people;
  state.others = news.others;
  changed("people");
});
server.on("file", (news) => {
  state.file = { ...state.file, ...news };
  fileChanged(news);
  if (news.journal) say(news.journal);
  changed("file");
});
let lost = "";
let away = false;
let unanswered = 0;
/** The bar that says that nobody answers, and what becomes of what is typed meanwhile. */
function offline() {
  const kept = unanswered
    ? ` ${unanswered} ${unanswered === 1 ? "change waits" : "changes wait"} here and will be sent.`
    : "";
  $("offline").textContent = (lost || "Not connected: the page tries again by itself. What you type is kept.") + kept;
  $("offline").hidden = !away;
}
server.on("line", (there) => {
  away = !there;
  if (there) lost = "";
  offline();
});
server.on("unanswered", (count) => {
  unanswered = count;
  if (away) offline();
});
server.on("refused", (error) => notice(error.message));
server.on("key", () => {
  lost = "This link holds no longer: ask for the new one.";
  offline();
});
server.on("bye", () => {
  away = true;
  offline();
});

const search = $("search");
const initials = (name) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => [...part][0].toUpperCase())
    .join("");
watch((what) => {
  if (what.has("map")) {
    $("title").textContent = visible(state.map.title || "Untitled map");
    document.title = visible(`${state.map.title || "Benefit map"} – workshop`);
    const empty = state.map.nodes.length === 0;
    $("empty").hidden = !empty || !mayEdit();
    if (document.activeElement === search) offer();
  }
  if (what.has("undo") || what.has("map")) {
    for (const [id, step, word] of [
      ["undo", state.undo, "Undo"],
      ["redo", state.redo, "Do again"],
    ]) {
      $(id).disabled = !step || !mayEdit();
      $(id).title = visible(step ? `${word}: ${step.label}` : word);
    }
  }
  if (what.has("people")) {
    const list = state.people.slice(0, 8);
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
    $("me-name").textContent = visible(server.myself().name || "Say who you are");
  }
});

$("undo").addEventListener("click", undo);
$("redo").addEventListener("click", redo);

/** What the field for searching offers: made when somebody comes to it, for it is long on a large map. */
function offer() {
  $("boxes").replaceChildren(
    ...KINDS.flatMap((kind) => column(kind).map((n) => h("option", { value: n.title, label: LABEL[kind] }))),
  );
}
search.addEventListener("focus", offer);
function find() {
  const wanted = search.value.trim().toLowerCase();
  if (!wanted) return null;
  const all = KINDS.flatMap((kind) => column(kind));
  return (
    all.find((n) => n.title.toLowerCase() === wanted) ||
    all.find((n) => n.title.toLowerCase().includes(wanted)) ||
    all.find((n) => n.id.includes(wanted))
  );
}
search.addEventListener("change", () => {
  const n = find();
  if (n) focus(n.id);
  else if (search.value.trim()) say("No box of that name");
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    search.value = "";
    search.blur();
  }
});

server.listen();
