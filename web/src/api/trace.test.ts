import { expect, test } from "vitest";
import { lastTrace, traceparent } from "./trace";

test("each request begins a trace of its own", () => {
  const [first, second] = [traceparent(), traceparent()];
  expect(first).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00$/);
  expect(second).not.toBe(first);
  expect(second.split("-")[1]).toBe(lastTrace());
});
