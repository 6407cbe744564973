// Typing into the map: a field where the box is, or where it is going to be.

import { h, notice } from "./dom.js";
import { toScreen, view, svg, focus, reveal } from "./canvas.js";
import { addMany, addNode, lines, set, undo } from "./actions.js";
import { KINDS, LABEL } from "./description.js";
import { column, mayEdit, node, state } from "./state.js";

let open = null;

function close() {
  if (!open) return;
  const { field } = open;
  open = null;
  field.remove();
}

/** A field over an area of the picture. `done(text, how)` is called once, with `enter`, `tab` or `leave`; Escape calls
 * nothing. */
function field(area, value, label, done, paste) {
  close();
  const input = h("textarea", {
    class: "entry",
    rows: 2,
    "aria-label": label,
    placeholder: label,
    value,
    maxLength: 2000,
    spellcheck: true,
  });
  const here = { field: input, area };
  open = here;
  const finish = (how) => {
    if (open !== here) return;
    const text = input.value.replace(/\s+/g, " ").trim();
    close();
    done(text, how);
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      finish("enter");
    } else if (event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      finish("tab");
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
      done(null, "escape");
    }
  });
  input.addEventListener("blur", () => finish("leave"));
  if (paste) {
    input.addEventListener("paste", (event) => {
      const many = lines(event.clipboardData?.getData("text/plain") || "");
      if (many.length < 2) return;
      event.preventDefault();
      if (open === here) close();
      paste(many);
    });
  }
  document.body.append(input);
  put();
  input.focus();
  input.select();
}

function put() {
  if (!open) return;
  const { x, y, w } = open.area;
  const at = toScreen(x, y);
  const k = Math.max(view.k, 0.75);
  Object.assign(open.field.style, {
    left: `${Math.max(8, at.x)}px`,
    top: `${Math.max(8, at.y)}px`,
    width: `${Math.max(180, w * k)}px`,
    fontSize: `${Math.max(14, 15 * k)}px`,
  });
}
document.addEventListener("view", put);

/** Where a new box of a column would stand: under the box `below`, at the top for `""`, else at the foot. */
function room(kind, below) {
  const area = (state.picture.columns || []).find((c) => c.kind === kind) || { x: 40, y: 100, w: 226 };
  const stand = column(kind).map((n) => ({ id: n.id, ...state.picture.cards[n.id] }));
  const above = below === undefined ? stand[stand.length - 1] : stand.find((card) => card.id === below);
  if (above) return { x: above.x, y: above.y + above.h + 6, w: above.w };
  return { x: area.x + 8, y: area.y + 60, w: Math.max(area.w - 16, 180) };
}

/**
 * Asks for a new box, and then for the next: Enter for one below it, Tab for one in the next stage, linked from it.
 * `from` and `to` are the boxes that the new one is linked with.
 */
export function addHere(kind, { from = [], to = [], below, area } = {}) {
  if (!mayEdit()) return;
  const label = `${LABEL[kind]}: type and press Enter`;
  field(
    area || room(kind, below),
    "",
    label,
    async (text, how) => {
      if (!text) {
        if (how === "escape" || how === "enter") svg.focus?.();
        return;
      }
      const id = await addNode(kind, text, { from, to, below });
      if (!id) return;
      await painted(id);
      if (how === "enter") addHere(kind, { from, below: id });
      else if (how === "tab") {
        const next = KINDS[Math.min(KINDS.indexOf(kind) + 1, KINDS.length - 1)];
        reveal(id);
        addHere(next, { from: [id] });
      } else focus(id);
    },
    async (many) => {
      const ids = await addMany(kind, many, from);
      if (ids.length) {
        notice(`Added ${ids.length} boxes.`, "Undo", undo);
        await painted(ids[0]);
        focus(ids[0]);
      }
    },
  );
}

/** Waits until the picture holds a box. */
async function painted(id) {
  for (let i = 0; i < 100 && !state.picture.cards[id]; i += 1)
    await new Promise((done) => {
      setTimeout(done, 20);
    });
}

/** Changes a title in its place. */
export function rename(id) {
  const n = node(id);
  const card = state.picture.cards[id];
  if (!mayEdit() || !n || !card) return;
  field(card, n.title, "Title", async (text, how) => {
    if (text && text !== n.title) await set(`node ${id}`, "title", text, n.title);
    if (how !== "leave") focus(id);
  });
}

export const isTyping = () => open !== null;
