// What opens above the map: the tour, sharing, saving a copy, history, who is here.

import { $, button, h, notice } from "./dom.js";
import { remove, start } from "./actions.js";
import { ask as question_, sure } from "./asking.js";
import { dialog } from "./dialog.js";
import { address, ask, myself, present, remember, resolveFile, tidy } from "./end.js";
import { Fields } from "./fields.js";
import { copy } from "./outbox.js";
import { keyFor, mayEdit, state } from "./state.js";
import { Button, h as part, render, useNews } from "./ui.js";

const TOUR = [
  [
    "This is your map",
    "Money is at the left, what you want to reach at the right. " +
      "Everyone in the room sees the same map, and every change is saved at once.",
  ],
  [
    "Add what you think of",
    "Double-click in a column, or press its plus. Type, press Enter, and go on with the next. " +
      "Tab takes you to the next stage, already linked.",
  ],
  [
    "Say what leads to what",
    "Point at a box, then drag the arrow at its right side to what it leads to, or the one at its left side to what " +
      "must change before. Click the line, and say why you believe it.",
  ],
  [
    "See what is missing",
    "The number at the top right counts what the map does not say yet. Each thing leads to its place. " +
      "Nothing has to be corrected now.",
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
            button("Copy", () => copy(url)),
          ),
          h("img", {
            src: address("/api/qr", { link: which }),
            alt: `QR code of the link: ${label.toLowerCase()}`,
            width: 260,
            height: 260,
          }),
        )
      : null;
  dialog(
    "Share",
    link("To change the map", state.links.edit, "edit"),
    link("To view it", state.links.view, "view"),
    state.links.loopback
      ? h(
          "p",
          { class: "hint" },
          "These links work on this computer only. " +
            "For others in the room, close the workshop and start it again with --bind 0.0.0.0.",
        )
      : null,
  );
});

$("save").addEventListener("click", async () => {
  const { formats } = await ask("/api/export").catch(() => ({ formats: [] }));
  const there = dialog(
    "Export",
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
    button("End the workshop…", () => {
      there.close();
      document.dispatchEvent(new Event("finish"));
    }),
  );
});

$("tidy").addEventListener("click", () => tidy().catch((error) => notice(error.message)));

/** The records of a sort, such as owners, each with its fields. */
function People({ sort, title, words, question }) {
  const all = [...(state.lists[sort]?.values() || [])];
  const add = async () => {
    const name = await question_(question, "Name or role, such as Director of Place");
    if (name) start({ do: "add", what: sort, fields: { name } });
  };
  return part(
    "details",
    { class: "part" },
    part("summary", {}, `${title} (${all.length})`),
    all.map((one) =>
      part(
        "fieldset",
        { class: "nested", key: keyFor(one.id) },
        part("legend", {}, one.name),
        part(Fields, { subject: `${sort} ${one.id}` }),
        mayEdit()
          ? part(Button, { class: "quiet", does: () => remove(`${sort} ${one.id}`) }, `Delete ${one.name}`)
          : null,
      ),
    ),
    mayEdit() ? part(Button, { does: add }, words) : null,
  );
}

/** Parts of what is said of the map that fold. */
const ABOUT = [
  ["document", "Document control"],
  ["appraisal", "Economic appraisal"],
];

function About() {
  useNews("map", "drafts", "people");
  const [who, which] = ["Who is it?", "Which partner?"];
  return [
    part(Fields, { subject: "map" }),
    ABOUT.map(([name, title]) =>
      part(
        "details",
        { class: "part", key: name },
        part("summary", {}, title),
        part(Fields, { subject: "map", part: name }),
      ),
    ),
    part(People, { sort: "owner", title: "Owners", words: "Add a person", question: who }),
    part(People, { sort: "partner", title: "Partners", words: "Add a partner", question: which }),
  ];
}
/** What is known of the map as a whole; opened at a field. */
function about(field, subject = "map") {
  const place = h("div");
  const there = dialog("About this map", place);
  render(part(About), place);
  there.addEventListener("close", () => render(null, place));
  if (field)
    requestAnimationFrame(() => {
      const all = [...place.querySelectorAll("[data-field]")];
      const control = all.find((one) => one.dataset.field.startsWith(`${subject} ${field}`));
      const fold = control?.closest("details");
      if (fold) fold.open = true;
      control?.focus();
    });
}
$("about").addEventListener("click", () => about());
document.addEventListener("about", (/** @type {CustomEvent} */ event) =>
  about(event.detail.field || "title", event.detail.subject),
);

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
