import { expect, test } from "vitest";
import { EventParser, pause } from "./events";

test("events are read however the stream is cut", () => {
  const text = 'retry: 1000\n\nid: 7\nevent: staging.changed\ndata: {"id":"a"}\n\n: still here\n\nid: 8\nevent: x\ndata: {}\n\n';
  for (const size of [1, 3, 10, 1000]) {
    const parser = new EventParser();
    const events = [];
    for (let at = 0; at < text.length; at += size) events.push(...parser.push(text.slice(at, at + size)));
    expect(events).toEqual([
      { id: 7, kind: "staging.changed", data: { id: "a" } },
      { id: 8, kind: "x", data: {} },
    ]);
  }
});

test("pauses grow and stay bounded", () => {
  expect(pause(0)).toBe(0.5);
  expect(pause(20)).toBe(15);
});
