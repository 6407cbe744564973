// What the server says of maps: stages, lists, and the forms with the fields of records. None of that is written here
// by hand.

const answer = await fetch("/description.json", { cache: "no-store" });
const { forms, lists, stages } = await answer.json();

/** The stages, in their order. */
export const KINDS = stages.map((stage) => stage.kind);
export const LABEL = Object.fromEntries(stages.map((stage) => [stage.kind, stage.label]));
/** By kind: what belongs there, the question that says so, and examples. */
export const STAGE = Object.fromEntries(stages.map((stage) => [stage.kind, stage]));
export const HEADING = Object.fromEntries(stages.map((stage) => [stage.kind, stage.heading]));

/** By record: the list of the map that holds it. */
export const LISTS = lists;

/** What people are asked for of a record: the lines of a part of its form, each with one field or several in a row. */
export const asked = (what, part = "all") => forms[what]?.[part] || [];

/** How a field of a record is asked for; in it a part where it holds records. `undefined` where no form has it. */
export function askFor(what, field, part) {
  const all = Object.values(forms[what] || {}).flat(2);
  const ask = all.find((one) => one.field === field);
  return part ? ask?.parts?.find((one) => one.field === part) : ask;
}
