// Tables that are pasted or dropped: read by the other end, shown before anything is done, and then one step.

import { $, active, notice } from "./dom.js";
import { asEditor, start, undo } from "./actions.js";
import { Columns } from "./columns.js";
import { dialog } from "./dialog.js";
import { HEADING, KINDS, LABEL } from "./description.js";
import { readTable } from "./end.js";
import { isTyping } from "./entry.js";
import { boxes } from "./several.js";
import { isOnMap, pick } from "./select.js";
import { chosenNode, mayEdit } from "./state.js";
import { Button, h, render, useRef, useState } from "./ui.js";
import { sentence } from "./words.js";

/** The largest file that is read, in bytes. */
const MOST = 5_000_000;

/** Whether a text is cells of a spreadsheet: more than one column in some line. */
export const isTable = (text) => /\t/.test(text.trim()) && /\S/.test(text);

/** What was found, as a person reads it before they take it. */
function Found({ read, kind, setKind, setReader, correct }) {
  const more = [...read.more, read.changed ? `${read.changed} changes to what is there` : null].filter(Boolean);
  const rest = read.count - read.boxes.length;
  const part = (title, list, open) =>
    list.length
      ? h(
          "details",
          { class: "part", open },
          h("summary", {}, `${title} (${list.length})`),
          h(
            "ul",
            { class: "told" },
            list.map((one, i) =>
              h(
                "li",
                { key: i },
                sentence(one.words),
                one.help ? h("span", { class: "hint" }, sentence(one.help)) : null,
              ),
            ),
          ),
        )
      : null;
  return [
    h(
      "p",
      { role: "status" },
      read.count || more.length
        ? `${[read.count ? `${boxes(read.count)} to add` : null, ...more].filter(Boolean).join(", ")}.`
        : "There is nothing new in this table.",
      read.known ? ` ${boxes(read.known)} ${read.known === 1 ? "is" : "are"} on the map already.` : "",
    ),
    read.reader === "map"
      ? null
      : h(
          "div",
          { class: "field" },
          h("label", { for: "table-reader" }, "Read as"),
          h(
            "select",
            { id: "table-reader", value: read.reader, onChange: (event) => setReader(event.currentTarget.value) },
            h("option", { value: "list" }, "A list: each row is a box"),
            h("option", { value: "register" }, "A register, logframe or other table with its own column names"),
          ),
        ),
    read.reader === "list" && (read.needs_kind || !read.count)
      ? h(
          "div",
          { class: "field" },
          h("label", { for: "table-kind" }, "Boxes without a stage become"),
          h(
            "select",
            { id: "table-kind", value: kind, onChange: (event) => setKind(event.currentTarget.value) },
            KINDS.map((one) => h("option", { value: one, key: one }, HEADING[one])),
          ),
        )
      : null,
    read.register ? h(Columns, { register: read.register, correct }) : null,
    part(
      "Left out",
      read.decisions.filter((one) => one.handling !== "taken"),
      true,
    ),
    read.boxes.length
      ? h(
          "div",
          { class: "sheet", tabIndex: 0, role: "region", "aria-label": "Boxes to add" },
          h(
            "table",
            {},
            h(
              "thead",
              {},
              h(
                "tr",
                {},
                ["Stage", "Title", "Owner"].map((one) => h("th", { scope: "col", key: one }, one)),
              ),
            ),
            h(
              "tbody",
              {},
              read.boxes.map((one, i) =>
                h("tr", { key: i }, h("td", {}, LABEL[one.kind]), h("td", {}, one.title), h("td", {}, one.owner)),
              ),
            ),
          ),
          rest > 0 ? h("p", { class: "hint" }, `And ${rest} more, which are added too.`) : null,
        )
      : null,
    part(
      "How it was understood",
      read.decisions.filter((one) => one.handling === "taken"),
      false,
    ),
    read.decided > read.decisions.length
      ? h("p", { class: "hint" }, `${read.decided - read.decisions.length} more of these are not listed.`)
      : null,
  ];
}

/** The dialog: where a table is pasted or a file is chosen, and what came of it. */
function Table({ first, close }) {
  const [given, setGiven] = useState(null);
  const [read, setRead] = useState(null);
  const [fault, setFault] = useState("");
  const [kind, setKind_] = useState(first.kind);
  const [isBusy, setBusy] = useState(false);
  // A correction is shown in what is there: who makes it goes on where they are.
  const asked = useRef(0);
  const look = async (what, of, more = null) => {
    // Of several that are on their way, only the last one counts.
    asked.current += 1;
    const mine = asked.current;
    setGiven(what);
    setBusy(true);
    setFault("");
    if (!more) setRead(null);
    try {
      const answer = await readTable({ ...what, kind: of, ...more });
      if (mine !== asked.current) return;
      setRead(answer);
    } catch (error) {
      if (mine !== asked.current) return;
      // A file of measurements is handed in; it is no table of boxes.
      if (error.code === "measurements" && first.file) {
        close();
        document.dispatchEvent(new CustomEvent("measurements", { detail: first.file }));
        return;
      }
      setFault(sentence(error.message));
    }
    setBusy(false);
  };
  const setKind = (of) => {
    setKind_(of);
    if (given) look(given, of);
  };
  const setReader = (reader) => given && look(given, kind, { reader });
  const correct = (mapping) => given && look(given, kind, { mapping });
  const file = async (one) => {
    const what = await fileOf(one);
    if (what instanceof Error) setFault(what.message);
    else look(what, kind);
  };
  // What was pasted or dropped is looked at as soon as the dialog is there.
  const [isNew, setOld] = useState(true);
  if (isNew) {
    setOld(false);
    if (first.file) file(first.file);
    else if (first.text) look({ text: first.text }, kind);
  }
  const take = () => {
    close();
    const { answer } = start(read.edit, read.edit.label);
    answer.then((done) => {
      if (!done) return;
      const new_ = read.edit.edits.filter((one) => one.do === "add" && one.what === "node").map((one) => one.fields.id);
      if (new_.length) pick(new_);
      notice(`Added ${read.count ? boxes(read.count) : "what is in the table"}.`, "Undo", () => undo());
    });
  };
  return [
    h(
      "p",
      { class: "hint" },
      "With a row of names such as Stage, Title, Owner, KPI, Baseline, Target, Leads to; or a register or a logframe " +
        "as you keep it. Nothing is added before you say so.",
    ),
    h(
      "div",
      { class: "row" },
      h(
        "div",
        { class: "field" },
        h("label", { for: "table-text" }, "Paste cells of a spreadsheet"),
        h("textarea", {
          id: "table-text",
          rows: 3,
          onInput: (event) => {
            const { value } = event.currentTarget;
            if (value.trim()) look({ text: value }, kind);
          },
        }),
      ),
      h(
        "div",
        { class: "field" },
        h("label", { for: "table-file" }, "Or choose a workbook or a CSV file"),
        h("input", {
          id: "table-file",
          type: "file",
          accept: ".xlsx,.xlsm,.csv,.tsv,.txt",
          onChange: (event) => event.currentTarget.files[0] && file(event.currentTarget.files[0]),
        }),
      ),
    ),
    isBusy ? h("p", { role: "status" }, "Reading…") : null,
    fault
      ? h("p", { class: "refusal", role: "alert" }, `${fault}${/[.!?]$/.test(fault) ? "" : "."} The map is as it was.`)
      : null,
    read ? h(Found, { read, kind, setKind, setReader, correct }) : null,
    h(
      "div",
      { class: "buttons" },
      read?.edit && !fault
        ? h(
            Button,
            { class: "main", disabled: isBusy, id: "table-take", does: take },
            read.count ? `Add ${boxes(read.count)}` : "Change the map",
          )
        : null,
      h(Button, { does: close }, "Cancel"),
    ),
  ];
}

/** A file as it is sent; an `Error` where it is too large. */
async function fileOf(file) {
  const mega = (bytes) => (bytes / 1_000_000).toFixed(1);
  if (file.size > MOST)
    return new Error(
      `“${file.name}” has ${mega(file.size)} MB, and at most ${mega(MOST)} MB are read here. ` +
        "Copy the cells that you need, and paste them.",
    );
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return { name: file.name, bytes: text };
}

/** Opens the dialog, with a text or a file in it, or with nothing yet. */
export function open(first = {}) {
  if (!asEditor()) return;
  const place = document.createElement("div");
  const there = dialog("Add a table", place);
  there.classList.add("wide");
  const kind = first.kind ?? active()?.dataset?.add ?? chosenNode()?.kind ?? KINDS[0];
  render(h(Table, { first: { ...first, kind }, close: () => there.close() }), place);
  there.addEventListener("close", () => render(null, place));
}

document.addEventListener(
  "paste",
  (event) => {
    const text = event.clipboardData?.getData("text/plain") || "";
    const [file] = event.clipboardData?.files || [];
    const isEntry = isTyping() && active()?.matches?.(".entry");
    // In a field for a title a table is one only where its first row names its columns.
    const isNamed = /(^|\t)(title|name|stage|kind|box|benefit)(\t|$)/i.test(text.split(/\r?\n/)[0].trim());
    if (!mayEdit() || !(isOnMap() || isEntry) || !(isTable(text) || (file && !text)) || (isEntry && !isNamed)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const kind = active()?.dataset?.add ?? chosenNode()?.kind;
    open(text ? { text, kind } : { file, kind });
  },
  true,
);

// A file that is dropped anywhere on the map.
const stage = $("stage");
stage.addEventListener("dragover", (event) => {
  if (![...(event.dataTransfer?.types || [])].includes("Files")) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = mayEdit() ? "copy" : "none";
});
stage.addEventListener("drop", (event) => {
  const [file] = event.dataTransfer?.files || [];
  if (!file) return;
  event.preventDefault();
  open({ file });
});
