// Lines of the picture that have moved: where they are drawn, and where they take the pointer. Nobody waits for either.

import { put } from "./dom.js";

/** Lines that have moved and are not drawn so yet, and those that do not take the pointer there yet. */
const late = new Set();
const unheld = new Set();
/** Draws a line where it belongs. */
export function draw(there) {
  const { route, drawn } = there;
  late.delete(there);
  if (drawn.head !== route.head) there.head.setAttribute("d", route.head);
  if (drawn.line !== route.line) there.line.setAttribute("d", route.line);
  there.drawn = { head: route.head, line: route.line };
}
/** Lets a line take the pointer where it belongs. */
export function hold(there) {
  unheld.delete(there);
  put(there.hit, "d", there.route.line);
}
export function drawLate() {
  for (const there of late) {
    draw(there);
    unheld.add(there);
  }
  if (unheld.size) holdSome();
}
/** So many lines at a time take the pointer where they now are, and so long a pause follows, in ms. */
const HELD_AT_ONCE = 300;
const PAUSE = 25;
let pause = 0;
/** A few of them at a time: what somebody types meanwhile does not wait for all. Not when the browser is idle: some
 * never say so on a page where somebody has just typed. */
function holdSome() {
  clearTimeout(pause);
  pause = setTimeout(() => {
    for (const there of [...unheld].slice(0, HELD_AT_ONCE)) hold(there);
    if (unheld.size) holdSome();
  }, PAUSE);
}

/** Draws lines where they belong once what is new beside them is painted. */
export function drawSoon(lines) {
  for (const there of lines) late.add(there);
  if (late.size) requestAnimationFrame(() => setTimeout(drawLate));
}

/** A line that is there no more. */
export function forget(there) {
  late.delete(there);
  unheld.delete(there);
}
