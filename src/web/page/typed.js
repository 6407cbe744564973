// What is typed into a field, and the value that it means. Pure.

/**
 * How a field is asked for.
 * @typedef {{ field: string, kind: string, label: string, written?: string, rows?: number, required?: boolean }} Ask
 */

/** The first year that a date may have: what is earlier was typed half. */
const FIRST_YEAR = 1900;

/** A number as it is typed: with a point or a comma before the fraction. @param {string} value */
export function number(value) {
  const typed = value.trim().replace(/\s/g, "");
  if (!typed) return null;
  const plain =
    /^-?\d+,\d+$/.test(typed) && !/^-?\d{1,3},\d{3}$/.test(typed)
      ? typed.replace(",", ".")
      : typed.replace(/,(?=\d{3}(\D|$))/g, "");
  return /^-?\d+(\.\d+)?$/.test(plain)
    ? Number(plain)
    : new Error(`“${value}” is not a number. Type digits, with a point before the fraction.`);
}

/** A day as a date field gives it. @param {string} value */
export function day(value) {
  if (!value) return null;
  const [year] = value.split("-").map(Number);
  if (!/^\d{4,}-\d\d-\d\d$/.test(value)) return new Error("This date is not complete. Type day, month and year.");
  if (year < FIRST_YEAR)
    return new Error(`The year ${year} is before ${FIRST_YEAR}. Type all four digits of the year.`);
  if (year > 9999) return new Error(`The year ${year} has more than four digits. Type four.`);
  return value;
}

/** Whether a text is one line to its readers, however many lines its field shows. @param {Ask} ask */
export const isOneLine = (ask) => ask.kind !== "texts" && (!ask.rows || ask.field === "title");

const parts = (text, by) =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter(Boolean);

/** The value that a text means; an `Error` that says what is wrong with it. @param {Ask} ask @param {string} text */
export function read(ask, text) {
  if (ask.kind === "number") {
    const typed = number(text);
    return ask.written === "percent" && typeof typed === "number" ? Number((typed / 100).toFixed(6)) : typed;
  }
  if (ask.kind === "day") return day(text);
  if (ask.kind === "whole") return text ? Number(text) : null;
  if (ask.kind === "texts") return parts(text, ask.written === "commas" ? "," : "\n");
  if (ask.kind === "references") return parts(text, ",");
  if (ask.kind === "flag") return text === "true" || null;
  if (ask.kind === "numbers") {
    const all = parts(text, /,\s|[;\s]/).map(number);
    return all.find((one) => one instanceof Error) ?? all;
  }
  if (ask.kind === "text" && isOneLine(ask)) return text.replace(/\s+/g, " ").trim() || null;
  return text.trim() || null;
}

/** A value as it is shown in its field. @param {Ask} ask @param {any} value */
export function write(ask, value) {
  if (value === null || value === undefined) return "";
  if (ask.written === "percent") return String(Number((value * 100).toFixed(4)));
  if (Array.isArray(value)) return value.join(ask.kind !== "texts" || ask.written === "commas" ? ", " : "\n");
  return value === false ? "" : String(value);
}
