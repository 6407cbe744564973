// What is in a box of the picture: the server's piece or a sketch, and what the box is called for those who listen.

import { s, visible } from "./dom.js";
import { LABEL } from "./description.js";
import { shifted } from "./shifted.js";
import { findingsOf, isWaiting } from "./state.js";

/**
 * Puts the shape of an icon where the icon is used. A symbol that is used is to the browser a frame of its own with a
 * clip and a place: of a thousand boxes, these took a third of the time in which the map is painted.
 */
export function putIcons(art) {
  for (const use of art.querySelectorAll("use")) {
    const symbol = /** @type {any} */ (document.getElementById(use.getAttribute("xlink:href")?.slice(1)));
    const [shape, ...more] = symbol?.children ?? [];
    const [x, y, width] = ["x", "y", "width"].map((name) => Number(use.getAttribute(name)));
    if (!shape || more.length || width !== symbol.viewBox.baseVal.width) continue;
    const path = shifted(shape.getAttribute("d") || "", x, y);
    if (path) use.replaceWith(s("path", { d: path, class: use.getAttribute("class") }));
  }
}

/** The words that are to be seen in a box. */
export const wordsIn = (art) =>
  [...art.querySelectorAll("text")]
    .map((text) => text.textContent.trim())
    .join(" ")
    .replace(/\s+/g, " ");

/** What a box is called for those who listen: first what is seen in it, so that who speaks to the page can name it. */
export function spoken(n, seen) {
  const parts = [seen || "untitled", LABEL[n.kind]];
  const found = findingsOf(`node ${n.id}`).length;
  if (found) parts.push(`${found} ${found === 1 ? "thing" : "things"} to look at`);
  if (isWaiting(`node ${n.id}`)) parts.push("not saved yet");
  return parts.join(", ");
}

/** What is drawn of a box that the server has not drawn yet, or whose title is new. */
export function sketched(card) {
  const plate = s("rect", { class: `sketch sketch-${card.kind}`, width: card.w, height: card.h, rx: 6 });
  const top = (card.h - card.lines.length * 18) / 2 + 14;
  const text = card.lines.map((line, i) => {
    const one = s("text", { class: "sketch-words", x: 38, y: top + i * 18 });
    one.textContent = visible(line);
    return one;
  });
  return [plate, s("rect", { class: `sketch-strip sketch-${card.kind}`, width: 28, height: card.h, rx: 6 }), ...text];
}
