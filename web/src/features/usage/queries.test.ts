import { expect, test } from "vitest";
import type { ServerEvent } from "../../api/events";
import { budgetWarning, movesMoney, usedOf } from "./queries";

const event = (kind: string, data: object = {}) => ({ id: 1, kind, data }) as ServerEvent;

test("money is counted anew when a staging begins or ends, not at its steps", () => {
  expect(movesMoney(event("staging.changed", { state: "queued" }))).toBe(true);
  expect(movesMoney(event("staging.changed", { state: "failed" }))).toBe(true);
  expect(movesMoney(event("staging.changed", { state: "running" }))).toBe(false);
  expect(movesMoney(event("photo.added"))).toBe(false);
});

test("a person is told of the budget, before it is spent and when it is", () => {
  expect(budgetWarning(event("billing.budget_alert", { percent: 80 }))).toMatch(/^80 % of this month's budget/);
  expect(budgetWarning(event("billing.budget_alert", { percent: 100 }))).toMatch(/is spent\. What costs more is refused/);
  expect(budgetWarning(event("photo.added"))).toBeNull();
});

test("what is used of a limit is told in words", () => {
  expect(usedOf({ name: "photos", used: 12, limit: 1000 })).toBe("12 of 1,000");
  expect(usedOf({ name: "storage_bytes", used: 1_240_000_000, limit: 20_000_000_000 })).toBe("1.2 of 20 GB");
});
