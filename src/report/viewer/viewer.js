"use strict";
// Finds the way in the picture: size and place, what was chosen, what was asked for. All that it shows of a box stands
// in the page already; it makes no markup from text.
(() => {
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const stage = document.getElementById("stage");
  const svg = stage.querySelector("svg");
  const panel = document.getElementById("panel");
  const bar = document.getElementById("bar");
  const told = document.getElementById("told");
  const field = (id) => document.getElementById(id);
  const shape = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const drawn = (id) => document.getElementById("map-node-" + id);

  const nodes = new Map(data.nodes.filter((node) => drawn(node.id)).map((node) => [node.id, node]));
  // A line and its head, which stand side by side in the picture, are one thing to choose.
  const lines = [];
  for (const path of svg.querySelectorAll("path[data-from]")) {
    const { from, to } = path.dataset;
    let line = path.previousElementSibling;
    if (!line || line !== lines.at(-1) || line.dataset.from !== from || line.dataset.to !== to) {
      line = shape("g");
      Object.assign(line.dataset, { from, to });
      path.before(line);
      lines.push(line);
    }
    line.append(path);
  }
  const next = { down: new Map(), up: new Map() };
  for (const link of data.links.filter((link) => link.flows)) {
    const add = (way, from, to) => way.set(from, [...(way.get(from) || []), to]);
    add(next.down, link.from, link.to);
    add(next.up, link.to, link.from);
  }

  // What is chosen: nothing, a box, or a link.
  let chosen = null;

  // ---- Size and place -------------------------------------------------------------------------------------------

  const whole = svg.viewBox.baseVal;
  const full = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
  let view = { ...full };

  const place = () => svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].join(" "));
  const fit = () => {
    view = { ...full };
    place();
  };
  // Px of the picture for a px of the screen.
  const scale = () => Math.max(view.w / (stage.clientWidth || 1), view.h / (stage.clientHeight || 1));
  // Where a point of the screen is in the picture, whatever room is left beside it.
  const at = (x, y) => {
    const box = stage.getBoundingClientRect();
    const s = scale();
    return {
      x: view.x + view.w / 2 + (x - box.left - box.width / 2) * s,
      y: view.y + view.h / 2 + (y - box.top - box.height / 2) * s,
    };
  };
  const middle = () => ({ x: view.x + view.w / 2, y: view.y + view.h / 2 });
  // Keeps a hold of the picture: it never leaves the stage.
  const hold = () => {
    view.x = Math.min(Math.max(view.x, full.x - view.w / 2), full.x + full.w - view.w / 2);
    view.y = Math.min(Math.max(view.y, full.y - view.h / 2), full.y + full.h - view.h / 2);
    place();
  };
  const zoom = (factor, around = middle()) => {
    const f = Math.min(Math.max(factor, full.w / 20 / view.w), (full.w * 1.5) / view.w);
    view = {
      x: around.x - (around.x - view.x) * f,
      y: around.y - (around.y - view.y) * f,
      w: view.w * f,
      h: view.h * f,
    };
    hold();
  };
  const move = (dx, dy) => {
    view.x += dx;
    view.y += dy;
    hold();
  };
  // Brings a box into sight, nearer where its words would be too small to read.
  const show = (id) => {
    const m = svg.getCTM().inverse().multiply(drawn(id).getCTM());
    const box = drawn(id).getBBox();
    const x = m.e + box.width / 2;
    const y = m.f + box.height / 2;
    if (scale() > 1.6) zoom(1.3 / scale());
    const w = stage.clientWidth * scale();
    const h = stage.clientHeight * scale();
    const c = middle();
    if (Math.abs(x - c.x) > w / 2 - box.width || Math.abs(y - c.y) > h / 2 - box.height) move(x - c.x, y - c.y);
  };

  stage.addEventListener(
    "wheel",
    (event) => {
      // Past the ends the page scrolls on.
      const nearer = event.deltaY < 0;
      if (!event.ctrlKey && !nearer && view.w >= full.w) return;
      event.preventDefault();
      zoom(Math.exp(Math.min(Math.max(event.deltaY, -120), 120) / 400), at(event.clientX, event.clientY));
    },
    { passive: false },
  );

  const fingers = new Map();
  let dragged = 0;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    if (fingers.size === 0) dragged = 0;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const step = { x: now.x - before.x, y: now.y - before.y };
    dragged += Math.abs(step.x) + Math.abs(step.y);
    const other = [...fingers].find(([id]) => id !== event.pointerId);
    const s = scale();
    if (other) {
      const far = (p) => Math.hypot(p.x - other[1].x, p.y - other[1].y) || 1;
      zoom(far(before) / far(now), at((now.x + other[1].x) / 2, (now.y + other[1].y) / 2));
      move((-step.x / 2) * s, (-step.y / 2) * s);
    } else if (dragged > 4) {
      stage.classList.add("held");
      move(-step.x * s, -step.y * s);
    }
    fingers.set(event.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      if (fingers.size === 0) stage.classList.remove("held");
    });
  }

  // ---- What is seen ---------------------------------------------------------------------------------------------

  const reach = (start, way) => {
    const seen = new Set([start]);
    const open = [start];
    while (open.length) {
      for (const id of way.get(open.pop()) || []) {
        if (!seen.has(id)) {
          seen.add(id);
          open.push(id);
        }
      }
    }
    return seen;
  };

  const wish = (id) => (field(id) ? field(id).value : "");
  const passes = (node) =>
    (!wish("owner") || node.owner === wish("owner")) &&
    (!wish("partner") || node.partners.includes(wish("partner"))) &&
    (!wish("kind") || node.kind === wish("kind"));
  const words = () => field("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const matches = () => {
    const all = words();
    return [...nodes.values()].filter((node) => all.length && passes(node) && all.every((w) => node.text.includes(w)));
  };

  const refresh = () => {
    const filtered = ["owner", "partner", "kind"].some(wish);
    const found = new Set(matches().map((node) => node.id));
    const searched = words().length > 0;
    const ends = chosen && (chosen.to ? [chosen.from, chosen.to] : [chosen.id]);
    const up = ends && reach(ends[0], next.up);
    const down = ends && reach(ends[ends.length - 1], next.down);
    const seen = (id) =>
      (!ends || up.has(id) || down.has(id)) && (ends || passes(nodes.get(id))) && (!searched || ends || found.has(id));
    let count = 0;
    for (const node of nodes.values()) {
      const card = drawn(node.id);
      const on = seen(node.id);
      count += on ? 1 : 0;
      card.classList.toggle("off", !on);
      card.classList.toggle("chosen", Boolean(ends && !chosen.to && chosen.id === node.id));
      card.classList.toggle("match", found.has(node.id));
    }
    for (const line of lines) {
      const { from, to } = line.dataset;
      const own = chosen && chosen.to && chosen.from === from && chosen.to === to;
      const within = ends
        ? own || (up.has(from) && up.has(to)) || (down.has(from) && down.has(to))
        : (!filtered && !searched) || (nodes.has(from) && nodes.has(to) && seen(from) && seen(to));
      line.classList.toggle("off", !within);
      line.classList.toggle("chosen-link", Boolean(own));
    }
    const boxes = (n) => n + " of " + nodes.size + (nodes.size === 1 ? " box" : " boxes");
    if (searched)
      told.textContent = found.size ? boxes(found.size) + " found; Enter goes to the next" : "Nothing found";
    else if (ends) told.textContent = boxes(count) + " in the line of sight";
    else if (filtered) told.textContent = boxes(count) + " shown";
    else told.textContent = "";
  };

  // ---- What is told ---------------------------------------------------------------------------------------------

  // A copy without ids, for each stands once in a page; what a picture refers to by id is found in the first.
  const copy = (element) => {
    const out = element.cloneNode(true);
    for (const each of [out, ...out.querySelectorAll("[id]")]) each.removeAttribute("id");
    return out;
  };
  const sole = (line, list) =>
    [...document.querySelectorAll("#words ul." + list + ">li")].filter(
      (li) => li.dataset.from === line.from && li.dataset.to === line.to,
    );
  const reasons = (line, into) => {
    for (const li of sole(line, "to")) {
      for (const part of li.querySelectorAll(":scope>:not(a,span)")) into.append(copy(part));
    }
  };
  const element = (name, text) => {
    const out = document.createElement(name);
    out.textContent = text;
    return out;
  };
  const name = (id) => {
    const link = element("a", nodes.get(id).title || id);
    link.href = "#about-" + id;
    link.dir = "auto";
    return link;
  };

  const tell = () => {
    panel.replaceChildren();
    panel.hidden = !chosen;
    if (!chosen) return;
    const close = element("button", "Close");
    close.type = "button";
    close.className = "close";
    close.addEventListener("click", () => choose(null));
    panel.append(close);
    if (chosen.to) {
      const line = element("p", "");
      line.append(name(chosen.from), " leads to ", name(chosen.to));
      for (const what of sole(chosen, "to").flatMap((li) => [...li.querySelectorAll(":scope>span")]))
        line.append(copy(what));
      panel.append(element("h2", "Why does this lead to that?"), line);
      reasons(chosen, panel);
    } else {
      for (const part of document.getElementById("about-" + chosen.id).children) {
        if (part.tagName !== "H4") {
          panel.append(copy(part));
          continue;
        }
        const heading = element("h2", part.textContent);
        heading.dir = "auto";
        panel.append(heading);
      }
      for (const li of panel.querySelectorAll("ul.from>li")) reasons(li.dataset, li);
    }
    panel.scrollTop = 0;
  };

  const choose = (what) => {
    const last = chosen;
    const inside = panel.contains(document.activeElement);
    chosen = what;
    tell();
    refresh();
    if (what && !what.to) show(what.id);
    if (!inside) return;
    // The button or link that had the focus is gone.
    if (what) panel.focus();
    else if (last && !last.to) drawn(last.id).focus();
    else stage.focus();
  };

  // ---- Ways in --------------------------------------------------------------------------------------------------

  svg.setAttribute("role", "group");
  for (const [id, node] of nodes) {
    const card = drawn(id);
    const box = card.getBBox();
    const ring = shape("rect");
    ring.setAttribute("class", "ring");
    ring.setAttribute("x", box.x - 4);
    ring.setAttribute("y", box.y - 4);
    ring.setAttribute("width", box.width + 8);
    ring.setAttribute("height", box.height + 8);
    ring.setAttribute("rx", 9);
    card.append(ring);
    card.dataset.card = id;
    card.setAttribute("tabindex", "0");
    card.setAttribute("role", "button");
    // Its name is what can be read on it (WCAG 2.2, 2.5.3): words on lines of their own are apart, and what a resting
    // pointer would show stands in the panel.
    for (const part of card.querySelectorAll("text,tspan")) part.after(" ");
    card.querySelector(":scope>title")?.remove();
    card.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose({ id });
      panel.focus();
    });
  }
  for (const line of lines) {
    // A line is thin: what is near it counts as on it.
    const near = shape("path");
    near.setAttribute("class", "hitline");
    near.setAttribute("d", line.querySelector("path").getAttribute("d"));
    const title = line.querySelector("title");
    if (title) near.append(title.cloneNode(true));
    line.append(near);
  }
  stage.addEventListener("click", (event) => {
    if (dragged > 4) return;
    const card = event.target.closest("[data-card]");
    const line = event.target.closest("g[data-from]");
    if (card) choose({ id: card.dataset.card });
    else if (line && nodes.has(line.dataset.from) && nodes.has(line.dataset.to))
      choose({ from: line.dataset.from, to: line.dataset.to });
    else choose(null);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#about-"]');
    const id = link && link.getAttribute("href").slice("#about-".length);
    if (!id || !nodes.has(id)) return;
    event.preventDefault();
    choose({ id });
    document.getElementById("viewer").scrollIntoView();
    panel.focus();
  });

  stage.setAttribute("tabindex", "0");
  stage.setAttribute("role", "group");
  stage.setAttribute(
    "aria-label",
    "Picture of the map: plus and minus change its size, arrows move it, 0 shows all of it",
  );
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = view.w / 10;
    const keys = {
      "+": () => zoom(0.8),
      "=": () => zoom(0.8),
      "-": () => zoom(1.25),
      0: fit,
      ArrowLeft: () => move(-step, 0),
      ArrowRight: () => move(step, 0),
      ArrowUp: () => move(0, -step),
      ArrowDown: () => move(0, step),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen) choose(null);
    if (event.key === "/" && !event.target.closest("input,select")) {
      event.preventDefault();
      field("search").focus();
    }
  });
  // What the keyboard comes to is seen.
  stage.addEventListener("focusin", (event) => {
    const card = event.target.closest("[data-card]");
    if (card && card.matches(":focus-visible")) show(card.dataset.card);
  });

  let turn = 0;
  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = matches();
    if (found.length) choose({ id: found[turn++ % found.length].id });
  });
  field("search").addEventListener("input", () => {
    turn = 0;
    choose(null);
  });
  for (const id of ["owner", "partner", "kind"]) {
    if (field(id)) field(id).addEventListener("change", () => choose(null));
  }
  field("nearer").addEventListener("click", () => zoom(0.8));
  field("farther").addEventListener("click", () => zoom(1.25));
  field("fit").addEventListener("click", fit);
  field("clear").addEventListener("click", () => {
    bar.reset();
    choose(null);
    fit();
  });
  // On paper the picture is whole.
  let screen = null;
  addEventListener("beforeprint", () => {
    screen = { ...view };
    fit();
  });
  addEventListener("afterprint", () => {
    view = screen || view;
    place();
  });

  bar.hidden = false;
  document.documentElement.classList.add("live");
})();
