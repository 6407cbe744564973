// The dashboard of a portfolio, as the server makes it of the files that are saved; made again when one of them is.

import { $, visible } from "./dom.js";
import { bar, listen } from "./folder.js";
import { address, ask } from "./http.js";

const name = new URLSearchParams(location.search).get("portfolio") || "";
const place = $("report");
$("back").href = address("/");

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [sheet];

/** What can have the focus in the page. */
const stops = () => [...place.querySelectorAll("a[href], [tabindex='0'], summary")];

/** Puts the page of the report in the place of the one before; where somebody is in it stays the same. */
function draw(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  // The content security policy takes styles from scripts of ours alone.
  const styles = [...page.querySelectorAll("style")];
  sheet.replaceSync(styles.map((style) => style.textContent).join("\n"));
  for (const one of [...styles, ...page.querySelectorAll("script, .skip")]) one.remove();
  const at = stops().indexOf(document.activeElement);
  const scrolled = [scrollX, scrollY];
  const wide = [...place.querySelectorAll(".scroll")].map((part) => part.scrollLeft);
  const parts = [...page.body.children].map((part) => document.importNode(part, true));
  for (const part of parts.flatMap((one) => [one, ...one.querySelectorAll("[style]")])) {
    const style = part.getAttribute("style");
    if (style === null) continue;
    part.removeAttribute("style");
    part.style.cssText = style;
  }
  place.replaceChildren(...parts);
  [...place.querySelectorAll(".scroll")].forEach((part, nth) => {
    part.scrollLeft = wide[nth] || 0;
  });
  scrollTo(...scrolled);
  if (at >= 0) stops()[at]?.focus({ preventScroll: true });
  document.title = visible(`${page.title} – dashboard`);
}

let wanted = "";
let shown = "";
let isBusy = false;
async function make() {
  if (isBusy || wanted === shown) return;
  isBusy = true;
  const asked = wanted;
  try {
    const { page, version } = await ask("/api/folder/dashboard", { portfolio: name });
    const isFirst = !shown;
    draw(page);
    // What came may be newer than what was asked for.
    shown = version === wanted ? version : asked;
    bar("");
    const time = new Date().toLocaleTimeString("en-GB");
    $("state").textContent = isFirst ? "This page follows the files as they are saved." : `Drawn again at ${time}.`;
  } catch (error) {
    const why = error.code ? `${error.message.replace(/^./, (c) => c.toUpperCase())}.` : "Not connected.";
    bar(visible(`${why} The page tries again by itself.`));
    setTimeout(make, 3000);
    return;
  } finally {
    isBusy = false;
  }
  make();
}

listen({
  list(news) {
    const own = news.portfolios.find((one) => one.name === name);
    const broken = news.broken.find((one) => one.name === name);
    if (own) {
      wanted = own.version;
      make();
    } else {
      shown = "";
      const why = broken ? `cannot be read: ${broken.why}` : "is not in the folder any more";
      const until = "This page shows it as it was, and follows once that is put right.";
      bar(visible(`${name || "The portfolio"} ${why}. ${until}`));
    }
  },
});
