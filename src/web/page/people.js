// Who is here and where, showing the map to the others, and bringing everybody to one place.

import { choose, mayEdit, node, record, state } from "./state.js";
import { focus } from "./canvas.js";
import { room, isLeading } from "./beside.js";
import { bring, isFollowing, lead, leave, rejoin } from "./leading.js";
import { Button, h, useNews } from "./ui.js";
import { initials } from "./words.js";

/** Where somebody is, in words. */
function placeOf(person) {
  const at = person.at && record(person.at);
  if (!at) return "";
  return person.at.startsWith("node ") ? at.title : `the link from ${node(at.from)?.title} to ${node(at.to)?.title}`;
}

export function People() {
  useNews("people", "lead", "map");
  return [
    h(
      "ul",
      { class: "people" },
      state.people.map((person) => {
        const isMe = person.client === state.client;
        const at = placeOf(person);
        return h(
          "li",
          { key: person.client, "data-colour": person.colour },
          h("span", { class: "sign", "aria-hidden": "true" }, initials(person.name)),
          h(
            "span",
            {},
            h("strong", {}, person.name),
            [isMe ? " (you)" : "", person.role === "view" ? ", can view" : ""].join(""),
            room.lead?.client === person.client ? ", shows the map" : "",
            !isMe && at
              ? h(
                  Button,
                  {
                    class: "text small",
                    does: () => (person.at.startsWith("node ") ? focus(person.at.slice(5)) : choose(person.at)),
                  },
                  `at ${at}`,
                )
              : null,
          ),
        );
      }),
    ),
    state.others
      ? h("p", { class: "hint" }, `${state.others} more ${state.others === 1 ? "screen" : "screens"} without a name`)
      : null,
    mayEdit()
      ? h(
          "div",
          { class: "buttons" },
          isLeading()
            ? h(Button, { does: () => lead(false) }, "Stop showing")
            : h(Button, { does: () => lead(true) }, "Follow me"),
          h(Button, { does: bring }, "Bring everyone here"),
        )
      : null,
    mayEdit()
      ? h(
          "p",
          { class: "hint" },
          "Follow me: all screens move with yours until you stop. Anyone can leave at any time. " +
            "Bring everyone here: all screens move once.",
        )
      : null,
  ];
}

/** Who shows the map now, and the way out of it. */
export function LeadNow() {
  useNews("lead");
  if (!room.lead) return null;
  if (isLeading())
    return h(
      "div",
      { class: "now", role: "group", "aria-label": "Showing the map" },
      h("span", {}, "Others follow you"),
      h(Button, { does: () => lead(false) }, "Stop showing"),
    );
  const { name, colour } = room.lead;
  return h(
    "div",
    { class: "now", role: "group", "aria-label": "Following" },
    h("span", { class: "sign", "data-colour": colour, "aria-hidden": "true" }, initials(name)),
    h("span", {}, isFollowing() ? `You follow ${name}` : `${name} shows the map`),
    isFollowing()
      ? h(Button, { does: leave, "aria-keyshortcuts": "Escape" }, "Stop following")
      : h(Button, { does: rejoin }, "Follow"),
  );
}
