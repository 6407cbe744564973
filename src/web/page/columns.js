// What every column of a register was taken as: shown before anything is taken, and corrected there.

import { h } from "./ui.js";
import { sentence } from "./words.js";

/** A word of the reader as people read it. */
const LABELS = {
  id: "Reference",
  title: "Title",
  kpi: "KPI",
  "kpi-id": "Reference of the KPI",
  kpis: "KPIs",
  amount: "Worth in a year",
  "belongs-to": "Belongs to (reference)",
  responsible: "Who measures",
  "left-out": "Leave out",
};
const label = (word) => LABELS[word] ?? sentence(word.replaceAll("-", " "));

/** A mapping with one of its words changed. */
const corrected = (mapping, sheet, change) => ({
  sheets: mapping.sheets.map((one, i) => (i === sheet ? change(one) : one)),
});
const withColumn = (sheet, letter, is) => ({
  ...sheet,
  columns: sheet.columns.map((column) => (column.column === letter ? { ...column, is } : column)),
});

/** The free field that a column can be kept as: its own where it is one, else one of its head. */
const free = (column) =>
  column.is.startsWith("x-")
    ? column.is
    : `x-${column.head
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "")
        .slice(0, 40)}`;

const HEADS = ["Column", "Taken as", "How this was found", "Cells"];

function Sheet({ sheet, at, register, correct }) {
  const { mapping, roles, kinds } = register;
  // A sheet without a table is in the account and not in the mapping.
  if (at < 0) return h("p", { class: "hint" }, `Sheet “${sheet.sheet}” was left out: ${sheet.kind}.`);
  const pick = (value, words, change, name) =>
    h(
      "select",
      { "aria-label": name, value, onChange: (event) => change(event.currentTarget.value) },
      words.map(([word, text]) => h("option", { value: word, key: word }, text)),
    );
  const named = (words) => words.map((word) => [word, label(word)]);
  return h(
    "div",
    {},
    h(
      "p",
      {},
      `Sheet “${sheet.sheet}”, the columns named in row ${sheet.heads.join(" and ")}, ${sheet.rows} rows below. `,
      "Read as ",
      pick(
        sheet.kind,
        named(kinds),
        (kind) => correct(corrected(mapping, at, (one) => ({ ...one, kind }))),
        `What sheet ${sheet.sheet} is`,
      ),
    ),
    h(
      "div",
      { class: "sheet", tabIndex: 0, role: "region", "aria-label": `Columns of ${sheet.sheet}` },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            HEADS.map((one) => h("th", { scope: "col", key: one }, one)),
          ),
        ),
        h(
          "tbody",
          {},
          sheet.columns.map((column) =>
            h(
              "tr",
              { key: column.column },
              h("th", { scope: "row" }, `${column.column}: ${column.head || "no name"}`),
              h(
                "td",
                {},
                pick(
                  column.is,
                  [
                    ...named(roles),
                    ...(free(column).length > 2 ? [[free(column), `Keep as “${free(column).slice(2)}”`]] : []),
                    ["left-out", label("left-out")],
                  ],
                  (is) => correct(corrected(mapping, at, (one) => withColumn(one, column.column, is))),
                  `What column ${column.head || column.column} is`,
                ),
                column.date ? h("span", { class: "hint" }, column.date) : null,
              ),
              h("td", {}, sentence(column.how)),
              h("td", {}, String(column.cells)),
            ),
          ),
        ),
      ),
    ),
  );
}

/** The columns of a register; `correct` is called with another mapping. */
export function Columns({ register, correct }) {
  let at = -1;
  const places = register.sheets.map((sheet) => (sheet.heads.length ? (at += 1) : -1));
  const placed = register.sheets.flatMap((sheet) => sheet.columns);
  const out = placed.filter((column) => column.is === "left-out").length;
  return h(
    "details",
    { class: "part", open: true, id: "table-columns" },
    h("summary", {}, `Columns (${placed.length}${out ? `, ${out} left out` : ""})`),
    h("p", { class: "hint" }, "Correct what a column is; the rows are then read again."),
    register.sheets.map((sheet, i) => h(Sheet, { key: i, sheet, at: places[i], register, correct })),
    register.measured
      ? h(
          "p",
          { class: "hint" },
          `${register.measured} measured ${register.measured === 1 ? "value is" : "values are"} not part of a map, ` +
            "so not taken here. Once the KPIs are on the map, drop the values as a table with KPI, date and value.",
        )
      : null,
  );
}
