"use strict";
// Shows the picture as the server sends it.
const key = new URLSearchParams(location.search).get("key") || "";
const picture = { cards: {}, routes: {} };
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [sheet];

function draw() {
  const svg = document.getElementById("map");
  svg.setAttribute("viewBox", `0 0 ${picture.width} ${picture.height}`);
  sheet.replaceSync(picture.style);
  const cards = Object.values(picture.cards).map((c) => `<g transform="translate(${c.x} ${c.y})">${c.svg}</g>`);
  const routes = Object.values(picture.routes).map((r) => r.svg);
  svg.innerHTML = [`<defs>${picture.defs}</defs>`, picture.ground, ...routes, ...cards, picture.over].join("");
}

function merge(news) {
  for (const part of ["cards", "routes"]) {
    for (const [id, value] of Object.entries(news[part] || {})) {
      if (value === null) delete picture[part][id];
      else picture[part][id] = Object.assign(picture[part][id] || {}, value);
    }
  }
  const { cards, routes, ...whole } = news;
  Object.assign(picture, whole);
  draw();
}

const events = new EventSource(`/api/events?key=${encodeURIComponent(key)}`);
events.addEventListener("hello", (event) => {
  const hello = JSON.parse(event.data);
  picture.cards = {};
  picture.routes = {};
  document.getElementById("title").textContent = hello.map.title || "Benefit map";
  document.getElementById("state").textContent = "";
  merge(hello.picture);
});
events.addEventListener("map", (event) => merge(JSON.parse(event.data).picture));
events.addEventListener("error", () => {
  document.getElementById("state").textContent = "Not connected. Trying again …";
});
