// The sets of questions that a health check can ask: loaded once, when somebody needs them.

import { notice } from "./dom.js";
import { useEffect, useState } from "./ui.js";

let asked = null;
let sets = [];
/** The sets of questions, asked for once. */
function known() {
  asked ??= fetch("/sets.json")
    .then((answer) => answer.json())
    .then((all) => {
      sets = all;
      return all;
    })
    .catch(() => {
      asked = null;
      notice("The questions could not be loaded. Check the connection, and try again.");
      return [];
    });
  return asked;
}

/** The sets, once they are there; until then none. */
export function useSets() {
  const [all, put] = useState(sets);
  useEffect(() => {
    if (!all.length) known().then(put);
  }, []);
  return all;
}

/** The set of a round, and the groups of it that are asked. */
export function asks(all, round) {
  const set = all.find((one) => one.id === round.set);
  const groups = set?.groups.filter((group) => !round.group || group.id === round.group) || [];
  const part = round.group && groups[0] ? `: ${groups[0].title}` : "";
  return { set, groups, title: set ? `${set.title}${part}` : round.set };
}
