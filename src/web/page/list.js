// The list of a folder: its portfolios, its maps, and the files that cannot be read; and a new map.

import { $, h, visible } from "./dom.js";
import { bar, listen } from "./folder.js";
import { address, send } from "./http.js";

const count = (many, one, more) => `${many.toLocaleString("en-GB")} ${many === 1 ? one : more}`;

/** When a file was saved, as people say it. */
function saved(at) {
  if (!at) return null;
  const day = new Date(at);
  const words = day.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
  return ["saved ", h("time", { datetime: at }, words)];
}

/** Words with a dot between them. */
const facts = (...all) =>
  all.filter(Boolean).flatMap((one, nth) => (nth ? [" · ", one] : [one]));

const map = (one) => [
  h("a", { href: address("/map", { map: one.name }), dir: "auto" }, one.title || one.name),
  h(
    "p",
    {},
    facts(
      one.name,
      one.boxes === null ? "a very long map" : count(one.boxes, "box", "boxes"),
      saved(one.changed),
      one.people ? h("span", { class: "here" }, count(one.people, "person is here", "people are here")) : null,
    ),
  ),
  one.only_view ? h("p", {}, `Only to view: ${one.only_view}.`) : null,
];
const portfolio = (one) => [
  h("a", { href: address("/dashboard", { portfolio: one.name }), dir: "auto" }, one.title || one.name),
  h("p", {}, facts(one.name, count(one.maps, "map", "maps"), saved(one.changed))),
];
const broken = (one) => [
  h("p", {}, h("strong", {}, one.name)),
  h("p", {}, facts(visible(one.why), saved(one.changed))),
];

/** Shows the files of a kind; what is unchanged stays as it is, with the focus in it. */
function show(place, files, parts) {
  const before = new Map([...place.children].map((item) => [item.dataset.name, item]));
  const items = files.map((one) => {
    const text = JSON.stringify(one);
    const item = before.get(one.name) || h("li", { "data-name": one.name });
    if (item.dataset.text === text) return item;
    item.dataset.text = text;
    const children = parts(one).filter(Boolean);
    const [link] = item.children;
    // The link itself stays the same one: somebody may be on it.
    if (link?.tagName === "A" && children[0].tagName === "A") {
      link.textContent = children[0].textContent;
      children[0] = link;
      while (link.nextSibling) link.nextSibling.remove();
      item.append(...children.slice(1));
    } else item.replaceChildren(...children);
    return item;
  });
  for (const item of [...place.children]) if (!items.includes(item)) item.remove();
  items.forEach((item, nth) => {
    if (place.children[nth] !== item) place.insertBefore(item, place.children[nth] || null);
  });
}

listen({
  hello(news) {
    $("title").textContent = visible(news.folder || "Benefit maps");
    document.title = visible(`${news.folder || "Benefit maps"} – workshop`);
    $("viewing").hidden = news.role === "edit";
    $("new").hidden = news.role !== "edit";
    const links = [
      ["To change the maps", news.links.edit],
      ["To view them", news.links.view],
    ].filter(([, link]) => link);
    $("links").replaceChildren(...links.flatMap(([words, link]) => [h("dt", {}, words), h("dd", {}, link)]));
    $("links-hint").textContent = news.links.loopback
      ? "They work on this machine only. Anyone who has one can use it, for every map of the folder."
      : "Anyone who has one can use it, for every map of the folder.";
    $("links-part").hidden = false;
  },
  list(news) {
    show($("maps"), news.maps, map);
    show($("portfolios"), news.portfolios, portfolio);
    show($("broken"), news.broken, broken);
    $("none").hidden = news.maps.length > 0;
    $("portfolios-part").hidden = !news.portfolios.length;
    $("broken-part").hidden = !news.broken.length;
    $("cut").hidden = !news.is_cut;
    document.querySelector("main").removeAttribute("aria-busy");
  },
});

const field = $("new-title");
function refused(why) {
  $("new-why").textContent = why ? visible(why.replace(/^./, (c) => c.toUpperCase())) : "";
  if (why) {
    field.setAttribute("aria-invalid", "true");
    field.focus();
  } else field.removeAttribute("aria-invalid");
}
field.addEventListener("input", () => refused(""));
$("new").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!field.value.trim()) return refused("Type a title first.");
  const button = $("new").querySelector("button");
  button.disabled = true;
  try {
    const { name } = await send("/api/folder/new", { title: field.value });
    location.assign(address("/map", { map: name }));
  } catch (error) {
    button.disabled = false;
    if (error.code) refused(`${error.message}.`);
    else bar("Not connected. Try again in a moment.");
  }
  return null;
});
// Somebody who comes back finds the field as it is for the next map.
addEventListener("pageshow", () => {
  $("new").querySelector("button").disabled = false;
});
