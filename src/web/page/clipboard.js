// Copy, cut, paste and duplicate: boxes with the links among them, also from one window to another.

import { active, notice } from "./dom.js";
import { asEditor } from "./actions.js";
import { copied, fromText, MOST_BYTES, pasted, toText } from "./clip.js";
import { KINDS, LABEL } from "./description.js";
import { added, boxes, freeIds, removeAll } from "./several.js";
import { isOnMap, targets } from "./select.js";
import { node, owner, state } from "./state.js";

/** What was copied last on this page, for where a page may not read the clipboard. */
let last = null;

const cell = (text) => String(text ?? "").replace(/\s+/g, " ");
const escape = (text) => cell(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Copied boxes as a table, for documents and spreadsheets. */
function asTable(nodes) {
  const rows = nodes.map((n) => [LABEL[n.kind], n.title, (n.owner && owner(n.owner)?.name) || ""]);
  const line = (cells, tag) => `<tr>${cells.map((one) => `<${tag}>${escape(one)}</${tag}>`).join("")}</tr>`;
  return `<table>${line(["Stage", "Title", "Owner"], "th")}${rows.map((row) => line(row, "td")).join("")}</table>`;
}

/** Puts boxes on the clipboard, in an event of the browser. */
function put(event, ids) {
  const what = copied(state.map, ids);
  last = toText(what);
  event.clipboardData.setData("text/plain", last);
  event.clipboardData.setData("text/html", asTable(what.nodes));
  event.preventDefault();
}

/** Whether words of the page are chosen, which the browser copies. */
const areWords = () => Boolean(getSelection()?.toString());
const isMine = () => isOnMap() && !areWords() && targets().length > 0;

document.addEventListener("copy", (event) => {
  if (event.defaultPrevented || !(isOurs || isMine())) return;
  const ids = targets();
  if (!ids.length) return;
  put(event, ids);
  if (!isCut) notice(`Copied ${boxes(ids.length)}. Paste here, or on the page of another workshop.`);
});
document.addEventListener("cut", (event) => {
  if (!isMine() || !asEditor()) return;
  const ids = targets();
  put(event, ids);
  removeAll(ids, "cut");
});

let isOurs = false;
let isCut = false;
/** Copies what is chosen, from a button or a menu. */
export function copy() {
  isOurs = true;
  // Where the browser gives the page no event, the page still has what was copied.
  last = toText(copied(state.map, targets()));
  document.execCommand("copy");
  isOurs = false;
}
export function cut() {
  const ids = targets();
  if (!ids.length || !asEditor()) return;
  isCut = true;
  copy();
  isCut = false;
  removeAll(ids, "cut");
}

const sentence = (count, links) => `${boxes(count)}${links ? ` and ${links} ${links === 1 ? "link" : "links"}` : ""}`;

/** Puts copied boxes into the map; `isBelow` under those that they are copies of. */
function put_(clip, does, isBelow) {
  if (!asEditor()) return;
  const wrong = clip.nodes.find((n) => !KINDS.includes(n.kind));
  if (wrong) {
    notice(
      "The boxes on the clipboard are from another program or another version: one has a stage that is not known.",
    );
    return;
  }
  const below = (id) => {
    const there = isBelow && node(id);
    return there && clip.nodes.some((n) => n.id === id && n.kind === there.kind) ? id : undefined;
  };
  const { edits, ids } = pasted(clip, state.map, freeIds(), below);
  const label = `${does} ${sentence(ids.length, clip.links.length)}`;
  const size = new TextEncoder().encode(JSON.stringify(edits)).length;
  if (size > MOST_BYTES) {
    const most = Math.max(1, Math.floor((ids.length * MOST_BYTES) / size));
    notice(`These are ${boxes(ids.length)}, and about ${most} can be added at a time. Nothing was added. Copy fewer.`);
    return;
  }
  added(label, edits, ids);
}

/** Makes a copy of what is chosen, with the links among the boxes. */
export function duplicate() {
  const ids = targets();
  if (ids.length) put_(JSON.parse(toText(copied(state.map, ids))), "duplicate", true);
}

/** Takes a text from a clipboard; whether it held boxes. */
export function takeBoxes(text) {
  const clip = fromText(text);
  if (!clip) return false;
  if (clip instanceof Error) notice(clip.message);
  else put_(clip, "paste", true);
  return true;
}

document.addEventListener(
  "paste",
  (event) => {
    const text = event.clipboardData?.getData("text/plain") || "";
    if (active()?.matches?.(".entry")) {
      // The words of a title are wanted there.
      if (!fromText(text)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      notice("Boxes were copied, not words. Press Escape, then paste them on the map.");
      return;
    }
    if (!isOnMap() || !takeBoxes(text)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

/** Pastes from a menu. */
export async function paste() {
  let text = null;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    /* Not every page may read it; what was copied here is known all the same. */
  }
  if (text && takeBoxes(text)) return;
  if (text) {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    active()?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  } else if (last) takeBoxes(last);
  else notice("The browser does not let this page read the clipboard. Press Ctrl V instead.");
}

document.addEventListener(
  "keydown",
  (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "d") return;
    if (!isOnMap() || !targets().length) return;
    event.preventDefault();
    duplicate();
  },
  true,
);

const WAYS = { copy, cut, duplicate };
document.addEventListener("clip", (/** @type {CustomEvent} */ event) => WAYS[event.detail]?.());
