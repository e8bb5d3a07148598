import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { onSessionEnd } from "./client";
import { EventParser, follow, pause, type ServerEvent } from "./events";

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

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((clean) => clean()));

/** A service on a real port; gives its address. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  cleanups.push(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 10));
}

test("a connection that falls silent is left, and taken up where it ended", async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.headers["last-event-id"] as string | undefined);
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`id: ${asked.length}\nevent: tick\ndata: {}\n\n`);
  });
  const heard: ServerEvent[] = [];
  cleanups.push(follow((event) => heard.push(event), { url, silence: 500 }));
  await until(() => heard.length === 3);
  expect(asked.slice(0, 3)).toEqual([undefined, "1", "2"]);
});

test("signs of life keep a connection, although nothing happens", async () => {
  let connections = 0;
  const url = await serve((_, response) => {
    connections += 1;
    response.writeHead(200, { "content-type": "text/event-stream" });
    const beat = setInterval(() => response.write(": still here\n\n"), 40);
    response.on("close", () => clearInterval(beat));
  });
  cleanups.push(follow(() => undefined, { url, silence: 150 }));
  await new Promise((done) => setTimeout(done, 700));
  expect(connections).toBe(1);
});

test("a refused sign-in is told", async () => {
  for (const [body, code] of [
    ["", "unknown"],
    ['{"code":"session_ended"}', "session_ended"],
  ]) {
    const url = await serve((_, response) => void response.writeHead(401).end(body));
    const ended = new Promise<string>((tell) => cleanups.push(onSessionEnd(tell)));
    cleanups.push(follow(() => undefined, { url }));
    expect(await ended).toBe(code);
  }
});
