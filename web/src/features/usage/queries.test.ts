import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import type { ServerEvent } from "../../api/events";
import type { Usage } from "../../api/client";
import { budgetWarning, DAYS, forgetUsage, hearUsageEvent, moneyOf, movesMoney, QUOTE, USAGE, usedOf } from "./queries";

const event = (kind: string, data: object = {}) => ({ id: 1, kind, data }) as ServerEvent;

test("money is counted anew when a staging begins or ends, not at its steps", () => {
  expect(movesMoney(event("staging.changed", { state: "queued" }))).toBe(true);
  expect(movesMoney(event("staging.changed", { state: "failed" }))).toBe(true);
  expect(movesMoney(event("staging.changed", { state: "running" }))).toBe(false);
  expect(movesMoney(event("photo.added"))).toBe(false);
});

test("what may be spent is read anew when a member's own limit may be another", () => {
  expect(movesMoney(event("member.changed"))).toBe(true);
  expect(movesMoney(event("member.joined"))).toBe(false);
});

const ORDER = [...QUOTE, [{ photo_id: "a" }]];
const MONTH = [...DAYS, "2026-11"];

/** A cache that holds what money is read as, and says which of it is to be read anew. */
function remembered() {
  const cache = new QueryClient();
  const keys = { usage: USAGE, days: MONTH, quote: ORDER };
  Object.values(keys).forEach((key) => cache.setQueryData(key, {}));
  const old = () => Object.entries(keys).filter(([, key]) => cache.getQueryState(key)?.isInvalidated).map(([name]) => name);
  return { cache, old };
}

test("what would be answered to an order is asked anew whenever money is", () => {
  const { cache, old } = remembered();
  forgetUsage(cache);
  expect(old()).toEqual(["usage", "days", "quote"]);
});

afterEach(() => void vi.useRealTimers());

test("at an event money and the quote are read anew soon, the month's many pages later", async () => {
  vi.useFakeTimers();
  const { cache, old } = remembered();
  hearUsageEvent(cache, event("staging.changed", { state: "ready" }));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(old()).toEqual(["usage", "quote"]);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(old()).toEqual(["usage", "days", "quote"]);
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
