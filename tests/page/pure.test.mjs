// The pure parts of the workshop's page, tested in Node: `node --test` in a folder that holds them beside this file.

import assert from "node:assert/strict";
import { test } from "node:test";

import { clock, counted, empty, given, notesOf, taken, votable, withDeeds, withDot } from "./board.js";
import { costOf, handful, story } from "./chains.js";
import { copied, fromText, idMaker, pasted, slug, toText } from "./clip.js";
import { backed, backing, BACKING, DIMENSIONS } from "./dimensions.js";
import { atPath, Drafts, keepKeys, keyOf, outcome, same, withPart } from "./drafts.js";
import { day as dayIn, money, number as numberIn } from "./figures.js";
import { adds, isMakeshift, makeshift, named, withSketches, withWaiting, wrapped } from "./optimist.js";
import { shifted } from "./shifted.js";
import { changes, owning } from "./today.js";
import { day, isOneLine, number, read, write } from "./typed.js";

test("what is empty, missing or no says the same", () => {
  for (const nothing of [null, undefined, "", [], {}, false, { a: null }]) assert.ok(same(nothing, null), nothing);
  assert.ok(same({ a: 1, b: "" }, { a: 1 }));
  assert.ok(same([{ b: 2, a: 1 }], [{ a: 1, b: 2 }]));
  for (const [a, b] of [
    ["1", 1],
    [0, null],
    [
      ["a", "b"],
      ["b", "a"],
    ],
    [{ a: 1 }, { a: 2 }],
  ])
    assert.ok(!same(a, b), `${JSON.stringify(a)} ${JSON.stringify(b)}`);
});

test("a cost is paid in each of its years", () => {
  const cost = (year, until) => costOf({ cost: [{ year, until, amount: 40 }, { year: "2026-27", amount: 1 }] });
  assert.equal(cost("2026-27"), 41);
  assert.equal(cost("2026-27", "2028-29"), 121);
  assert.equal(cost("FY26/27", "2028/29"), 121);
  assert.equal(cost("26/27", "FY 28-29"), 121);
  assert.equal(cost("2026", "2030"), 201);
  for (const until of ["2025-26", "for good", "", "9999-00"]) assert.equal(cost("2026-27", until), 41, until);
  assert.equal(costOf({}), 0);
});

test("a draft becomes an edit only where it says something new", () => {
  assert.equal(outcome("a", "a", "b"), "edit");
  assert.equal(outcome("a", "a", "a"), "nothing");
  assert.equal(outcome("a", "b", "a"), "nothing");
  assert.equal(outcome("a", "b", "b"), "nothing");
  assert.equal(outcome("a", "b", "c"), "clash");
  assert.equal(outcome("", undefined, "c"), "edit");
});

test("a draft keeps what was there when it was begun, and belongs to its row", () => {
  const drafts = new Drafts();
  const one = { subject: "node a", field: "cost", row: "k1", part: "amount" };
  const two = { ...one, row: "k2" };
  drafts.type(one, "1", undefined);
  drafts.type(one, "12", 99);
  drafts.type(two, "7", 5);
  assert.equal(drafts.get(one).entered, undefined);
  assert.equal(drafts.get(one).text, "12");
  assert.equal(drafts.like({ subject: "node a", field: "cost" }).length, 2);
  assert.equal(drafts.like({ row: "k2" })[0].text, "7");
  drafts.blame(one, "wrong");
  assert.equal(drafts.get(one).fault, "wrong");
  drafts.type(one, "13", 99);
  assert.equal(drafts.get(one).fault, undefined);
  const again = new Drafts(JSON.parse(JSON.stringify(drafts)));
  assert.equal(again.get(one).text, "13");
  again.rename((subject) => subject.replace("node a", "node b"));
  assert.equal(again.get(one), undefined);
  assert.equal(again.drop({ ...one, subject: "node b" }).text, "13");
  assert.notEqual(keyOf(one), keyOf(two));
});

test("a part is put into a record, and is gone where it is empty", () => {
  assert.deepEqual(withPart(undefined, "value", 0), { value: 0 });
  assert.deepEqual(withPart({ value: 1, date: "2030-01-01" }, "date", null), { value: 1 });
});

const keysAfter = (before, after) => {
  let made = 0;
  const keyed = before.map((v) => ({ key: v.split(":")[0], row: { v } }));
  return keepKeys(
    keyed,
    after.map((v) => ({ v })),
    () => `new${(made += 1)}`,
  ).map(({ key }) => key);
};

test("rows keep their keys when others are added, taken away, moved or changed", () => {
  assert.deepEqual(keysAfter(["a", "b"], ["a", "b", "c"]), ["a", "b", "new1"]);
  assert.deepEqual(keysAfter(["a", "b"], ["b"]), ["b"]);
  assert.deepEqual(keysAfter(["a", "b"], ["b", "a"]), ["b", "a"]);
  assert.deepEqual(keysAfter(["a", "b"], ["a", "x"]), ["a", "b"]);
  assert.deepEqual(keysAfter(["a", "b", "c"], ["x", "c"]), ["new1", "c"]);
  assert.deepEqual(keysAfter([], ["a", "b"]), ["new1", "new2"]);
});

const map = () => {
  const nodes = [
    { id: "a", kind: "enabler", title: "A" },
    { id: "b", kind: "end-outcome", title: "B" },
  ];
  const lists = { node: new Map(), link: new Map(), kpi: new Map(), risk: new Map(), owner: new Map() };
  for (const n of nodes) lists.node.set(`node ${n.id}`, n);
  lists.link.set("link a -> b", { from: "a", to: "b", rationale: "so" });
  lists.kpi.set("kpi k", { id: "k", node: "a" });
  lists.risk.set("risk r", { id: "r", threatens: "a" });
  return lists;
};

test("edits that wait are seen, and what they are done to is not changed", () => {
  const served = map();
  const shown = withWaiting({ title: "T" }, served, [
    { n: 1, edit: { do: "add-node", kind: "enabler", title: "C", from: ["a"], to: [] } },
    { n: 2, edit: { do: "set", what: "node a", field: "title", value: "AA", was: "A" } },
    { n: 3, edit: { do: "set", what: "map", field: "title", value: "New" } },
    { n: 4, edit: { do: "unlink", from: "a", to: "b" } },
    { n: 5, edit: { do: "group", edits: [{ do: "add", what: "kpi", fields: { node: "b", title: "K" } }] } },
  ]);
  assert.equal(shown.lists.node.get("node ~new-1-0").title, "C");
  assert.ok(shown.lists.link.has("link a -> ~new-1-0") && !shown.lists.link.has("link a -> b"));
  assert.equal(shown.lists.node.get("node a").title, "AA");
  assert.equal(shown.map.title, "New");
  assert.equal(shown.lists.kpi.get("kpi ~new-5-0").title, "K");
  assert.ok(shown.touched.has("node a") && shown.touched.has("node ~new-1-0"));
  assert.equal(served.node.get("node a").title, "A");
  assert.equal(served.node.size, 2);
});

test("a deleted box takes its links and KPIs along", () => {
  const { lists } = withWaiting({}, map(), [{ n: 1, edit: { do: "remove", what: "node a" } }]);
  assert.deepEqual([lists.node.size, lists.link.size, lists.kpi.size], [1, 0, 0]);
  assert.equal(lists.risk.get("risk r").threatens, undefined);
});

test("activities of a plan are added, changed and deleted in their plan", () => {
  const served = { ...map(), plan: new Map([["plan o", { owner: "o", activities: [{ id: "x", title: "X" }] }]]) };
  const { lists } = withWaiting({}, served, [
    { n: 1, edit: { do: "add", what: "activity", plan: "o", fields: { title: "Y" } } },
    { n: 2, edit: { do: "set", what: "activity x", field: "title", value: "XX" } },
    { n: 3, edit: { do: "add", what: "activity", plan: "p", fields: { title: "Z" } } },
  ]);
  assert.deepEqual(
    lists.plan.get("plan o").activities.map((one) => one.title),
    ["XX", "Y"],
  );
  assert.equal(lists.plan.get("plan p").activities[0].id, "~new-3-0");
  const without = withWaiting({}, served, [{ n: 4, edit: { do: "remove", what: "activity x" } }]);
  assert.deepEqual(without.lists.plan.get("plan o").activities, []);
  assert.equal(served.plan.get("plan o").activities[0].title, "X");
});

test("makeshift ids become those that the server gave, and only where ids are written", () => {
  const names = new Map([[makeshift(7, 0), "kiosks"]]);
  assert.ok(isMakeshift("~new-7-0") && !isMakeshift("new-7"));
  const edit = {
    do: "group",
    edits: [
      { do: "add-node", kind: "enabler", title: "~new-7-0", from: ["~new-7-0"], below: "~new-7-0" },
      { do: "set", what: "node ~new-7-0", field: "owner", value: "~new-7-0" },
      { do: "set", what: "link ~new-7-0 -> a", field: "rationale", value: "as ~new-7-0 says" },
    ],
  };
  assert.deepEqual(named(edit, names).edits, [
    { do: "add-node", kind: "enabler", title: "~new-7-0", from: ["kiosks"], below: "kiosks" },
    { do: "set", what: "node kiosks", field: "owner", value: "kiosks" },
    { do: "set", what: "link kiosks -> a", field: "rationale", value: "as ~new-7-0 says" },
  ]);
  assert.equal(adds(edit), 1);
});

test("a new box has a place under the one it was asked for under, and others make room", () => {
  const served = map();
  const picture = {
    columns: [{ kind: "enabler", x: 0, y: 0, w: 230 }],
    cards: { a: { x: 10, y: 50, w: 210, h: 44, svg: "" }, b: { x: 400, y: 50, w: 210, h: 44, svg: "" } },
    routes: { "a -> b": { from: "a", to: "b" } },
  };
  const waiting = [
    { n: 1, edit: { do: "add-node", kind: "enabler", title: "A long title that takes two lines", below: "" } },
  ];
  const shown = withWaiting({}, served, waiting);
  const { cards } = withSketches(picture, served, shown.lists, waiting);
  const fresh = cards["~new-1-0"];
  assert.equal(fresh.y, 50);
  assert.ok(cards.a.y >= fresh.y + fresh.h && fresh.lines.length === 2);
  assert.equal(picture.cards.a.y, 50);
  assert.equal(wrapped("").length, 1);
});

test("numbers are read with points and commas, and what is not a number is refused in words", () => {
  for (const [text, value] of [
    ["12", 12],
    ["1,5", 1.5],
    ["1,234", 1234],
    ["1 234.5", 1234.5],
    ["-3", -3],
    ["", null],
  ])
    assert.equal(number(text), value, text);
  assert.match(number("twelve").message, /“twelve” is not a number/);
});

test("a date has a year of four digits from 1900 on", () => {
  assert.equal(day("2030-12-31"), "2030-12-31");
  assert.equal(day(""), null);
  assert.match(day("0020-12-31").message, /four digits/);
  assert.match(day("half").message, /not complete/);
});

test("a text of one line has no line breaks, and is written as it is read", () => {
  const title = { field: "title", kind: "text", label: "Title", rows: 2 };
  assert.ok(isOneLine(title));
  assert.equal(read(title, " Open\n doors "), "Open doors");
  const share = { field: "contribution", kind: "number", label: "Share", written: "percent" };
  assert.equal(read(share, "12.5"), 0.125);
  assert.equal(write(share, 0.125), "12.5");
  const tags = { field: "tags", kind: "texts", label: "Tags", written: "commas" };
  assert.deepEqual(read(tags, "a, b,,"), ["a", "b"]);
  assert.equal(write(tags, ["a", "b"]), "a, b");
});

test("a board takes in what is new, and shows what waits until it is saved", () => {
  let board = taken(empty(), { whole: true, notes: { a: { text: "one", number: 1, about: null } }, votes: {}, rounds: {} });
  board = taken(board, { notes: { b: { text: "two", number: 2, about: "node x" }, a: null }, timer: { left: 5 } });
  assert.deepEqual([Object.keys(board.notes), board.timer], [["b"], { left: 5 }]);
  assert.equal(taken(board, { notes: {} }).timer.left, 5);
  assert.equal(taken(board, { timer: null }).timer, null);
  const me = { name: "Ada", colour: 3 };
  const deeds = [
    { deed: { do: "note", id: "c", text: "three" }, me },
    { deed: { do: "move", id: "b" }, me },
    { deed: { do: "vote", id: "v", dots: { "node x": 2 } }, me },
    { deed: { do: "answer", id: "r", answer: "yes" }, me },
  ];
  const shown = withDeeds(board, { votes: {}, answers: {} }, deeds);
  assert.deepEqual(notesOf(shown.board, null).map((note) => [note.id, note.waits]), [["b", true], ["c", true]]);
  assert.deepEqual(shown.own, { votes: { v: { "node x": 2 } }, answers: { r: "yes" } });
  assert.equal(board.notes.b.about, "node x", "what the server has is left alone");
  // What is refused or gone meanwhile does no harm.
  for (const what of ["reword", "move", "settle", "remove-note", "unknown"])
    assert.deepEqual(withDeeds(empty(), { votes: {}, answers: {} }, [{ deed: { do: what, id: "z" }, me }]).board.notes, {});
});

test("dots are given and taken back within what each person has", () => {
  const one = withDot(undefined, "node a", 1, 2);
  const two = withDot(one, "node b", 1, 2);
  assert.equal(withDot(two, "node b", 1, 2), two, "there are no more");
  assert.equal(withDot(two, "node c", -1, 2), two, "there is none to take");
  assert.deepEqual(withDot(two, "node a", -1, 2), { "node b": 1 });
  assert.equal(given(two), 2);
  const board = taken(empty(), { notes: { n: { about: null, number: 1 }, m: { about: "node a", number: 2 } } });
  const boxes = [{ id: "a", kind: "enabler" }, { id: "b", kind: "investment" }];
  assert.deepEqual(votable({ among: "boxes" }, boxes, board), ["node a", "node b"]);
  assert.deepEqual(votable({ among: { stage: "enabler" } }, boxes, board), ["node a"]);
  assert.deepEqual(votable({ among: "parking" }, boxes, board), ["note n"]);
});

test("answers are counted, and times are read as a clock", () => {
  const said = (answer) => ({ answer });
  const groups = counted([said("b"), said("a"), said("b")], []);
  assert.deepEqual(groups.map(({ answer, all }) => [answer, all.length]), [["b", 2], ["a", 1]]);
  assert.deepEqual(counted([said("2")], ["1", "2"]).map(({ all }) => all.length), [0, 1]);
  assert.deepEqual([0, 1, 59_001, 60_000, 3_599_999, -5].map(clock), ["0:00", "0:01", "1:00", "1:00", "60:00", "0:00"]);
});

test("the story of an outcome is a handful of steps, with money, targets and what is open", () => {
  const nodes = {
    m: { id: "m", kind: "investment", title: "Money", cost: [{ amount: 1000000 }, { amount: 250000 }] },
    o: { id: "o", kind: "end-outcome", title: "Outcome", owner: "d" },
  };
  const chains = [];
  for (let i = 0; i < 30; i += 1) {
    nodes[`e${i}`] = { id: `e${i}`, kind: "enabler", title: `Enabler ${i}` };
    chains.push(["m", `e${i}`, "o"]);
  }
  const kpi = { title: "Trips", baseline: { value: 1000 }, targets: [{ value: 2500, date: "2030-01-01" }], unit: "a day" };
  const map = {
    node: (id) => nodes[id],
    ownerName: () => "Director",
    kpisOf: (id) => (id === "o" ? [kpi] : []),
    kindOf: (node) => node.kind,
    why: (from, to) => `${from} to ${to}`,
    open: (id) => (id === "e3" ? ["no owner"] : []),
    currency: "GBP",
    chains: { chains, more: true },
  };
  const steps = story("o", map);
  assert.equal(steps.length, 7, "the outcome, five chains, what is open");
  assert.match(steps[0].text, /30 or more chains of 32 boxes lead here. Director answers for it. .*£1.3m/i);
  assert.match(steps[0].text, /Trips: from 1,000 to 2,500 a day by 1 January 2030/);
  const german = story("o", { ...map, currency: "EUR", language: "de" })[0].text;
  assert.match(german, /1,3\sMio\.\s€.* from 1\.000 to 2\.500 a day by 1\. Januar 2030/);
  assert.deepEqual([steps[1].head, steps[1].chain.length, steps[1].list[1].why], ["Enabler 0", 3, "m to e0"]);
  assert.equal(steps[6].list[0].facts[0], "no owner");
  const alone = story("o", { ...map, chains: { chains: [], more: false } });
  assert.equal(alone.length, 2);
  assert.match(alone[0].text, /Nothing leads here yet/);
  assert.equal(money(5, "doubloons"), "doubloons 5");
  assert.equal(numberIn(1234.5, "no language at all"), "1,234.5");
  assert.equal(dayIn("soon", "de"), "soon");
  assert.equal(handful([["a", "b"], ["a", "b"]]).length, 1, "what shows nothing new is not shown");
});

test("what changed today is told by names", () => {
  const before = { nodes: [{ id: "a", title: "A" }, { id: "b", title: "B" }, { id: "c", title: "C" }], links: [{ from: "a", to: "b" }] };
  const now = {
    nodes: [{ id: "a", title: "AA" }, { id: "b", title: "B", owner: "o" }, { id: "d", title: "D" }],
    links: [{ from: "a", to: "b", rationale: "so" }, { from: "b", to: "d" }],
    owners: [{ id: "o", name: "Ola" }],
  };
  assert.deepEqual(
    changes(before, now).map(({ words, names }) => `${words}: ${names.join(", ")}`),
    [
      "1 box added: D",
      "1 box renamed: A → AA",
      "1 box changed: B",
      "1 box deleted: C",
      "1 owner added: Ola",
      "1 link drawn: B → D",
      "1 link has a reason now: AA → B",
    ],
  );
  assert.deepEqual(changes(now, now), []);
  assert.deepEqual(owning(now), [{ name: "Ola", boxes: ["B"] }, { name: "", boxes: ["AA", "D"] }]);
});

const shop = {
  nodes: [
    { id: "a", kind: "enabler", title: "A", owner: "ada", partners: ["p"], tags: ["x"] },
    { id: "b", kind: "business-change", title: "B" },
    { id: "c", kind: "end-outcome", title: "C", owner: "bo" },
  ],
  links: [
    { from: "a", to: "b", rationale: "because" },
    { from: "b", to: "c" },
  ],
  kpis: [{ id: "k", node: "a", title: "K", measurement: { method: "survey", responsible: "bo" } }],
  owners: [
    { id: "ada", name: "Ada" },
    { id: "bo", name: "Bo" },
  ],
  partners: [{ id: "p", name: "Partner" }],
};
const none = { nodes: [], links: [], kpis: [], owners: [], partners: [] };

test("boxes are copied with the links among them and all that is theirs", () => {
  const what = copied(shop, ["a", "b"]);
  assert.deepEqual(
    what.links.map((link) => link.to),
    ["b"],
  );
  assert.deepEqual(
    what.owners.map((one) => one.name),
    ["Ada", "Bo"],
  );
  const clip = fromText(toText(what));
  const { edits, ids } = pasted(
    clip,
    none,
    idMaker(new Set(), () => "zz"),
  );
  assert.deepEqual(ids, ["a", "b"]);
  assert.deepEqual(edits.filter((edit) => edit.what === "link")[0].fields, {
    from: "a",
    to: "b",
    rationale: "because",
  });
  assert.equal(edits.find((edit) => edit.what === "kpi").fields.measurement.responsible, "bo");
});

test("what is pasted beside the original has ids of its own, and the people that are there", () => {
  const taken = new Set(["a", "b", "c", "k", "ada", "bo", "p"]);
  let drawn = 0;
  const make = idMaker(taken, () => `q${(drawn += 1)}`);
  const { edits, ids } = pasted(fromText(toText(copied(shop, ["a", "b"]))), shop, make, (id) => id);
  assert.deepEqual(ids, ["a-q1", "b-q2"]);
  assert.ok(!edits.some((edit) => edit.what === "owner"), "nobody is there twice");
  const sets = edits.filter((edit) => edit.do === "set").map((edit) => [edit.what, edit.field, edit.value]);
  assert.deepEqual(sets, [
    ["node a-q1", "tags", ["x"]],
    ["node a-q1", "owner", "ada"],
    ["node a-q1", "partners", ["p"]],
  ]);
  assert.equal(edits[0].below, "a");
  assert.equal(edits.find((edit) => edit.what === "kpi").fields.node, "a-q1");
});

test("a text from elsewhere is data, and what is damaged is said", () => {
  for (const text of ["", "A\tB", '{"a": 1}', "[]", '"benefit-map boxes"']) assert.equal(fromText(text), null, text);
  for (const text of [
    '{"benefit-map boxes": 1, "nodes": [',
    '{"benefit-map boxes": 1, "nodes": [null]}',
    '{"benefit-map boxes": 1, "nodes": {}}',
    '{"benefit-map boxes": 1}',
    '{"benefit-map boxes": 1, "nodes": [{"id": "a"}], "links": [[]]}',
  ])
    assert.ok(fromText(text) instanceof Error, text);
  const wild = fromText(
    '{"benefit-map boxes": 1, "nodes": [{"id": "__proto__", "kind": "enabler", "title": 5, "owner": {}}]}',
  );
  const { edits, ids } = pasted(
    wild,
    none,
    idMaker(new Set(), () => "zz"),
  );
  assert.deepEqual(ids, ["box-zz"]);
  assert.deepEqual(edits, [{ do: "add-node", id: "box-zz", kind: "enabler", title: "" }]);
});

test("ids are made of titles in any writing", () => {
  assert.equal(slug("Übergänge & Ampeln!", "box"), "ubergange-ampeln");
  assert.equal(slug("日本", "box"), "box");
});

test("a box is as well backed as the best of its chains, and a chain as its weakest link", () => {
  const evidence = (strength) => [{ source: "x", strength }];
  assert.equal(BACKING[backing({ evidence: evidence("weak") })], "weak");
  assert.equal(BACKING[backing({ evidence: [{ source: "x" }] })], "not weighed");
  assert.equal(BACKING[backing({ evidence: [{ source: "  ", strength: "strong" }] })], "no evidence");
  const map = {
    nodes: ["a", "b", "c", "d", "e", "f"].map((id) => ({ id, kind: "enabler", title: id })),
    links: [
      { from: "a", to: "b", evidence: evidence("strong") },
      { from: "b", to: "d", evidence: evidence("weak") },
      { from: "a", to: "c", evidence: evidence("moderate") },
      { from: "c", to: "d", evidence: evidence("moderate") },
      { from: "d", to: "a", feedback: true },
      { from: "e", to: "f" },
      { from: "f", to: "e" },
    ],
    owners: [],
  };
  const best = backed(map);
  assert.deepEqual(
    ["b", "c", "d", "e"].map((id) => BACKING[best.get(id)]),
    ["strong", "moderate", "moderate", "no evidence"],
  );
  assert.ok(!best.has("a"), "nothing leads there");
  const { values } = DIMENSIONS.evidence.of(map);
  assert.deepEqual(
    values.map((one) => [one.words, one.count]),
    [
      ["strong", 1],
      ["moderate", 2],
      ["no evidence", 2],
      ["nothing leads to it", 1],
    ],
  );
});

test("what boxes say of owners and tags is counted, those that say nothing last", () => {
  const map = {
    nodes: [
      { id: "a", owner: "bo", tags: ["x", "y"] },
      { id: "b", owner: "gone" },
      { id: "c", tags: ["y"] },
    ],
    links: [],
    owners: [{ id: "bo", name: "Bo" }],
  };
  const words = (name) => DIMENSIONS[name].of(map).values.map((one) => `${one.words} ${one.count}`);
  assert.deepEqual(words("owner"), ["Bo 1", "gone 1", "No owner yet 1"]);
  assert.deepEqual(words("tag"), ["x 1", "y 2", "No tag 1"]);
  assert.deepEqual(DIMENSIONS.tag.of({ nodes: [], links: [], owners: [] }).values, []);
});

test("a part of a record in a record is put and taken away by its path", () => {
  const cost = { year: "2027", range: { low: 1, high: 2 } };
  assert.equal(atPath(cost, "range.high"), 2);
  assert.equal(atPath(cost, "optimism_bias.percent"), undefined);
  assert.deepEqual(withPart(cost, "range.low", null), { year: "2027", range: { high: 2 } });
  assert.deepEqual(withPart(withPart(cost, "range.low", null), "range.high", ""), { year: "2027" });
  assert.deepEqual(withPart(cost, "optimism_bias.percent", 24), { ...cost, optimism_bias: { percent: 24 } });
  assert.deepEqual(withPart({ approvals: [{ by: "a" }] }, "approvals", []), {});
  assert.deepEqual(cost, { year: "2027", range: { low: 1, high: 2 } });
});

test("lists of numbers and of what is referred to are read as they are written", () => {
  const shares = { field: "build_up", kind: "numbers" };
  assert.deepEqual(read(shares, "0.2, 0.6;1"), [0.2, 0.6, 1]);
  assert.equal(write(shares, [0.2, 0.6]), "0.2, 0.6");
  assert.ok(read(shares, "0.2, a half") instanceof Error);
  const refers = { field: "partners", kind: "references" };
  assert.deepEqual(read(refers, write(refers, ["a", "b-2"])), ["a", "b-2"]);
  assert.deepEqual(read(refers, ""), []);
  const flag = { field: "chosen", kind: "flag" };
  assert.deepEqual([read(flag, "true"), read(flag, ""), write(flag, true), write(flag, false)], [true, null, "true", ""]);
});

test("an icon is the same shape at another place, or is left to the browser", () => {
  assert.equal(
    shifted("M8 1c3.6 0 6.5 1.2 6.5 2.7S11.6 6.4 8 6.4zM1-2", 10, 100),
    "M18 101c3.6 0 6.5 1.2 6.5 2.7S21.6 106.4 18 106.4zM11 98",
  );
  assert.equal(shifted("M1.5 3.2h8V.8l5 3.6H2 4a2 2 0 1 0 0 5z", 6, 14), "M7.5 17.2h8V14.8l5 3.6H8 10a2 2 0 1 0 0 5z");
  for (const unknown of ["m1 2h3", "M1 2A3 3 0 0 1 4 4", ""]) assert.equal(shifted(unknown, 1, 1), null);
});

test("an edit that changes no link leaves the lines of the picture as they are", () => {
  const nodes = ["a", "b"].map((id) => [`node ${id}`, { id, kind: "enabler", title: id }]);
  const served = { node: new Map(nodes), link: new Map([["link a -> b", { from: "a", to: "b" }]]) };
  const shown = { node: new Map(nodes), link: new Map(served.link) };
  shown.node.set("node a", { id: "a", kind: "enabler", title: "new" });
  const card = { x: 0, y: 0, w: 10, h: 10, svg: "" };
  const picture = { cards: { a: card, b: card }, routes: { "a -> b": { from: "a", to: "b" } } };
  const sketched = withSketches(picture, served, shown, []);
  assert.equal(sketched.routes, picture.routes);
  assert.deepEqual(sketched.cards.a.lines, ["new"]);
  shown.link.clear();
  assert.deepEqual(withSketches(picture, served, shown, []).routes, {});
  assert.deepEqual(Object.keys(picture.routes), ["a -> b"]);
});
