// Edits and refusals in plain words, with titles instead of ids.

import { quoted } from "./dom.js";
import { LABEL } from "./description.js";
import { lastChange, node, owner, record, state, titleOfGone } from "./state.js";

/** A message as a sentence to read: names in quotes, a capital at its head. */
export const sentence = (message) => {
  const words = message.replace(/`([^`]*)`/g, "“$1”").replace(/"([^"]*)"/g, "“$1”");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Two letters of a person's name: the sign that goes with their colour. */
export const initials = (name) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => [...part][0].toUpperCase())
    .join("");

/** What a record is called, in quotes; what sort it is where it has no name. */
export function nameOf(subject) {
  if (subject === "map") return "the map";
  if (subject.startsWith("link ")) {
    const [from, to] = subject.slice(5).split(" -> ");
    return `the link from ${nameOf(`node ${from}`)} to ${nameOf(`node ${to}`)}`;
  }
  const there = record(subject);
  return quoted(there?.title || there?.name || titleOfGone(subject) || subject.split(" ")[0]);
}

/** An edit in a few words. */
export function wordsOf(edit) {
  const field = (edit.field || "").replaceAll("_", " ");
  const does = {
    "add-node": () => `Add ${quoted(edit.title)}`,
    add: () => `Add ${quoted(edit.fields?.title || edit.fields?.name || edit.what)}`,
    remove: () => `Delete ${nameOf(edit.what)}`,
    link: () => `Link ${nameOf(`node ${edit.from}`)} to ${nameOf(`node ${edit.to}`)}`,
    unlink: () => `Delete ${nameOf(`link ${edit.from} -> ${edit.to}`)}`,
    set: () =>
      field === "title" && edit.what !== "map"
        ? `Rename ${nameOf(edit.what)} to ${quoted(String(edit.value ?? ""))}`
        : `Change the ${field} of ${nameOf(edit.what)}`,
    arrange: () => `Change the order of ${LABEL[edit.kind]?.toLowerCase() || edit.kind} boxes`,
    allow: () => "Accept a finding",
    disallow: () => "Take back that a finding was accepted",
    group: () => (edit.label ? edit.label.charAt(0).toUpperCase() + edit.label.slice(1) : "Several changes"),
  };
  return (does[edit.do] || (() => "A change"))();
}

/** The words that somebody typed in an edit, so that they can have them back. */
export function typedIn(edit) {
  if (edit.do === "group") return edit.edits.map(typedIn).filter(Boolean).join("\n");
  const said = edit.do === "set" ? edit.value : (edit.title ?? edit.fields?.title ?? edit.fields?.name);
  return typeof said === "string" ? said : Array.isArray(said) || typeof said === "object" ? "" : String(said ?? "");
}

/** Who changed a record last, where somebody else did. */
export function changerOf(subject) {
  const last = lastChange(subject);
  return last && last.client !== state.client ? last.name || "Somebody" : "";
}

/** Why something was refused, as a sentence with titles for ids. */
export function plain(reason) {
  const told = reason.replace(/\b(node|owner|kpi|risk) ([a-z0-9][a-z0-9-]*)/g, (whole, what, id) => {
    const subject = `${what} ${id}`;
    const there = what === "node" ? node(id) : what === "owner" ? owner(id) : record(subject);
    const name = there?.title || there?.name || titleOfGone(subject);
    const who = !there && changerOf(subject);
    return name ? `${quoted(name)}${who ? ` (deleted by ${who})` : ""}` : whole;
  });
  const words = sentence(told);
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
