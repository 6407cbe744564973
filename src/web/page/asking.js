// Short questions in a dialog: a text, and who somebody new is.

import { h } from "./dom.js";
import { add, set } from "./actions.js";

/** Asks for a short text in a dialog; `null` where the person thinks better of it. */
export function ask(title, label, value = "") {
  return new Promise((done) => {
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
          h("button", { value: "ok", class: "main" }, "Save"),
          h("button", { value: "", formNoValidate: true }, "Cancel"),
        ),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(dialog.returnValue === "ok" ? input.value.trim() || null : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Asks who somebody new is, and makes them the owner of a record. */
export async function newOwner(subject, field = "owner") {
  const name = await ask("Who is it?", "Name or role, such as Director of Place");
  if (!name) return;
  const answer = await add("owner", { name });
  if (answer?.ids?.[0]) await set(subject, field, answer.ids[0]);
}
