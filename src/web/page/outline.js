// The same map as nested lists: to read and change it without seeing it, or without pointing.

import { $, say } from "./dom.js";
import { addNode, link, remove } from "./actions.js";
import { askFor, HEADING, KINDS, LABEL } from "./description.js";
import { drafts, drop, finish, type } from "./drafting.js";
import { isTyping } from "./entry.js";
import { choose, column, intoNode, keyFor, mayEdit, node, outOf, owner, state, subjectOf } from "./state.js";
import { write } from "./typed.js";
import { Button, Component, h, render, useNews, useState } from "./ui.js";

const place = $("outline");

const names = (links, end) =>
  links.length ? links.map((l) => node(l[end])?.title || l[end]).join("; ") : "nothing yet";

const details = (subject) => {
  choose(subject);
  document.dispatchEvent(new Event("open-panel"));
};

/** The title of a box, as a field. */
function Title({ n }) {
  const at = { subject: `node ${n.id}`, field: "title" };
  const draft = drafts.get(at);
  return h("input", {
    type: "text",
    value: draft ? draft.text : write(askFor("node", "title"), n.title),
    "aria-label": `Title of ${LABEL[n.kind].toLowerCase()} ${n.title}`,
    "data-out": `${n.id} title`,
    disabled: !mayEdit(),
    onInput: (event) => type(at, event.currentTarget.value),
    onBlur: (event) => document.activeElement !== event.currentTarget && finish(at),
    onKeyDown: (event) => {
      if (event.key === "Enter") finish(at);
      if (event.key === "Escape") drop(at);
    },
  });
}

/** Where a link may go: the list is made when it is opened, for it is as long as the map. */
function Picker({ n, toward }) {
  const [isOpen, setOpen] = useState(false);
  const links = toward === "to" ? outOf(n.id) : intoNode(n.id);
  const words = toward === "to" ? "Link to…" : "Link from…";
  const fill = () => setOpen(true);
  const targets = isOpen
    ? KINDS.map((kind) => [
        kind,
        column(kind).filter((other) => other.id !== n.id && !links.some((one) => one[toward] === other.id)),
      ])
    : [];
  return h(
    "select",
    {
      "aria-label": `${toward === "to" ? `Link ${n.title} to` : `Link to ${n.title} from`}`,
      "data-out": `${n.id} link ${toward}`,
      value: "",
      onFocus: fill,
      onPointerDown: fill,
      onChange: (event) => {
        const other = event.currentTarget.value;
        event.currentTarget.value = "";
        if (!other) return;
        const { chosen } = state;
        if (toward === "to") link(n.id, other);
        else link(other, n.id);
        choose(chosen);
      },
    },
    h("option", { value: "" }, words),
    targets.map(([kind, boxes]) =>
      h(
        "optgroup",
        { label: HEADING[kind], key: kind },
        boxes.map((t) => h("option", { value: t.id, key: t.id }, t.title)),
      ),
    ),
  );
}

/** What is to be seen of a box, as a text: where it is the same, nothing is drawn again. */
const looks = (n) =>
  JSON.stringify([
    n.title,
    n.kind,
    n.owner && owner(n.owner)?.name,
    outOf(n.id).map((l) => [l.to, node(l.to)?.title, l.rationale]),
    intoNode(n.id).map((l) => node(l.from)?.title),
    state.chosen === `node ${n.id}`,
    mayEdit(),
    drafts.get({ subject: `node ${n.id}`, field: "title" })?.text,
  ]);

class Item extends /** @type {any} */ (Component) {
  shouldComponentUpdate({ n }) {
    const now = looks(n);
    const isNew = now !== this.seen || n.id !== this.props.n.id;
    this.seen = now;
    return isNew;
  }

  render({ n }) {
    this.seen ??= looks(n);
    const subject = `node ${n.id}`;
    const after = (event) => {
      const item = event.currentTarget.closest("li");
      const next = item.nextElementSibling || item.previousElementSibling;
      const target = next?.querySelector("input") || $(`out-${n.kind}`);
      remove(subject);
      requestAnimationFrame(() => target?.focus());
    };
    return h(
      "li",
      { class: state.chosen === subject ? "chosen" : "" },
      h(
        "div",
        { class: "line" },
        h(Title, { n }),
        h(
          Button,
          { does: () => details(subject), "aria-label": `Details of ${n.title}`, "data-out": `${n.id} details` },
          "Details",
        ),
        mayEdit() ? h(Picker, { n, toward: "to" }) : null,
        mayEdit() ? h(Picker, { n, toward: "from" }) : null,
        mayEdit()
          ? h(
              Button,
              { does: after, class: "quiet", "aria-label": `Delete ${n.title}`, "data-out": `${n.id} delete` },
              "Delete",
            )
          : null,
      ),
      h(
        "ul",
        {},
        n.owner ? h("li", {}, `Owner: ${owner(n.owner)?.name || n.owner}`) : null,
        h("li", {}, `What must have changed before: ${names(intoNode(n.id), "from")}`),
        outOf(n.id).length ? null : h("li", {}, "Leads to: nothing yet"),
        outOf(n.id).map((l) =>
          h(
            "li",
            { key: l.to },
            h(
              Button,
              { class: "text", does: () => details(subjectOf("link", l)) },
              l.rationale
                ? `Leads to ${node(l.to)?.title}, because ${l.rationale}`
                : `Leads to ${node(l.to)?.title}: no reason yet`,
            ),
          ),
        ),
      ),
    );
  }
}

/** The field for a new box of a stage. */
function Adder({ kind }) {
  const [text, setText] = useState("");
  return h(
    "form",
    {
      onSubmit: (event) => {
        event.preventDefault();
        const title = text.trim();
        if (!title) return;
        setText("");
        addNode(kind, title);
        say(`Added ${title}`);
      },
    },
    h("label", { for: `out-${kind}` }, `New ${LABEL[kind].toLowerCase()}`),
    h("input", {
      type: "text",
      id: `out-${kind}`,
      "data-out": `add ${kind}`,
      maxLength: 2000,
      value: text,
      onInput: (event) => setText(event.currentTarget.value),
    }),
    h("button", { type: "submit" }, "Add"),
  );
}

function Outline() {
  useNews("map", "picture", "chosen", "drafts");
  return [
    h("h2", { class: "sr", id: "outline-title", tabindex: "-1" }, "Outline of the map"),
    KINDS.map((kind) => {
      const list = column(kind);
      return h(
        "section",
        { "aria-labelledby": `head-${kind}`, class: kind, key: kind },
        h("h3", { id: `head-${kind}` }, `${HEADING[kind]} (${list.length})`),
        list.length
          ? h(
              "ul",
              { class: "boxes" },
              list.map((n) => h(Item, { key: keyFor(n.id), n })),
            )
          : h("p", { class: "empty" }, "None on this map."),
        mayEdit() ? h(Adder, { kind }) : null,
      );
    }),
  ];
}

/** Opens the outline, or closes it. */
export function toggle() {
  if (isTyping()) return;
  const open = place.hidden;
  place.hidden = !open;
  $("stage").hidden = open;
  $("outline-button").setAttribute("aria-pressed", String(open));
  document.body.classList.toggle("outlined", open);
  // It is there only while it is open: on a large map it is long.
  render(open ? h(Outline) : null, place);
  if (open) requestAnimationFrame(() => $("outline-title")?.focus());
}
