// A text that is copied, also where the page may not write to the clipboard.

import { notice } from "./dom.js";

/** Copies a text, and says whether that was done. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    notice("Copied.");
  } catch {
    // Where the page may not write to the clipboard, the words are chosen, so that one key copies them.
    const field = document.createElement("textarea");
    field.value = text;
    (document.querySelector("dialog[open]") || document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    notice(done ? "Copied." : "This browser did not let the page copy. Select the words and press Ctrl C.");
  }
}
