import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { LONGEST_WAIT, onBusy, patientFetch, retryAfter } from "./retry";

const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((clean) => clean()));

/** A service that answers with these, the last one again and again; `asked` counts. */
async function serve(...answers: [number, string?][]) {
  let asked = 0;
  const server = createServer((_, response) => {
    const [status, after] = answers[Math.min(asked, answers.length - 1)] as [number, string?];
    asked += 1;
    response.writeHead(status, after ? { "Retry-After": after } : {}).end("{}");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  cleanups.push(() => (server.closeAllConnections(), server.close()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { ask: (method = "GET") => patientFetch(new Request(url, { method })), asked: () => asked };
}

test("what is asked for is read: seconds or a date, between a second and a minute", () => {
  const after = (value: string, status = 429) => retryAfter(new Response("", { status, headers: { "Retry-After": value } }));
  expect([after("7"), after("0"), after("86400"), after("soon"), after("7", 500)]).toEqual([7, 1, 60, null, null]);
  expect(after(new Date(Date.now() + 10_000).toUTCString())).toBeGreaterThanOrEqual(9);
});

test("a read comes back when it is asked to, says so, and gives up in the end", async () => {
  const told: number[] = [];
  cleanups.push(onBusy((seconds) => told.push(seconds)));
  const once = await serve([503, "1"], [200]);
  expect((await once.ask()).status).toBe(200);
  expect(told).toEqual([1]);
  const never = await serve([429, "1"]);
  expect((await never.ask()).status).toBe(429);
  expect(never.asked()).toBe(3);
});

test("what may have been begun is not sent again, and nobody waits for long", async () => {
  const post = await serve([503, "1"]);
  expect((await post.ask("POST")).status).toBe(503);
  expect(post.asked()).toBe(1);
  const refused = await serve([429, "1"], [201]);
  expect((await refused.ask("POST")).status).toBe(201);
  const under = await serve([409, "1"], [201]);
  expect((await under.ask("POST")).status).toBe(201);
  const conflict = await serve([409]);
  expect((await conflict.ask("POST")).status).toBe(409);
  expect(conflict.asked()).toBe(1);
  const long = await serve([429, String(LONGEST_WAIT + 1)]);
  expect((await long.ask()).status).toBe(429);
  expect(long.asked()).toBe(1);
});
