// Parts of the page that are drawn again and again: an element stays the same one from drawing to drawing, so what
// somebody types in it, where they are in it and where they scrolled to stay too.

import { h as make, render, useEffect, useLayoutEffect, useRef, useState, Component } from "./vendor/preact.js";
import { visible } from "./dom.js";
import { watch } from "./state.js";

export { render, useEffect, useLayoutEffect, useRef, useState, Component };

/** Properties that people read and the page does not. */
const READ = ["title", "aria-label", "label", "placeholder"];

const shown = (child) => (typeof child === "string" ? visible(child) : Array.isArray(child) ? child.map(shown) : child);

/** An element, or a part of the page, with properties and children. Text is always text. */
export function h(tag, properties, ...children) {
  const given = { ...properties };
  if (typeof tag === "string") for (const name of READ) if (given[name]) given[name] = visible(given[name]);
  return make(tag, given, ...children.map(shown));
}

/** Draws the part that calls it again whenever something of that is new. */
export function useNews(...what) {
  const [, again] = useState(0);
  useLayoutEffect(() => watch((news) => what.some((one) => news.has(one)) && again((n) => n + 1)), []);
}

/** A button. */
export const Button = ({ does, children, ...more }) =>
  h("button", { type: "button", onClick: does, ...more }, children);
