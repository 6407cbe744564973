// The menu of what may be done to a box, to several, to a link or at a place of the map: by the right button, by a long
// press, and by the menu key or Shift F10.

import { $, active, button, h, quoted } from "./dom.js";
import { remove, turn } from "./actions.js";
import { boxAt, element, fit, focus, sight, svg, toScreen, toWorld } from "./canvas.js";
import { copy, cut, duplicate, paste } from "./clipboard.js";
import { addHere, addLinked, rename } from "./entry.js";
import { HEADING, KINDS } from "./description.js";
import { startLinking, startMoving } from "./keys.js";
import { everything, only } from "./look.js";
import { all, choosing, isPicked, several, targets, toggle } from "./select.js";
import { boxes, removeAll } from "./several.js";
import { choose, mayEdit, node, state } from "./state.js";
import { open as openTable } from "./tables.js";

/** How long a finger rests before the menu opens, in ms, and how far it may shake, in px. */
const REST = 550;
const SHAKE = 8;

let open = null;

function close() {
  if (!open) return;
  const { menu, before } = open;
  open = null;
  menu.remove();
  if (before?.isConnected) before.focus?.({ preventScroll: true });
}

/** Opens a menu of words and what each does; `null` parts them. */
function show(at, label, items) {
  close();
  const before = active();
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, tabIndex: -1 });
  for (const item of items) {
    if (!item) {
      if (menu.lastChild?.getAttribute("role") === "menuitem") menu.append(h("div", { role: "separator" }));
      continue;
    }
    const [words, does, key] = item;
    const one = button(
      words,
      () => {
        close();
        does();
      },
      { role: "menuitem", tabIndex: -1 },
    );
    if (key) one.append(h("kbd", { "aria-hidden": "true" }, key));
    menu.append(one);
  }
  if (menu.lastChild?.getAttribute("role") === "separator") menu.lastChild.remove();
  document.querySelector("main").append(menu);
  open = { menu, before };
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(4, Math.min(at.x, innerWidth - width - 4))}px`;
  menu.style.top = `${Math.max(4, Math.min(at.y, innerHeight - height - 4))}px`;
  menu.firstElementChild?.focus();
  menu.addEventListener("keydown", (event) => {
    const list = [...menu.querySelectorAll("[role=menuitem]")];
    const now = list.indexOf(active());
    const to = {
      ArrowDown: (now + 1) % list.length,
      ArrowUp: (now - 1 + list.length) % list.length,
      Home: 0,
      End: list.length - 1,
    }[event.key];
    event.stopPropagation();
    if (to !== undefined) list[to].focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else if (event.key.length === 1) {
      const begins = (one) => one.textContent.toLowerCase().startsWith(event.key.toLowerCase());
      [...list.slice(now + 1), ...list.slice(0, now + 1)].find(begins)?.focus();
      if (event.key === " ") return;
    } else return;
    event.preventDefault();
  });
}
document.addEventListener(
  "pointerdown",
  (event) => {
    if (open && !open.menu.contains(event.target)) close();
  },
  true,
);
for (const kind of ["blur", "resize"]) addEventListener(kind, close);

const ifEditor = (...items) => (mayEdit() ? items : []);

/** What may be done to one box. */
function ofBox(id) {
  return [
    ["Details", () => document.dispatchEvent(new Event("open-panel")), "Enter"],
    ...ifEditor(
      ["Rename", () => rename(id), "F2"],
      null,
      ["Add what it leads to", () => addLinked(id, 1)],
      ["Add what must change before", () => addLinked(id, -1)],
      ["Link it to another box", () => startLinking(id), "L"],
      ["Link another box to it", () => startLinking(id, "from"), "Shift L"],
    ),
    null,
    ["Copy", copy, "Ctrl C"],
    ...ifEditor(["Cut", cut, "Ctrl X"], ["Duplicate", duplicate, "Ctrl D"], ["Paste", paste, "Ctrl V"]),
    null,
    [
      "Choose several…",
      () => {
        choosing(true);
        focus(id);
      },
    ],
    ["Line of sight", () => sight(), "S"],
    ["Show only its chains", () => only([id])],
    ["What if it is left out", () => document.dispatchEvent(new CustomEvent("what-if", { detail: [id] })), "W"],
    null,
    ...ifEditor(["Delete", () => remove(`node ${id}`), "Delete"]),
  ];
}

/** What may be done to several boxes. */
function ofSeveral(ids, id) {
  const go = (field) => () => {
    document.dispatchEvent(new Event("open-panel"));
    requestAnimationFrame(() => $(field)?.focus());
  };
  return [
    ...ifEditor(
      ["Set the owner of all…", go("several-owner")],
      ["Set the stage of all…", go("several-stage")],
      ["Tag all…", go("several-tag")],
    ),
    null,
    ["Copy", copy, "Ctrl C"],
    ...ifEditor(["Cut", cut, "Ctrl X"], ["Duplicate", duplicate, "Ctrl D"]),
    null,
    ["Show only their chains", () => only(ids)],
    ...(id ? [["Take this one out", () => toggle(id)]] : []),
    ["Choose none", () => choose(null), "Esc"],
    null,
    ...ifEditor([`Delete ${boxes(ids.length)}`, () => removeAll(ids), "Delete"]),
  ];
}

/** What may be done to a link. */
function ofLink(subject) {
  return [
    ["Why? Details", () => document.dispatchEvent(new CustomEvent("open-panel", { detail: "rationale" }))],
    ...ifEditor(
      null,
      ["Turn link round", () => turn(subject)],
      ["Change where it leads…", () => startMoving(subject, "to")],
      ["Change where it begins…", () => startMoving(subject, "from")],
      null,
      ["Delete link", () => remove(subject), "Delete"],
    ),
  ];
}

/** What may be done at an empty place. */
function ofPlace(at) {
  const p = toWorld(at.x, at.y);
  const area = (state.picture.columns || []).find((c) => p.x >= c.x && p.x <= c.x + c.w);
  const kind = area?.kind || KINDS[0];
  return [
    ...ifEditor(
      [`Add to ${HEADING[kind].toLowerCase()}`, () => addHere(kind), "N"],
      ["Paste", paste, "Ctrl V"],
      ["Add a table…", () => openTable()],
    ),
    null,
    ["Choose all boxes", all, "Ctrl A"],
    ["Choose several…", () => choosing(true)],
    ["See all", () => fit(), "0"],
    ["Show all boxes", everything],
    ["Colour, filter, dark…", () => $("look-button").click(), "V"],
    ["Find a box", () => $("search").focus(), "/"],
  ];
}

/** Opens the menu of what is at a point; `id` or `link` says what that is. */
function menuAt(at, id, link) {
  if (id && isPicked(id)) return show(at, `${several().length} boxes`, ofSeveral(several(), id));
  if (id) {
    focus(id);
    return show(at, quoted(node(id)?.title || ""), ofBox(id));
  }
  if (link) {
    choose(link);
    return show(at, "Link", ofLink(link));
  }
  const ids = several();
  return ids.length ? show(at, `${ids.length} boxes`, ofSeveral(ids)) : show(at, "Map", ofPlace(at));
}

/** What lies at a point of the window. */
function under(at) {
  const hit = /** @type {any} */ (document.elementFromPoint(at.x, at.y));
  return { id: boxAt({ clientX: at.x, clientY: at.y }), link: hit?.closest?.("[data-link]")?.dataset.link };
}

/** When the menu was opened by a key or by a finger: the browser may ask for it once more. */
let opened = -1000;
svg.addEventListener("contextmenu", (event) => {
  event.preventDefault();
  if (open && performance.now() - opened < 800) return;
  document.dispatchEvent(new Event("let-go"));
  const at = { x: event.clientX, y: event.clientY };
  const { id, link } = under(at);
  menuAt(at, id, link);
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return;
    if (!svg.contains(active()) && active() !== document.body) return;
    event.preventDefault();
    event.stopPropagation();
    opened = performance.now();
    const id = active()?.dataset?.node ?? targets()[0];
    const link = state.chosen?.startsWith("link ") ? state.chosen : undefined;
    const box = (id && element(id) ? element(id) : svg).getBoundingClientRect();
    const route = link && Object.values(state.picture.routes).find((one) => `link ${one.from} -> ${one.to}` === link);
    const card = route && state.picture.cards[route.to];
    const at = card ? toScreen(card.x, card.y + card.h / 2) : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    menuAt(at, id, id ? undefined : link);
  },
  true,
);

// A finger that rests.
let timer = 0;
let from = null;
const stop = () => {
  clearTimeout(timer);
  from = null;
};
svg.addEventListener("pointerdown", (event) => {
  stop();
  if (event.pointerType !== "touch" || !event.isPrimary) return;
  const at = { x: event.clientX, y: event.clientY };
  from = at;
  timer = setTimeout(() => {
    stop();
    opened = performance.now();
    const { id, link } = under(at);
    document.dispatchEvent(new Event("let-go"));
    menuAt(at, id, link);
  }, REST);
});
svg.addEventListener("pointermove", (event) => {
  if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > SHAKE) stop();
});
for (const kind of ["pointerup", "pointercancel"]) svg.addEventListener(kind, stop);
