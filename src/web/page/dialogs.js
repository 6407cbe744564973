// What opens above the map: help, the tour, sharing, saving a copy, history, who is here.

import { $, button, h, notice } from "./dom.js";
import { act, returnTo } from "./actions.js";
import { asked } from "./description.js";
import { address, get, myself, present, remember, resolveFile, tidy } from "./server.js";
import { mayEdit, state } from "./state.js";

/** A dialog that is made anew each time it opens. */
function dialog(title, ...children) {
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

const KEYS = [
  ["Double-click, or the plus of a column", "add a box there"],
  ["Enter, while typing", "the next box below"],
  ["Tab, while typing", "a box in the next stage, already linked"],
  ["Drag from the arrow at a box’s side", "link it to another, or to a new box"],
  ["Drag a box", "order it, or move it to another stage"],
  ["Double-click a box, or F2", "rename it"],
  ["Paste a list", "many boxes at once"],
  ["Arrow keys", "go from box to box"],
  ["Alt and arrow keys", "move the box"],
  ["Enter", "its details"],
  ["N", "a new box below"],
  ["L", "link it by keyboard"],
  ["Delete", "take it away"],
  ["Ctrl Z, Ctrl Shift Z", "undo, and do again"],
  ["+, −, 0", "zoom, and see all"],
  ["Shift and arrow keys", "move the view"],
  ["/", "find a box"],
  ["F, O, P", "what is missing, outline, present"],
  ["?", "this list"],
];
$("help").addEventListener("click", () => {
  const there = dialog(
    "How it works",
    h(
      "dl",
      { class: "keys" },
      KEYS.map(([key, does]) => h("div", {}, h("dt", {}, key), h("dd", {}, does))),
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
});

const TOUR = [
  [
    "This is your map",
    "Money stands at the left, what you want to reach at the right. " +
      "Everyone in the room sees the same map, and every change is saved at once.",
  ],
  [
    "Add what you think of",
    "Double-click in a column, or press its plus. Type, press Enter, and go on with the next. " +
      "Tab takes you to the next stage, already linked.",
  ],
  [
    "Say what leads to what",
    "Point at a box, then drag the arrow at its side to another box. Click the line, and say why you believe it.",
  ],
  [
    "See what is missing",
    "The number at the top right counts what the map does not say yet. Each thing leads to its place. " +
      "Nothing has to be mended now.",
  ],
];
export function tour(at = 0) {
  remember("toured", "yes");
  const [title, text] = TOUR[at];
  const there = dialog(
    title,
    h("p", { class: "big" }, text),
    h(
      "div",
      { class: "buttons" },
      h("span", { class: "hint" }, `${at + 1} of ${TOUR.length}`),
      at > 0
        ? button("Back", () => {
            there.close();
            tour(at - 1);
          })
        : null,
      at < TOUR.length - 1
        ? button(
            "Next",
            () => {
              there.close();
              tour(at + 1);
            },
            { class: "main" },
          )
        : button("Begin", () => there.close(), { class: "main" }),
    ),
  );
  there.querySelector(".main").focus();
}

/** Asks who somebody is; shown to the others beside what they work on. */
export function whoAreYou(first) {
  const name = h("input", { type: "text", id: "my-name", value: myself().name, maxLength: 60, autocomplete: "name" });
  const form = h(
    "form",
    { method: "dialog" },
    h("p", {}, "Others see it beside the box that you are on, and in the history."),
    h("div", { class: "field" }, h("label", { for: "my-name" }, "Your name"), name),
    h("div", { class: "buttons" }, h("button", { class: "main" }, "Join")),
  );
  const there = dialog("Who are you?", form);
  there.addEventListener("close", () => {
    present({ name: name.value.trim() });
    if (first && !remember("toured") && mayEdit()) tour();
  });
  name.focus();
}
$("me").addEventListener("click", () => whoAreYou(false));

$("share").addEventListener("click", () => {
  const link = (label, url, which) =>
    url
      ? h(
          "section",
          { class: "share" },
          h("h3", {}, label),
          h(
            "div",
            { class: "row" },
            h("input", {
              type: "text",
              readOnly: true,
              value: url,
              "aria-label": label,
              onfocus: (e) => e.target.select(),
            }),
            button("Copy", async () => {
              try {
                await navigator.clipboard.writeText(url);
                notice("Copied.");
              } catch {
                notice("Press Ctrl C to copy the link.");
              }
            }),
          ),
          h("img", {
            src: address("/api/qr", { link: which }),
            alt: `QR code of the link: ${label.toLowerCase()}`,
            width: 160,
            height: 160,
          }),
        )
      : null;
  dialog(
    "Bring others in",
    link("To change the map", state.links.edit, "edit"),
    link("To see it only", state.links.view, "view"),
    state.links.loopback
      ? h(
          "p",
          { class: "hint" },
          "These links work on this computer alone. " +
            "For others in the room, close the workshop and begin it with --bind 0.0.0.0.",
        )
      : null,
  );
});

$("save").addEventListener("click", async () => {
  const { formats } = await get("/api/export").catch(() => ({ formats: [] }));
  dialog(
    "Take a copy",
    h(
      "ul",
      { class: "plain" },
      formats.map((f) =>
        h(
          "li",
          {},
          h(
            "a",
            { class: "button", href: address(`/api/export/${encodeURIComponent(f.name)}`), download: "" },
            f.label,
          ),
        ),
      ),
    ),
    h("p", { class: "hint" }, `The map itself is saved in ${state.file.name} with every change.`),
  );
});

const time = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });
$("history").addEventListener("click", async () => {
  const { entries, first } = await get("/api/history").catch((error) => {
    notice(error.message);
    return { entries: [] };
  });
  const there = dialog(
    "What was done",
    entries.length
      ? h(
          "ol",
          { class: "history", reversed: true },
          entries.map((e) =>
            h(
              "li",
              {},
              h("time", { dateTime: e.at }, time.format(new Date(e.at))),
              h(
                "span",
                {},
                h("strong", {}, e.name || "Somebody"),
                ` ${e.does === "edit" ? "" : `${e.does}: `}${e.label}`,
              ),
              mayEdit() && e.rev > first
                ? button(
                    "Before this",
                    async () => {
                      there.close();
                      await returnTo(e.rev - 1);
                    },
                    { class: "quiet", "aria-label": `Before this: go back to the map before “${e.label}”` },
                  )
                : null,
            ),
          ),
        )
      : h("p", { class: "empty" }, "Nothing yet."),
  );
});

$("tidy").addEventListener("click", () => tidy().catch((error) => notice(error.message)));

$("about").addEventListener("click", () => {
  const field = (name, label, rows) => {
    const control = rows
      ? h("textarea", { rows, id: `map-${name}`, value: state.map[name] || "" })
      : h("input", { type: "text", id: `map-${name}`, value: state.map[name] || "" });
    control.disabled = !mayEdit();
    control.addEventListener("change", () =>
      act({ do: "set", what: "map", field: name, value: control.value.trim() || null }),
    );
    return h("div", { class: "field" }, h("label", { for: `map-${name}` }, label), control);
  };
  dialog("About this map", asked("map").flat().map((ask) => field(ask.field, ask.label, ask.rows)));
});

/** Says that the file was changed outside, and offers both ways out. */
export function fileChanged({ state: how, why, readable }) {
  const bar = $("file-bar");
  bar.hidden = how !== "changed";
  if (how !== "changed") return;
  bar.replaceChildren(
    h("span", {}, why || "The file was changed outside the workshop."),
    ...(mayEdit()
      ? [
          readable === false
            ? null
            : button("Take what is in the file", () => resolveFile("theirs").catch((e) => notice(e.message))),
          button("Keep ours", () => resolveFile("ours").catch((e) => notice(e.message))),
        ].filter(Boolean)
      : []),
  );
}
