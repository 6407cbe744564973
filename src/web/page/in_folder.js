// What the page of a map has where a folder is served: the way back to its list, and why a map can only be viewed.
// It loads the page itself once it listens, so that it hears the greeting, too.

import { $, h, notice } from "./dom.js";
import { on } from "./end.js";
import { plain } from "./words.js";

let said = "";
on("hello", (news) => {
  if (!$("all-maps")) {
    const back = new URLSearchParams(location.search);
    back.delete("map");
    const link = h("a", { id: "all-maps", class: "button", href: `/?${back}` }, "All maps");
    document.querySelector("header").prepend(link);
  }
  const why = news.only_view || "";
  if (why && why !== said) notice(plain(`You can view this map, not change it: ${why}.`), undefined, undefined, 0);
  said = why;
});

import("./app.js");
