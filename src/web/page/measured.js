// Measurements: a file handed in, a value typed, how KPIs stand as of a day, with a sign on each box and a chart.

import { $, notice, say } from "./dom.js";
import { sure } from "./asking.js";
import { does, room } from "./beside.js";
import { draw as drawMarks, SIGNS } from "./marks.js";
import * as end from "./end.js";
import { changed, mayEdit, record, state, watch } from "./state.js";
import { day, number } from "./typed.js";
import { Button, h, render, useNews, useState } from "./ui.js";

let asOf = "";
let waits = 0;
/** Asks how the map stands, after a moment: several changes are asked for once. */
function ask() {
  clearTimeout(waits);
  waits = setTimeout(async () => {
    try {
      room.status = await end.ask("/api/status", asOf ? { as_of: asOf } : {});
      changed("status");
      drawMarks();
      fill();
    } catch {
      /* It is asked for again with the next change. */
    }
  }, 300);
}

const today = () => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
};

/** A small line of what was measured. */
function Spark({ points }) {
  if (points.length < 2) return null;
  const at = points.map(([date, value]) => [Date.parse(date), Number(value)]);
  const [xs, ys] = [at.map(([x]) => x), at.map(([, y]) => y)];
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const place = ([x, y]) => [((x - x0) / (x1 - x0 || 1)) * 96 + 2, 22 - ((y - y0) / (y1 - y0 || 1)) * 20];
  return h(
    "svg",
    { class: "spark", viewBox: "0 0 100 24", width: 100, height: 24, "aria-hidden": "true" },
    h("polyline", { points: at.map((one) => place(one).map((n) => n.toFixed(1)).join(",")).join(" ") }),
  );
}

/** How a KPI stands, and a field for another value; in its details. */
function At({ id }) {
  const kpi = record(`kpi ${id}`);
  const now = room.status?.kpis[id];
  const [value, type] = useState("");
  const [date, on] = useState(today());
  const [fault, wrong] = useState("");
  const [isOpen, show] = useState(false);
  const submit = (event) => {
    event.preventDefault();
    const read = number(value);
    const when = day(date);
    const bad = [read, when].find((one) => one instanceof Error);
    const why = bad ? bad.message : read === null || when === null ? "Give a value and a day." : "";
    wrong(why);
    if (why) return;
    const { name } = end.myself();
    does({ do: "measure", rows: [{ kpi: id, date: when, value: read, source: name || "workshop" }] });
    type("");
    say(`${value} on ${date} saved`);
  };
  if (!kpi) return null;
  const url = end.address("/api/chart", { kpi: id, v: String(room.board.measured?.version || 0), as_of: asOf });
  return [
    now
      ? h(
          "p",
          { class: `stands ${now.status}` },
          h("span", { class: "status", "aria-hidden": "true" }, SIGNS[now.status] || "–"),
          h("strong", {}, now.label),
          now.last ? ` ${now.last[1]} ${kpi.unit || ""} on ${now.last[0]}` : " nothing measured yet",
          h(Spark, { points: now.points }),
        )
      : null,
    now?.points.length
      ? h(Button, { class: "text small", "aria-expanded": String(isOpen), does: () => show(!isOpen) }, "Chart")
      : null,
    isOpen
      ? h("img", { class: "chart", src: url, alt: `Chart of ${kpi.title}: ${now?.label}`, width: 560, height: 320 })
      : null,
    mayEdit()
      ? h(
          "form",
          { class: "line", onSubmit: submit },
          h(
            "div",
            { class: "row" },
            h(
              "div",
              {},
              h("label", { for: `value-${id}` }, "Measured"),
              h("input", {
                id: `value-${id}`,
                type: "text",
                inputmode: "decimal",
                value,
                "aria-invalid": fault ? "true" : undefined,
                "aria-describedby": fault ? `fault-${id}` : undefined,
                onInput: (event) => type(event.target.value),
              }),
            ),
            h(
              "div",
              {},
              h("label", { for: `date-${id}` }, "On"),
              h("input", { id: `date-${id}`, type: "date", value: date, onInput: (event) => on(event.target.value) }),
            ),
          ),
          fault ? h("span", { class: "fault", id: `fault-${id}`, role: "alert" }, fault) : null,
          h("button", {}, "Add value"),
        )
      : null,
  ];
}

/** Fills the places that the details have for it. */
function fill() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".measured-at")))
    render(h(At, { key: place.dataset.kpi, id: place.dataset.kpi }), place);
}
new MutationObserver(fill).observe($("panel-body"), { childList: true, subtree: false });
watch((what) => {
  if (what.has("map") || what.has("room")) ask();
  if (what.has("chosen") || what.has("map")) requestAnimationFrame(() => requestAnimationFrame(fill));
});

const KILO = 1024;
/** The largest file that can be sent in one request. */
const LARGEST = 600 * KILO;

/** What a file holds, as it is sent: a text, or the bytes of a workbook as characters. */
async function contentOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 8 * KILO)
      text += String.fromCharCode(...bytes.subarray(at, at + 8 * KILO));
    return text;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Reads a file, says what is in it, and takes it where the person agrees. */
export async function handIn(file) {
  if (!mayEdit()) return notice("You can view, not change. Ask for the link that edits.");
  if (file.size > LARGEST) return notice(`${file.name} is too large: up to 600 kB at a time. Hand it in in parts.`);
  try {
    const body = { name: file.name, text: await contentOf(file) };
    const read = await end.measurements(body);
    if (!read.rows)
      return notice(`Nothing was taken from ${file.name}. ${read.remarks[0] || ""}`, null, null, 0);
    const some = (n, one, more) => `${n} ${n === 1 ? one : more}`;
    const many = `${some(read.rows, "value", "values")} of ${some(read.kpis, "KPI", "KPIs")}`;
    const out = read.left_out ? ` ${some(read.left_out, "row is", "rows are")} left out.` : "";
    const remarks = read.remarks.length ? ` ${read.remarks.join(" ")}` : "";
    const text = `${many}.${out}${remarks} Sources and notes of single rows stay in the file.`;
    if (await sure(`Take the measurements of ${file.name}?`, text, "Take them")) {
      await end.measurements({ ...body, take: true });
      notice(`${many} taken.`);
    }
  } catch (error) {
    notice(`${file.name}: ${error.message}`, null, null, 0);
  }
  return null;
}

/** The part of the panel. */
export function Measurements() {
  useNews("room", "status");
  const kpis = Object.values(room.status?.kpis || {});
  const counts = Object.keys({ ...SIGNS, "not-due": "" })
    .map((status) => ({ status, all: kpis.filter((one) => one.status === status) }))
    .filter(({ all }) => all.length);
  return [
    h(
      "ul",
      { class: "counts" },
      counts.map(({ status, all }) =>
        h(
          "li",
          { key: status, class: status },
          h(
            "span",
            {},
            h("span", { class: "status", "aria-hidden": "true" }, SIGNS[status] || "–"),
            ` ${all[0].label}`,
          ),
          h("strong", {}, String(all.length)),
        ),
      ),
    ),
    kpis.length ? null : h("p", { class: "empty" }, "No KPIs yet. Add one in the details of a box."),
    h(
      "div",
      { class: "field" },
      h("label", { for: "as-of" }, "As of"),
      h("input", {
        type: "date",
        id: "as-of",
        value: asOf || room.status?.as_of || today(),
        onChange: (event) => {
          asOf = event.target.value;
          ask();
        },
      }),
      h("span", { class: "hint" }, "For you alone."),
    ),
    mayEdit()
      ? h(
          "div",
          { class: "field" },
          h("label", { for: "measurements-file" }, "A file of measurements (CSV or Excel)"),
          h("input", {
            type: "file",
            id: "measurements-file",
            accept: ".csv,.xlsx,.txt",
            onChange: (event) => {
              const [file] = event.target.files;
              event.target.value = "";
              if (file) handIn(file);
            },
          }),
          h("span", { class: "hint" }, "With the columns kpi, date and value. Or drop it on the map."),
        )
      : null,
    state.map.kpis?.length && room.board.measured?.rows
      ? h(
          "a",
          { class: "button", href: end.address("/api/export/measurements"), download: "" },
          "Save the measurements",
        )
      : null,
  ];
}
ask();
fill();
