import { expect, test } from "vitest";
import { keyed } from "./requestKeys";

const LOST = "lost";

/** A service that answers with these, one after the other; the keys that it was sent. */
function answering(...answers: (typeof LOST | Response)[]) {
  const keys: (string | null)[] = [];
  const send = keyed(async (request) => {
    keys.push(request.headers.get("Idempotency-Key"));
    const answer = answers[keys.length - 1] ?? new Response("{}");
    if (answer === LOST) throw new TypeError("Failed to fetch");
    return answer;
  });
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    send(new Request("http://service/projects", { method: "POST", body: JSON.stringify(body), headers })).catch(() => null);
  return { keys, send, post };
}

const ELM = { name: "12 Elm Street" };

test("what was not answered is sent again by the same key, until it is", async () => {
  const busy = new Response("{}", { status: 409, headers: { "Retry-After": "2" } });
  const { keys, post } = answering(LOST, new Response("{}", { status: 503 }), busy);
  for (let times = 0; times < 5; times += 1) await post(ELM);
  expect(new Set(keys.slice(0, 4)).size).toBe(1);
  expect(keys[0]).toMatch(/^[\w-]{36}$/);
  expect(keys[4]).not.toBe(keys[0]);
});

test("a refusal is an answer, also that of a secret that is shown once", async () => {
  const { keys, post } = answering(new Response("{}", { status: 422 }), new Response("{}", { status: 409 }));
  for (let times = 0; times < 3; times += 1) await post(ELM);
  expect(new Set(keys).size).toBe(3);
});

test("another body, another account and what is under way at the same time have keys of their own", async () => {
  const { keys, post } = answering(LOST);
  await post(ELM);
  await post({ name: "14 Elm Street" });
  await post(ELM, { "Real-Staging-Account": "other" });
  await Promise.all([post(ELM), post(ELM)]);
  expect(keys[3]).toBe(keys[0]);
  expect(new Set(keys).size).toBe(4);
});

test("who names a request keeps that name, and a reading has none", async () => {
  const { keys, send, post } = answering();
  await post(ELM, { "Idempotency-Key": "mine" });
  await send(new Request("http://service/projects"));
  expect(keys).toEqual(["mine", null]);
});
