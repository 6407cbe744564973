// What people have beside the map, as the server has it and as it is shown with what waits to be saved. Pure.

/** A board with nothing on it. */
/** @returns {any} */
export const empty = () => ({ notes: {}, votes: {}, rounds: {}, health: {}, timer: null });

/** An id for something new. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((b) => (b % 36).toString(36)).join("");
}

/** A board with what is new of it, or another whole one. */
export function taken(board, news) {
  const next = news.whole ? empty() : { ...board };
  for (const part of ["notes", "votes", "rounds", "health"]) {
    next[part] = { ...next[part] };
    for (const [id, one] of Object.entries(news[part] || {})) {
      if (one === null) delete next[part][id];
      else next[part][id] = one;
    }
  }
  if (news.measured) next.measured = news.measured;
  if (news.timer !== undefined) next.timer = news.timer;
  return next;
}

/** A deed done on a board before the server has done it. */
function done({ board, own }, { deed, me }) {
  const { id } = deed;
  const note = board.notes[id];
  const put = (part, one) => ({ board: { ...board, [part]: { ...board[part], [id]: one } }, own });
  const without = (part) => {
    const rest = { ...board[part] };
    delete rest[id];
    return { board: { ...board, [part]: rest }, own };
  };
  const says = (part, value) => ({ board, own: { ...own, [part]: { ...own[part], [id]: value } } });
  switch (deed.do) {
    case "note": {
      const { text, about = null } = deed;
      const fresh = { ...me, at: "", about, text, done: false, number: 1e9, waits: true };
      return note ? { board, own } : put("notes", fresh);
    }
    case "reword":
      return note ? put("notes", { ...note, text: deed.text, waits: true }) : { board, own };
    case "move":
      return note ? put("notes", { ...note, about: deed.about ?? null, waits: true }) : { board, own };
    case "settle":
      return note ? put("notes", { ...note, done: deed.done, waits: true }) : { board, own };
    case "remove-note":
      return without("notes");
    case "remove-vote":
      return without("votes");
    case "remove-round":
      return without("rounds");
    case "vote":
      return says("votes", deed.dots);
    case "remove-health":
      return without("health");
    case "mark": {
      const marks = { ...own.health?.[id] };
      if (deed.answer === null) delete marks[deed.question];
      else marks[deed.question] = { answer: deed.answer, note: deed.note };
      return says("health", marks);
    }
    case "answer":
      return says("answers", deed.answer ?? undefined);
    default:
      return { board, own };
  }
}

/** What is shown: what the server has, with the deeds that wait done on it. */
export const withDeeds = (board, own, queue) => queue.reduce(done, { board, own });

/** The notes in their order; about a subject where one is given, `null` for the parking place. */
export function notesOf(board, about) {
  const all = Object.entries(board.notes).map(([id, note]) => ({ id, ...note }));
  const wanted = about === undefined ? all : all.filter((note) => (note.about ?? null) === about);
  return wanted.sort((a, b) => Number(a.done) - Number(b.done) || a.number - b.number);
}

/** Votes or rounds, the newest first. */
export const newest = (some) =>
  Object.entries(some)
    .map(([id, one]) => ({ id, ...one }))
    .sort((a, b) => b.number - a.number);

/** How many dots of a ballot are given. */
export const given = (ballot) => Object.values(ballot || {}).reduce((sum, many) => sum + many, 0);

/** A ballot with dots more or less to a subject; the same one where that cannot be. */
export function withDot(ballot = {}, subject, by, most) {
  const many = (ballot[subject] || 0) + by;
  if (many < 0 || given(ballot) + by > most) return ballot;
  const next = { ...ballot, [subject]: many };
  if (!many) delete next[subject];
  return next;
}

/** What dots can be given to, of boxes as `{id, kind}` and notes: their subjects. */
export function votable(vote, boxes, board) {
  if (vote.among === "parking") return notesOf(board, null).map((note) => `note ${note.id}`);
  const stage = vote.among?.stage;
  return boxes.filter((box) => !stage || box.kind === stage).map((box) => `node ${box.id}`);
}

/** Answers that are the same, with how many gave them, the most frequent first; of choices, all in their order. */
export function counted(answers, choices) {
  const many = new Map(choices.map((choice) => [choice, []]));
  for (const one of answers) many.set(one.answer, [...(many.get(one.answer) || []), one]);
  const list = [...many].map(([answer, all]) => ({ answer, all }));
  return choices.length ? list : list.sort((a, b) => b.all.length - a.all.length);
}

/** A time that is left, in ms, as minutes and seconds. */
export function clock(left) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
