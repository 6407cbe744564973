// Figures and days as the language of the map writes them. Pure.

const ENGLISH = "en-GB";

/** The language to write in: that of a map, or English where it says none or one that is no language. */
export function written(language) {
  try {
    return Intl.getCanonicalLocales(language || ENGLISH)[0];
  } catch {
    return ENGLISH;
  }
}

/** A number with at most so many places. */
export const number = (value, language, places = 2) =>
  new Intl.NumberFormat(written(language), { maximumFractionDigits: places }).format(value);

/** An amount as people say it: short, with the sign of its currency. */
export function money(amount, currency, language) {
  const most = { maximumFractionDigits: 1, notation: /** @type {"compact"} */ ("compact") };
  const locale = written(language);
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency: currency || "x", ...most }).format(amount);
  } catch {
    // A currency that is none of the standard's.
    return [currency, new Intl.NumberFormat(locale, most).format(amount)].filter(Boolean).join(" ");
  }
}

/** A day such as `2031-03-31` in words; as it is where it is no day. */
export function day(text, language) {
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) ? text : inWords(at, language, { timeZone: "UTC" });
}

/** The day that it is where the reader is, in words. */
export const today = (language) => inWords(new Date(), language, {});

function inWords(at, language, zone) {
  const parts = /** @type {const} */ ({ day: "numeric", month: "long", year: "numeric" });
  return new Intl.DateTimeFormat(written(language), { ...parts, ...zone }).format(at);
}
