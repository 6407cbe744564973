// Marks at boxes: how many notes are open there, dots of a vote.

import { s } from "./dom.js";
import { world } from "./canvas.js";
import { room } from "./beside.js";
import { newest, notesOf } from "./board.js";
import { state } from "./state.js";

/** The sign of a status: colour alone is not enough. */
export const SIGNS = {
  missed: "✕",
  "off-track": "✕",
  "at-risk": "!",
  "no-data": "?",
  "on-track": "✓",
  achieved: "★",
};

const layer = s("g", { class: "layer-marks", "aria-hidden": "true" });
world.append(layer);

/** A mark with a number; the sign before it says of what, for colour alone is not enough. */
function mark(sign, many, x, look) {
  const words = s("text", { x: 0, y: 5, "text-anchor": "middle" });
  words.textContent = `${sign}${many}`;
  const wide = 20 + String(many).length * 9;
  const group = s("g", { class: `mark-at ${look}`, transform: `translate(${x - wide / 2} 0)` });
  group.append(s("rect", { x: -wide / 2, y: -11, width: wide, height: 22, rx: 11 }), words);
  return { group, wide };
}

/** Draws the marks as the board has them now. */
export function draw() {
  const notes = new Map();
  for (const note of notesOf(room.board))
    if (!note.done && note.about?.startsWith("node ")) notes.set(note.about, (notes.get(note.about) || 0) + 1);
  const [vote] = newest(room.board.votes);
  const dots = vote ? (vote.closed ? vote.counts || {} : room.own.votes[vote.id] || {}) : {};
  const fresh = new Map();
  for (const id of Object.keys(state.picture.cards)) {
    const subject = `node ${id}`;
    const [many, own] = [notes.get(subject) || 0, dots[subject] || 0];
    const status = room.status?.rows ? room.status.nodes[id] : "";
    if (many || own || SIGNS[status]) fresh.set(id, { many, own, status, look: vote?.closed ? "counted" : "mine" });
  }
  const all = [];
  for (const [id, { many, own, status, look }] of fresh) {
    const card = state.picture.cards[id];
    const parts = [];
    let x = card.w + 6;
    for (const [sign, number, kind] of [
      ["✎", many, "notes-at"],
      ["●", own, look],
      [SIGNS[status], SIGNS[status] ? " " : 0, `status-at ${status}`],
    ]) {
      if (!number) continue;
      const one = mark(sign, number, x, kind);
      parts.push(one.group);
      x -= one.wide + 3;
    }
    all.push(s("g", { class: "marks", "data-at": id, transform: `translate(${card.x} ${card.y})` }, ...parts));
  }
  layer.replaceChildren(...all);
}
