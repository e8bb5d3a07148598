import { expect, test } from "vitest";
import { currencies, firstPlan, monthsSaved, packFor, seatPrice, type OfferedPack, type OfferedPlan, type Offers } from "./offers";

const pro = {
  id: "pro",
  terms: [
    { every: "month", lookup_key: "pro_month", amounts_minor: { usd: 2400, eur: 2700 } },
    { every: "year", lookup_key: "pro_year", amounts_minor: { usd: 24000, eur: 30000 } },
  ],
} as unknown as OfferedPlan;
const free = { id: "free", terms: [] } as unknown as OfferedPlan;
const pack = (id: string, credit_usd: string) => ({ id, credit_usd }) as OfferedPack;
const offers = {
  tax: { eur: "inclusive", usd: "exclusive" },
  plans: [free, pro],
  packs: [pack("large", "125.00"), pack("small", "5.00"), pack("middle", "25.00")],
} as unknown as Offers;

test("prices are found by term and currency", () => {
  expect(seatPrice(pro, "month", "eur")).toBe(2700);
  expect(seatPrice(pro, "year", "gbp")).toBeNull();
  expect(seatPrice(free, "month", "usd")).toBeNull();
});

test("a year says how many months it saves", () => {
  expect(monthsSaved(pro, "usd")).toBe(2);
  expect(monthsSaved(pro, "eur")).toBe(0);
  expect(monthsSaved(free, "usd")).toBe(0);
});

test("the pack that is offered covers what is missing, as far as any does", () => {
  expect(packFor(offers, 0.25)?.id).toBe("small");
  expect(packFor(offers, 5)?.id).toBe("small");
  expect(packFor(offers, 5.25)?.id).toBe("middle");
  expect(packFor(offers, 1000)?.id).toBe("large");
  expect(packFor({ ...offers, packs: [] }, 1)).toBeNull();
});

test("the usual currency and the smallest plan that costs come first", () => {
  expect(currencies(offers)).toEqual(["usd", "eur"]);
  expect(firstPlan(offers)?.id).toBe("pro");
});
