// Typing into the map: a field where the box is, or where it is going to be.

import { $, h, notice, quoted, say } from "./dom.js";
import { focus, inSight, svg, toScreen, view } from "./canvas.js";
import { act, areTooMany, asEditor, addMany, addNode, lines, link, undo } from "./actions.js";
import { HEADING, KINDS, LABEL } from "./description.js";
import { keep, kept } from "./end.js";
import { column, mayEdit, node, state, watch } from "./state.js";

/** @typedef {{ from?: string[], to?: string[], below?: string, area?: any, text?: string }} Again */

let open = null;

function close() {
  if (!open) return;
  const { field, list } = open;
  open = null;
  keep("entry", null);
  field.remove();
  list.remove();
}

/** Boxes that are called about so, the likeliest first. */
function alike(text, without) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (text.trim().length < 2) return [];
  const near = (n) => {
    const title = n.title.toLowerCase();
    if (title === text.trim().toLowerCase()) return 3;
    if (title.startsWith(words.join(" "))) return 2;
    return words.every((word) => title.includes(word)) ? 1 : 0;
  };
  return state.map.nodes
    .map((n) => ({ n, rank: without.includes(n.id) ? 0 : near(n) }))
    .filter(({ rank }) => rank)
    .sort((a, b) => b.rank - a.rank)
    .slice(0, 5);
}

/**
 * A field over a place of the picture, which `where` gives again whenever the picture is new. `done(text, how)` is
 * called once, with `enter`, `tab`, `back` or `leave`, or with `null` on Escape; `offer` says what to do with a box
 * that is there already.
 */
function field({ where, value, label, done, again, paste = null, offer = null }) {
  close();
  const list = h("ul", { class: "offers", role: "listbox", id: "offers", "aria-label": "Already on the map" });
  const input = h("textarea", {
    class: "entry",
    rows: 2,
    "aria-label": label,
    placeholder: label,
    value,
    maxLength: 2000,
    spellcheck: true,
    "aria-controls": offer ? "offers" : null,
    "aria-autocomplete": offer ? "list" : null,
  });
  list.hidden = true;
  const here = { field: input, list, where, area: where() };
  open = here;
  let picked = -1;
  let offered = [];
  const hold = () => keep("entry", { ...again, text: input.value });
  const pick = (at) => {
    picked = at;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `offer-${at}`);
    else input.removeAttribute("aria-activedescendant");
  };
  const take = (n) => {
    close();
    offer.take(n.id);
  };
  const suggest = () => {
    hold();
    if (!offer) return;
    offered = alike(input.value, offer.without);
    list.replaceChildren(
      ...offered.map(({ n }, i) =>
        h(
          "li",
          {
            role: "option",
            id: `offer-${i}`,
            onpointerdown: (event) => {
              event.preventDefault();
              take(n);
            },
          },
          `${offer.words} ${quoted(n.title)}`,
          h("span", { class: "hint" }, LABEL[n.kind]),
        ),
      ),
    );
    list.hidden = !offered.length;
    if (offered.length) say(`${offered.length} on the map already: arrow down to choose`);
    pick(offer.links && offered[0]?.rank === 3 ? 0 : -1);
    put();
  };
  const finish = (how) => {
    if (open !== here) return;
    if (how !== "leave" && picked >= 0 && offered[picked]) {
      take(offered[picked].n);
      return;
    }
    const text = input.value.replace(/\s+/g, " ").trim();
    close();
    done(text, how);
  };
  input.addEventListener("input", suggest);
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    const does = {
      Enter: () => event.shiftKey || finish("enter"),
      Tab: () => finish(event.shiftKey ? "back" : "tab"),
      Escape: () => {
        close();
        done(null, "escape");
      },
      ArrowDown: () => offered.length && pick(Math.min(offered.length - 1, picked + 1)),
      ArrowUp: () => offered.length && pick(Math.max(-1, picked - 1)),
    }[event.key];
    if (!does || (event.key.startsWith("Arrow") && !offered.length) || (event.key === "Enter" && event.shiftKey))
      return;
    event.preventDefault();
    does();
  });
  input.addEventListener("blur", () => {
    // A window that loses the focus leaves it in the field.
    if (document.activeElement !== input) finish("leave");
  });
  if (paste) {
    input.addEventListener("paste", (event) => {
      const many = lines(event.clipboardData?.getData("text/plain") || "");
      if (many.length < 2) return;
      event.preventDefault();
      if (areTooMany(many.length)) return;
      if (open === here) close();
      paste(many);
    });
  }
  $("stage").append(input, list);
  inSight(here.area);
  put();
  input.focus();
  input.select();
  hold();
}

function put() {
  if (!open) return;
  open.area = open.where() ?? open.area;
  const { x, y, w } = open.area;
  const at = toScreen(x, y);
  const k = Math.max(view.k, 0.75);
  const width = Math.min(innerWidth - 16, Math.max(180, w * k));
  const left = Math.max(8, Math.min(at.x, innerWidth - width - 8));
  const top = Math.max(8, Math.min(at.y, innerHeight - 70));
  Object.assign(open.field.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    fontSize: `${Math.max(14, Math.min(24, 15 * k))}px`,
  });
  const below = top + open.field.offsetHeight + 2;
  const isRoom = below + open.list.offsetHeight < innerHeight;
  Object.assign(open.list.style, {
    left: `${left}px`,
    top: isRoom ? `${below}px` : `${Math.max(0, top - open.list.offsetHeight - 2)}px`,
    width: `${Math.max(width, 240)}px`,
  });
}
document.addEventListener("view", put);
watch((what) => {
  if (what.has("picture")) put();
});

/** Where a new box of a column is going to be: under the box `below`, at the top for `""`, else at the foot. */
function room(kind, below) {
  const area = (state.picture.columns || []).find((c) => c.kind === kind) || { x: 40, y: 100, w: 226 };
  const all = column(kind).map((n) => ({ id: n.id, ...state.picture.cards[n.id] }));
  const above = below === undefined ? all[all.length - 1] : all.find((card) => card.id === below);
  if (above?.w) return { x: above.x, y: above.y + above.h + 6, w: above.w };
  return { x: area.x + 8, y: area.y + 60, w: Math.max(area.w - 16, 180) };
}

/** The stage that is so many further on, or the last there is. */
const stage = (kind, by) => KINDS[Math.max(0, Math.min(KINDS.length - 1, KINDS.indexOf(kind) + by))];

/**
 * @param {string} kind @param {Again} [options]
 * Asks for a new box, and then for the next: Enter for one below it, Tab for one in the next stage that it leads to,
 * Shift Tab for one in the stage before that leads to it. `from` and `to` are the boxes that it is linked with.
 */
export function addHere(kind, { from = [], to = [], below, area, text = "" } = {}) {
  if (!asEditor()) return;
  const isLinked = from.length + to.length > 0;
  field({
    where: () => area || room(kind, below),
    value: text,
    label: `${LABEL[kind]}: type and press Enter`,
    again: { kind, from, to, below },
    done: (title, how) => {
      if (!title) {
        if (how === "escape" || how === "enter") svg.focus?.();
        return;
      }
      const { id } = addNode(kind, title, { from, to, below });
      if (!id) return;
      if (how === "enter") addHere(kind, { from, to, below: id });
      else if (how === "tab") addHere(stage(kind, 1), { from: [id] });
      else if (how === "back") addHere(stage(kind, -1), { to: [id] });
    },
    paste: (many) => {
      const all = column(kind);
      const ids = addMany(kind, many, from, below ?? all[all.length - 1]?.id ?? "");
      if (!ids.length) return;
      notice(`Added ${many.length} boxes to ${HEADING[kind].toLowerCase()}.`, "Undo", () => undo());
      focus(ids[0]);
    },
    offer: {
      links: isLinked,
      words: isLinked ? "Link to" : "Go to",
      without: [...from, ...to],
      take: (id) => {
        if (!isLinked) say(`${node(id)?.title} is on the map already`);
        for (const one of from) link(one, id);
        for (const one of to) link(id, one);
        focus(id);
      },
    },
  });
}

/** Asks for a box in the next stage that a box leads to, or in the stage before that leads to it. */
export function addLinked(id, by) {
  addHere(stage(node(id).kind, by), by > 0 ? { from: [id] } : { to: [id] });
}

/** Changes a title in its place. */
export function rename(id, text) {
  const n = node(id);
  if (!n || !state.picture.cards[id]) return;
  if (!asEditor()) return;
  const subject = `node ${id}`;
  const entered = n.title;
  field({
    where: () => state.picture.cards[id],
    value: text ?? n.title,
    label: "Title",
    again: { rename: id },
    done: (title, how) => {
      if (title && title !== entered) {
        const draft = { place: { subject, field: "title" }, text: title, entered };
        act({ do: "set", what: subject, field: "title", value: title, was: entered }, null, { drafts: [draft] });
      }
      if (how !== "leave") focus(id);
    },
  });
}

/** Opens what was being typed when the page was left. */
export function resume() {
  const was = kept("entry");
  if (!was || !mayEdit()) return;
  if (was.rename) {
    if (node(was.rename)) rename(was.rename, was.text);
  } else if (was.text) addHere(was.kind, was);
}

export const isTyping = () => open !== null;
