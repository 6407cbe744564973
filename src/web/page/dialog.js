// What opens above the map.

import { button, h } from "./dom.js";

/** A dialog that is made again each time it opens. */
export function dialog(title, ...children) {
  const there = h(
    "dialog",
    { "aria-labelledby": "dialog-title" },
    h(
      "div",
      { class: "head" },
      h("h2", { id: "dialog-title" }, title),
      button("×", () => there.close(), { class: "quiet", "aria-label": "Close" }),
    ),
    ...children,
  );
  there.addEventListener("close", () => there.remove());
  there.addEventListener("click", (event) => {
    if (event.target === there) there.close();
  });
  document.body.append(there);
  there.showModal();
  return there;
}
