// A timer that everybody sees.

import { say } from "./dom.js";
import { does, left, room } from "./beside.js";
import { clock } from "./board.js";
import { mayEdit } from "./state.js";
import { Button, h, useEffect, useNews, useState } from "./ui.js";

const MINUTES = [1, 3, 5, 10, 15];

/** Draws again each quarter of a second while the timer goes. */
function useClock() {
  const [, again] = useState(0);
  useEffect(() => {
    const ticking = setInterval(() => again((n) => n + 1), 250);
    return () => clearInterval(ticking);
  }, []);
}

function Time() {
  useClock();
  const { timer } = room.board;
  const rest = left();
  useEffect(() => {
    if (timer && timer.runs && rest <= 0) say(`Time is up${timer.label ? `: ${timer.label}` : ""}`);
  }, [timer, rest <= 0]);
  useEffect(() => {
    if (timer?.runs && rest > 0 && rest <= 60000 && timer.seconds > 60) say("One minute left");
  }, [timer, rest <= 60000]);
  return timer ? h("span", { class: "time", role: "timer" }, rest <= 0 ? "Time is up" : clock(rest)) : null;
}

/** The timer in the strip over the map. */
export function TimerNow() {
  useNews("room");
  useClock();
  const { timer } = room.board;
  if (!timer) return null;
  const isOver = left() <= 0;
  return h(
    "div",
    { class: `now timer${isOver ? " over" : ""}`, role: "group", "aria-label": "Timer" },
    h(Time),
    timer.label ? h("span", {}, timer.label) : null,
    timer.runs || isOver ? null : h("span", { class: "hint" }, "paused"),
    mayEdit() && !isOver
      ? h(
          Button,
          { does: () => does({ do: timer.runs ? "pause-timer" : "resume-timer" }) },
          timer.runs ? "Pause" : "Go on",
        )
      : null,
    mayEdit() ? h(Button, { does: () => does({ do: "stop-timer" }) }, isOver ? "Close" : "Stop") : null,
  );
}

/** The timer in the panel. */
export function Timer() {
  const [label, type] = useState("");
  const [minutes, choose] = useState("");
  if (!mayEdit()) return h("p", { class: "empty" }, room.board.timer ? "A timer goes." : "No timer.");
  const begin = (many) => {
    const seconds = Math.round(Number(many) * 60);
    if (seconds >= 5) does({ do: "start-timer", seconds, label: label.trim() });
  };
  return [
    h(
      "div",
      { class: "field" },
      h("label", { for: "timer-label" }, "What for"),
      h("input", {
        type: "text",
        id: "timer-label",
        maxLength: 80,
        value: label,
        onInput: (e) => type(e.target.value),
      }),
    ),
    h(
      "div",
      { class: "buttons", role: "group", "aria-label": "Minutes" },
      MINUTES.map((many) => h(Button, { key: many, does: () => begin(many) }, `${many} min`)),
    ),
    h(
      "form",
      {
        class: "line",
        onSubmit: (event) => {
          event.preventDefault();
          begin(minutes);
        },
      },
      h("label", { for: "timer-minutes" }, "Another time, in minutes"),
      h(
        "div",
        { class: "row" },
        h("input", {
          type: "number",
          id: "timer-minutes",
          min: "0.1",
          max: "180",
          step: "any",
          value: minutes,
          onInput: (e) => choose(e.target.value),
        }),
        h("button", {}, "Start"),
      ),
    ),
  ];
}
