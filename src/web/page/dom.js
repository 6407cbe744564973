// Building and finding elements. Text always goes in as text, so what stands in a map can never become markup.

/** A text as it may be shown: characters that turn the direction of others, and controls, become one that can be seen,
 * as in pictures. */
export const visible = (text) =>
  String(text).replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g,
    "\ufffd",
  );

/** Properties that people read and the page does not. */
const READ = new Set(["title", "aria-label", "label", "textContent"]);

/** An element with properties and children; texts and `null`s may stand among the children. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, given] of Object.entries(properties)) {
    const value = READ.has(name) && typeof given === "string" ? visible(given) : given;
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== "string") element[name] = value;
    else if (name === "value" || name === "textContent") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(4))
    if (child !== null && child !== undefined && child !== false)
      element.append(child instanceof Node ? child : visible(child));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element with attributes. */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Sets an attribute where it differs: one that is set again has the browser style and paint its element again. */
export function put(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** The elements of a piece of SVG that the server drew and escaped. */
export function pieces(text) {
  const room = document.createElementNS(SVG, "g");
  room.innerHTML = text;
  return [...room.childNodes];
}

/** The element that has the focus. @returns {any} */
export const active = () => document.activeElement;

/** An element of the page by its id. @returns {any} */
export const $ = (id) => document.getElementById(id);

/** Says something to those who listen instead of look. */
export function say(text) {
  const place = $("said");
  place.textContent = "";
  requestAnimationFrame(() => {
    place.textContent = visible(text);
  });
}

let timer = 0;
/** A short notice at the foot of the page, with one thing that may be done about it. */
export function notice(text, label, action, ms = 8000) {
  const place = $("notice");
  place.replaceChildren(h("span", {}, text));
  if (label)
    place.append(
      h(
        "button",
        {
          type: "button",
          onclick: () => {
            place.hidden = true;
            action();
          },
        },
        label,
      ),
    );
  place.append(
    h(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": "Close this notice",
        onclick: () => {
          place.hidden = true;
        },
      },
      "×",
    ),
  );
  // What is open over the page shades all below it, so the notice goes there and comes back with it.
  const over = [...document.querySelectorAll("dialog[open]")].pop() || document.body;
  if (place.parentNode !== over) over.append(place);
  place.hidden = false;
  say(text);
  clearTimeout(timer);
  if (ms)
    timer = setTimeout(() => {
      place.hidden = true;
    }, ms);
}

document.addEventListener(
  "close",
  (event) => {
    const place = $("notice");
    if (/** @type {Node} */ (event.target).contains(place)) document.body.append(place);
  },
  true,
);

/** Whether the person asked for less motion. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A button. */
export const button = (label, onclick, more = {}) => h("button", { type: "button", onclick, ...more }, label);

/** A text in quotes, cut where it is long. */
export const quoted = (text) => `“${text.length > 60 ? `${text.slice(0, 57)}…` : text || "untitled"}”`;
