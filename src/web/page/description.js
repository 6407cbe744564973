// What the server says of maps: stages, lists, and the forms with the fields of records. None of that is written here
// by hand.

const answer = await fetch("/description.json", { cache: "no-store" });
const { forms, lists, stages } = await answer.json();

/** The stages, in their order. */
export const KINDS = stages.map((stage) => stage.kind);
export const LABEL = Object.fromEntries(stages.map((stage) => [stage.kind, stage.label]));
export const HEADING = Object.fromEntries(stages.map((stage) => [stage.kind, stage.heading]));

/** By record: the list of the map that holds it. */
export const LISTS = lists;

/** What people are asked for of a record: the lines of a part of its form, each with one field or several in a row. */
export const asked = (what, part = "all") => forms[what]?.[part] || [];
