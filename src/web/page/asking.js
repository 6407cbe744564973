// Short questions in a dialog: a text, and who somebody new is.

import { active, h } from "./dom.js";
import { set, start } from "./actions.js";

/** Asks for a short text in a dialog; `null` where the person thinks better of it. */
export function ask(title, label, value = "", yes = "Save") {
  return new Promise((done) => {
    const before = active();
    const input = h("input", { type: "text", value, id: "asked", required: true, maxLength: 400 });
    const dialog = h(
      "dialog",
      { class: "small", "aria-labelledby": "ask-title" },
      h(
        "form",
        { method: "dialog" },
        h("h2", { id: "ask-title" }, title),
        h("div", { class: "field" }, h("label", { for: "asked" }, label), input),
        h(
          "div",
          { class: "buttons" },
          h("button", { value: "ok", class: "main" }, yes),
          h("button", { value: "", formNoValidate: true }, "Cancel"),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus?.({ preventScroll: true });
      done(dialog.returnValue === "ok" ? input.value.trim() || null : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks whether something is to be done that everybody will see. */
export function sure(title, text, yes) {
  return new Promise((done) => {
    const dialog = h(
      "dialog",
      { class: "small", "aria-labelledby": "sure-title" },
      h(
        "form",
        { method: "dialog" },
        h("h2", { id: "sure-title" }, title),
        h("p", {}, text),
        h(
          "div",
          { class: "buttons" },
          h("button", { value: "ok", class: "main" }, yes),
          h("button", { value: "" }, "Cancel"),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(dialog.returnValue === "ok");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks who somebody new is, and makes them the owner of a record. */
export async function newOwner(subject, field = "owner") {
  const name = await ask("Who is it?", "Name or role, such as Director of Place");
  if (!name) return;
  const { ids } = start({ do: "add", what: "owner", fields: { name } });
  if (ids[0]) await set(subject, field, ids[0]);
}
