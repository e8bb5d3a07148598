import { expect, test } from "vitest";
import { isOver } from "./queries";

test("a key is over once its end has come, and never without one", () => {
  const end = "2026-11-26T12:00:00Z";
  expect(isOver({ expires_at: end }, Date.parse(end) - 1)).toBe(false);
  expect(isOver({ expires_at: end }, Date.parse(end))).toBe(true);
  expect(isOver({ expires_at: null }, Infinity)).toBe(false);
});
