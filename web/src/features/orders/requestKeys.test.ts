import { expect, test } from "vitest";
import { isOpen, RequestKeys } from "./requestKeys";

test("a request that is sent again has the key it had, until it is answered", () => {
  const keys = new RequestKeys();
  const request = { items: [{ photo_id: "a", styles: ["modern"] }] };
  const first = keys.keyOf(request);
  expect(keys.keyOf(structuredClone(request))).toBe(first);
  expect(keys.keyOf({ items: [] })).not.toBe(first);
  keys.answered(request);
  expect(keys.keyOf(request)).not.toBe(first);
});

test("silence and a broken service leave a request open, a refusal doesn't", () => {
  expect([0, 429, 500, 503].every(isOpen)).toBe(true);
  expect([400, 402, 422].some(isOpen)).toBe(false);
});
