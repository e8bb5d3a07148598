import { expect, test } from "vitest";
import type { ServerEvent } from "../../api/events";
import type { Usage } from "../../api/client";
import { budgetWarning, moneyOf, movesMoney, usedOf } from "./queries";

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

test("what there is to pay with is credit, within the budget and one's own limit", () => {
  const usage = {
    prices_usd: { replicate: "0.25" },
    available_usd: "2.50",
    held_usd: "0.50",
    spent_usd: "1.00",
    monthly_budget_usd: "1.25",
    own_spent_usd: "0.75",
    own_limit_usd: null,
    standing: "good",
    standing_reason: "",
  } as unknown as Usage;
  const money = moneyOf(usage);
  expect(money).toMatchObject({ credit: 2.5, budgetLeft: 0, ownLeft: null, stopped: null });
  expect([money.priceOf("replicate"), money.priceOf("local")]).toEqual([0.25, 0]);
  expect(moneyOf({ ...usage, monthly_budget_usd: null, own_limit_usd: "1.00" })).toMatchObject({ budgetLeft: null, ownLeft: 0.25 });
  expect(moneyOf({ ...usage, standing: "stopped", standing_reason: "A payment is disputed." }).stopped).toBe("A payment is disputed.");
});
