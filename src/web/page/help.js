// The help: what keys and gestures do, and the way round once more.

import { button, h } from "./dom.js";
import { dialog } from "./dialog.js";
import { tour } from "./dialogs.js";
import { remember } from "./end.js";
import { areLetters } from "./keys.js";

const KEYS = [
  ["Double-click, or the plus of a column", "add a box there"],
  ["Enter, while typing", "the next box below"],
  ["Tab, while typing", "what this leads to: a box in the next stage, linked"],
  ["Shift Tab, while typing", "what must have changed before: a box in the stage before, linked"],
  ["Drag from the arrow at the right of a box", "link it to what it leads to, or to a new box"],
  ["Drag from the arrow at the left of a box", "link it from what must have changed before"],
  ["Drag a box", "order it, or move it to another stage"],
  ["Double-click a box, or F2", "rename it"],
  ["Paste a list", "many boxes at once"],
  ["Shift and drag on the map, Shift-click, Ctrl A", "choose several boxes: with a frame, one more, all"],
  ["Ctrl and arrow keys, Ctrl Space or X", "go on without choosing; choose this one too, or not"],
  ["Ctrl C, X, V, D", "copy, cut, paste, duplicate, with the links among the boxes"],
  ["Right-click, long press, Shift F10", "what can be done here"],
  ["Arrow keys", "go from box to box"],
  ["Alt and arrow keys", "move the box"],
  ["Enter", "its details"],
  ["N", "a new box below"],
  ["L, Shift L", "link the box to another; link another to it"],
  ["Delete", "delete it"],
  ["Ctrl Z, Ctrl Shift Z", "undo, redo"],
  ["S", "show only the line of sight of the box"],
  ["W", "what would follow without the box, once What if is open; Escape leaves"],
  ["+, −, 0", "zoom, and see all"],
  ["Shift and arrow keys", "move the view"],
  ["/", "find a box"],
  ["F, O, P, V", "what is missing, outline, present, view"],
  ["?", "this list"],
];
/** What keys and gestures do. */
export function open() {
  const letters = h("input", { type: "checkbox", id: "letters", checked: areLetters() });
  letters.addEventListener("change", () => remember("letters", letters.checked ? "on" : "off"));
  const there = dialog(
    "Help",
    h(
      "dl",
      { class: "keys" },
      KEYS.map(([key, does]) => h("div", {}, h("dt", {}, key), h("dd", {}, does))),
    ),
    h(
      "div",
      { class: "field tick" },
      letters,
      h("label", { for: "letters" }, "Single letters are shortcuts while the map has the focus"),
    ),
    h(
      "div",
      { class: "buttons" },
      button("Show me round", () => {
        there.close();
        tour();
      }),
    ),
  );
}
