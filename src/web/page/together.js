// What people do together beside the map: the panel, and the strip over the map with what goes on now.

import { $, say } from "./dom.js";
import { room } from "./beside.js";
import { newest } from "./board.js";
import { HealthNow, HealthRounds } from "./health.js";
import { draw as drawMarks } from "./marks.js";
import { Measurements } from "./measured.js";
import { Notes } from "./notes.js";
import { People } from "./people.js";
import { Rounds, RoundNow } from "./rounds.js";
import { Timer, TimerNow } from "./timer.js";
import { Votes, VoteNow } from "./votes.js";
import { LeadNow } from "./people.js";
import { watch } from "./state.js";
import { Button, h, render, useNews } from "./ui.js";

const drawer = $("together");

/** By part: whether it is open. */
const opened = { people: true, notes: true, measured: false, timer: false, vote: false, ask: false, health: false };

function Part({ name, title, children }) {
  return h(
    "details",
    {
      class: "part",
      id: `together-${name}`,
      open: opened[name],
      onToggle: (event) => {
        opened[name] = event.currentTarget.open;
      },
    },
    h("summary", {}, title),
    children,
  );
}

function Panel() {
  useNews("room", "people", "lead", "map", "chosen", "file");
  const { notes, votes, rounds, health = {} } = room.board;
  const open = Object.values(notes).filter((note) => !note.done).length;
  return [
    h(
      "div",
      { class: "head" },
      h("h2", { id: "together-title", tabindex: "-1" }, "Together"),
      h(Button, { class: "quiet", does: () => toggle(false), "aria-label": "Close Together" }, "×"),
    ),
    h(Part, { name: "people", title: "Who is here" }, h(People)),
    h(Part, { name: "notes", title: `Notes and parking place (${open} open)` }, h(Notes)),
    h(Part, { name: "measured", title: `Measurements (${room.board.measured?.rows || 0})` }, h(Measurements)),
    h(Part, { name: "timer", title: "Timer" }, h(Timer)),
    h(Part, { name: "vote", title: `Votes (${Object.keys(votes).length})` }, h(Votes)),
    h(Part, { name: "ask", title: `Ask everyone (${Object.keys(rounds).length})` }, h(Rounds)),
    h(Part, { name: "health", title: `Health check (${Object.keys(health).length})` }, h(HealthRounds)),
    h(
      "div",
      { class: "buttons" },
      h(Button, { does: () => document.dispatchEvent(new Event("finish")) }, "End the workshop…"),
    ),
  ];
}
render(h(Panel), drawer);

/** Opens the panel, at a part of it. */
export function open(part) {
  toggle(true);
  if (!part) return;
  opened[part] = true;
  const there = /** @type {any} */ ($(`together-${part}`));
  there.open = true;
  there.scrollIntoView({ block: "start" });
  (there.querySelector("input:not([type='checkbox']), textarea, button") || there.querySelector("summary")).focus();
}

/** Opens or closes the panel. */
export function toggle(is = drawer.hidden) {
  const was = !drawer.hidden;
  drawer.hidden = !is;
  $("together-button").setAttribute("aria-expanded", String(is));
  document.dispatchEvent(new Event("sides"));
  if (is && !was) $("together-title").focus();
  else if (!is) $("together-button").focus();
}
drawer.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) toggle(false);
});

/** What goes on now, over the map. */
function Strip() {
  useNews("room", "lead", "chosen", "map", "file");
  const vote = newest(room.board.votes).find((one) => !one.closed);
  const round = newest(room.board.rounds).find((one) => !one.revealed);
  const check = newest(room.board.health || {}).find((one) => !one.revealed);
  const parts = [
    room.board.timer ? h(TimerNow, { key: "timer" }) : null,
    room.lead ? h(LeadNow, { key: "lead" }) : null,
    vote ? h(VoteNow, { key: `vote ${vote.id}`, vote }) : null,
    round ? h(RoundNow, { key: `round ${round.id}`, round }) : null,
    check ? h(HealthNow, { key: `health ${check.id}`, round: check }) : null,
  ].filter(Boolean);
  document.body.classList.toggle("with-strip", parts.length > 0);
  return parts;
}
render(h(Strip), $("strip"));

// What others begin or end is said, for it is seen at the edge of the screen alone.
const known = new Map();
function tell() {
  for (const [sort, some, isOver] of [
    ["Vote", room.board.votes, (one) => one.closed],
    ["Question", room.board.rounds, (one) => one.revealed],
    ["Health check", room.board.health || {}, (one) => one.revealed],
  ]) {
    for (const [id, one] of Object.entries(some)) {
      const now = isOver(one) ? "over" : "open";
      const before = known.get(id);
      known.set(id, now);
      if (before === now) continue;
      const text = one.question?.text || one.question || "";
      if (sort === "Health check") {
        if (now === "open" || before) say(now === "open" ? "A health check has begun" : "The answers are shown");
        if (now === "over" && before) opened.health = true;
        continue;
      }
      if (now === "open") say(`${sort}: ${text}`);
      else if (before) say(sort === "Vote" ? `The vote has ended: ${text}` : `The answers are shown: ${text}`);
      if (now === "over" && before) opened[sort === "Vote" ? "vote" : "ask"] = true;
    }
  }
}
tell();
drawMarks();
watch((what) => {
  if (what.has("room")) tell();
  if (what.has("room") || what.has("picture")) drawMarks();
});
