// A shape at another place. Pure.

/** Of the commands that say where, and not how far: whether their numbers are pairs, or of one direction alone. */
const AXES = { M: 2, L: 2, C: 2, S: 2, Q: 2, T: 2, H: "x", V: "y" };
const NUMBERS = /[-+]?(?:\d+\.?\d*|\.\d+)/g;
const short = (n) => String(Math.round(n * 100) / 100);

/** The path of a shape moved by so much; `null` where it has something that this does not know. */
export function shifted(path, dx, dy) {
  if (!path.startsWith("M") || /[Ae]/.test(path)) return null;
  return path.replace(/([MLCSQTHV])([^a-zA-Z]*)/g, (_, command, rest) => {
    const axes = AXES[command];
    const by = (at) => (axes === "x" || (axes === 2 && at % 2 === 0) ? dx : dy);
    return command + (rest.match(NUMBERS) || []).map((n, at) => short(Number(n) + by(at))).join(" ");
  });
}
