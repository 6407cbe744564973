// What was done: by person and minute, as far back as anybody wants to go, and the way back to an earlier map.

import { button, h, notice, quoted } from "./dom.js";
import { sure } from "./asking.js";
import { returnTo } from "./actions.js";
import { dialog } from "./dialog.js";
import { ask } from "./end.js";
import { mayEdit, node } from "./state.js";
import { sentence } from "./words.js";

const minute = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat([], { weekday: "long", day: "numeric", month: "long" });

const DOES = {
  undo: "Undid: ",
  redo: "Redid: ",
  skip: "Left as it is: ",
};

/** A step as a sentence; of a box that was renamed, also what it is called now. */
function words(entry) {
  const subject = entry.touches?.length === 1 ? entry.touches[0] : "";
  const now = subject.startsWith("node ") ? node(subject.slice(5))?.title : undefined;
  const hint = /^rename/.test(entry.label) && now && !entry.label.includes(now) ? ` (now ${quoted(now)})` : "";
  return `${DOES[entry.does] || ""}${DOES[entry.does] ? entry.label : sentence(entry.label)}${hint}`;
}

/** Steps of one person in one minute, together. */
function grouped(entries) {
  const groups = [];
  for (const entry of entries) {
    const at = new Date(entry.at);
    const key = `${entry.client} ${entry.name} ${at.toDateString()} ${minute.format(at)}`;
    const last = groups[groups.length - 1];
    if (last?.key === key) last.entries.push(entry);
    else groups.push({ key, at, name: entry.name, entries: [entry] });
  }
  return groups;
}

async function goBack(entry, there) {
  const when = `${minute.format(new Date(entry.at))}`;
  const { map } = await ask("/api/map", { rev: entry.rev - 1 }).catch((error) => {
    notice(error.message);
    return {};
  });
  if (!map) return;
  const [boxes, links] = [map.nodes?.length ?? 0, map.links?.length ?? 0];
  const yes = await sure(
    `Go back to the map before ${when}?`,
    `It then had ${boxes} boxes and ${links} links. The map goes back for everybody in the room. ` +
      "What was done since stays in the history, and this can be undone.",
    "Go back",
  );
  if (!yes) return;
  there.close();
  await returnTo(entry.rev - 1);
}

/** Lists what was done. */
export async function open() {
  const place = h("div", { class: "history" });
  const there = dialog("History", place);
  let all = [];
  let first = 0;
  let oldest = true;
  const draw = () => {
    let lastDay = "";
    place.replaceChildren(
      ...(all.length ? [] : [h("p", { class: "empty" }, "Nothing yet.")]),
      ...grouped(all).flatMap((group) => {
        const here = day.format(group.at);
        const head = here === lastDay ? [] : [h("h3", {}, here)];
        lastDay = here;
        const many = group.entries.length > 1;
        const oldestHere = group.entries[group.entries.length - 1];
        const list = h(
          "ol",
          { reversed: true },
          group.entries.map((entry) => h("li", {}, words(entry))),
        );
        return [
          ...head,
          h(
            "section",
            {},
            h(
              "div",
              { class: "when" },
              h("time", { dateTime: group.entries[0].at }, minute.format(group.at)),
              h("strong", {}, group.name || "Somebody"),
              many ? h("span", { class: "hint" }, `${group.entries.length} steps`) : null,
              mayEdit() && oldestHere.rev > first
                ? button("Go back to before this…", () => goBack(oldestHere, there), {
                    class: "quiet",
                    "aria-label": `Go back to before this… ${group.name || "somebody"}: ${words(oldestHere)}`,
                  })
                : null,
            ),
            list,
          ),
        ];
      }),
      ...(oldest ? [] : [button("Show earlier steps", more, { class: "earlier" })]),
    );
  };
  async function more() {
    const before = all.length ? { before: all[all.length - 1].rev } : {};
    const answer = await ask("/api/history", before).catch((error) => {
      notice(error.message);
      return { entries: [], first: 0 };
    });
    all = [...all, ...answer.entries];
    first = answer.first;
    oldest = answer.entries.length < 200;
    draw();
  }
  await more();
}
