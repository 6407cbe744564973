// The same map as nested lists: to read and change it without seeing it, or without pointing.

import { $, button, h, say } from "./dom.js";
import { addNode, link, remove, set } from "./actions.js";
import { HEADING, KINDS, LABEL } from "./description.js";
import { choose, column, intoNode, mayEdit, node, outOf, owner, state, subjectOf, watch } from "./state.js";

const place = $("outline");

function names(links, end) {
  return links.length ? links.map((l) => node(l[end])?.title || l[end]).join("; ") : "nothing yet";
}

function item(n) {
  const subject = `node ${n.id}`;
  const title = h("input", {
    type: "text",
    value: n.title,
    "aria-label": `Title of ${LABEL[n.kind].toLowerCase()} ${n.title}`,
    "data-out": `${n.id} title`,
    disabled: !mayEdit(),
  });
  title.addEventListener("change", () => title.value.trim() && set(subject, "title", title.value.trim(), n.title));
  const targets = KINDS.flatMap((kind) => column(kind)).filter(
    (other) => other.id !== n.id && !outOf(n.id).some((l) => l.to === other.id),
  );
  const pick = h(
    "select",
    { "aria-label": `Link ${n.title} to`, "data-out": `${n.id} link` },
    h("option", { value: "" }, "Link to…"),
    KINDS.map((kind) =>
      h(
        "optgroup",
        { label: HEADING[kind] },
        targets.filter((t) => t.kind === kind).map((t) => h("option", { value: t.id }, t.title)),
      ),
    ),
  );
  pick.addEventListener("change", async () => {
    const to = pick.value;
    if (!to) return;
    const chosen = state.chosen;
    await link(n.id, to);
    choose(chosen);
  });
  return h(
    "li",
    { class: state.chosen === subject ? "chosen" : "" },
    h(
      "div",
      { class: "line" },
      title,
      button(
        "Details",
        () => {
          choose(subject);
          document.dispatchEvent(new Event("open-panel"));
        },
        { "aria-label": `Details of ${n.title}`, "data-out": `${n.id} details` },
      ),
      mayEdit() ? pick : null,
      mayEdit()
        ? button("Delete", () => remove(subject), {
            class: "quiet",
            "aria-label": `Delete ${n.title}`,
            "data-out": `${n.id} delete`,
          })
        : null,
    ),
    h(
      "ul",
      {},
      n.owner ? h("li", {}, `Owner: ${owner(n.owner)?.name || n.owner}`) : null,
      h("li", {}, `Rests on: ${names(intoNode(n.id), "from")}`),
      outOf(n.id).length ? null : h("li", {}, "Leads to: nothing yet"),
      outOf(n.id).map((l) =>
        h(
          "li",
          {},
          h(
            "button",
            {
              type: "button",
              class: "text",
              onclick: () => {
                choose(subjectOf("link", l));
                document.dispatchEvent(new Event("open-panel"));
              },
            },
            l.rationale
              ? `Leads to ${node(l.to)?.title}, because ${l.rationale}`
              : `Leads to ${node(l.to)?.title}: why is not said yet`,
          ),
        ),
      ),
    ),
  );
}

function draw() {
  if (place.hidden) return;
  const focused = place.contains(document.activeElement)
    ? { key: document.activeElement.dataset.out, value: document.activeElement.value }
    : null;
  place.replaceChildren(
    h("h2", { class: "sr", id: "outline-title", tabindex: "-1" }, "Outline of the map"),
    ...KINDS.map((kind) => {
      const field = h("input", { type: "text", id: `out-${kind}`, "data-out": `add ${kind}`, maxLength: 2000 });
      const form = h(
        "form",
        {},
        h("label", { for: `out-${kind}` }, `New ${LABEL[kind].toLowerCase()}`),
        field,
        h("button", { type: "submit" }, "Add"),
      );
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const title = field.value.trim();
        if (!title) return;
        field.value = "";
        if (await addNode(kind, title)) say(`Added ${title}`);
        document.getElementById(`out-${kind}`)?.focus();
      });
      const list = column(kind);
      return h(
        "section",
        { "aria-labelledby": `head-${kind}`, class: kind },
        h("h3", { id: `head-${kind}` }, `${HEADING[kind]} (${list.length})`),
        list.length ? h("ul", { class: "boxes" }, list.map(item)) : h("p", { class: "empty" }, "None on this map."),
        mayEdit() ? form : null,
      );
    }),
  );
  if (focused?.key) {
    const again = [...place.querySelectorAll("[data-out]")].find((e) => e.dataset.out === focused.key);
    if (again) {
      if (again.tagName === "INPUT") again.value = focused.value;
      again.focus();
    }
  }
}

$("outline-button").addEventListener("click", () => {
  const open = place.hidden;
  place.hidden = !open;
  $("stage").hidden = open;
  $("outline-button").setAttribute("aria-pressed", String(open));
  document.body.classList.toggle("outlined", open);
  draw();
  if (open) $("outline-title").focus();
});
watch((what) => {
  if (what.has("map") || what.has("picture") || what.has("chosen")) draw();
});
