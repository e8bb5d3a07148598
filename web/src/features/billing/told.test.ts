import { expect, test } from "vitest";
import type { Offers } from "../pricing/offers";
import type { Billing, Invoice, PaidPlan } from "./queries";
import { givenBackTold, heaps, nextInvoiceTold, planHeading, planTold, stagedTold } from "./told";

const offers = {
  plans: [
    { id: "free", name: "Free", most_seats: 1, terms: [] },
    { id: "pro", name: "Pro", most_seats: 1, terms: [{ every: "month", amounts_minor: { usd: 2400 } }] },
    { id: "business", name: "Business", most_seats: 500, terms: [{ every: "year", amounts_minor: { eur: 11900 } }] },
  ],
} as unknown as Offers;

const pro: PaidPlan = {
  plan: "pro",
  term: "month",
  seats: 1,
  state: "active",
  currency: "usd",
  period_start: "2026-11-27T00:00:00Z",
  period_end: "2026-12-27T12:00:00Z",
  renews_at: "2026-12-27T12:00:00Z",
  ends_at: null,
  trial_end: null,
  next: null,
  resumes_at: null,
};
const billing = (subscription: PaidPlan | null, more = {}) => ({ plan: "free", subscription, next_invoice: null, ...more }) as Billing;

test("a plan is called as it was bought, with its seats where it sells them", () => {
  expect(planHeading(offers, billing(pro, { plan: "pro" }))).toBe("Pro, monthly");
  expect(planHeading(offers, billing({ ...pro, plan: "business", term: "year", seats: 12 }, { plan: "business" }))).toBe("Business, yearly, 12 seats");
  expect(planHeading(offers, billing(null))).toBe("Free");
});

test("what happens next is told for every state", () => {
  const ends_at = "2027-01-03T12:00:00Z";
  const resumes_at = "2027-03-03T12:00:00Z";
  const told = (more: Partial<PaidPlan>, plan = "pro") => planTold(billing({ ...pro, ...more }, { plan }), offers);
  expect(planTold(billing(null))).toMatch(/^Costs nothing/);
  expect(told({})).toBe("Goes on by itself on December 27, 2026.");
  expect(told({ state: "late", ends_at })).toMatch(/payment failed.*stays until January 3, 2027.*or update your card/);
  expect(told({ state: "canceling", ends_at })).toMatch(/^Ends on January 3, 2027.*Packs stay yours/);
  expect(told({ state: "paused", ends_at, resumes_at })).toMatch(/^Paused: nothing changes until January 3, 2027.*goes on by itself on March 3, 2027/);
  expect(told({ state: "trial", trial_end: ends_at })).toMatch(/^On trial until January 3, 2027/);
  expect(told({ state: "incomplete" }, "free")).toMatch(/Nothing was charged/);
});

test("what was bought and is not had at the moment is told so", () => {
  const ends_at = "2027-01-03T12:00:00Z";
  const late = billing({ ...pro, state: "late", ends_at });
  expect(planHeading(offers, late)).toBe("Free");
  expect(planTold(late, offers)).toMatch(/Pro, monthly failed.*on the free plan since January 3, 2027.*Pay the open invoice below/);
  const resting = billing({ ...pro, state: "paused", ends_at, resumes_at: "2027-03-03T12:00:00Z" });
  expect(planHeading(offers, resting)).toBe("Free");
  expect(planTold(resting, offers)).toBe(
    "Pro, monthly rests, and nothing is charged. It goes on by itself on March 3, 2027, and is charged again from then.",
  );
  expect(planTold(billing({ ...pro, state: "paused", ends_at }), offers)).toMatch(/It goes on when you say so/);
});

test("the next invoice is as Stripe says, and about the plan's price where Stripe says nothing", () => {
  const next_invoice = { at: "2026-12-27T12:00:00Z", total_minor: 2580, currency: "usd" };
  expect(nextInvoiceTold(billing(pro, { next_invoice }), offers)).toBe("$25.80 on December 27, 2026, tax included");
  expect(nextInvoiceTold(billing(pro), offers)).toBe("About $24.00 on December 27, 2026, before tax");
  expect(nextInvoiceTold(billing({ ...pro, renews_at: null }), offers)).toBeNull();
  expect(nextInvoiceTold(billing(null), offers)).toBeNull();
});

test("an invoice says what was charged and what was not, and what was given back of it", () => {
  const lines = [
    { outcome: "failed", reason: "house_changed", engine: "replicate", stagings: 2, charged_usd: "0.00" },
    { outcome: "charged", reason: null, engine: "replicate", stagings: 40, charged_usd: "10.00" },
    { outcome: "failed", reason: "timeout", engine: "replicate", stagings: 1, charged_usd: "0.00" },
    { outcome: "charged", reason: null, engine: "other", stagings: 8, charged_usd: "2.00" },
  ];
  const given_back = [{ kind: "refund", amount_minor: 790, undone: true, at: "2026-12-01T12:00:00Z" }];
  const invoice = { currency: "usd", lines, given_back } as unknown as Invoice;
  expect(stagedTold(invoice)).toBe("48 charged · 3 failed, not charged");
  expect(givenBackTold(invoice)).toEqual(["Refunded $7.90 on December 1, 2026; undone since"]);
  expect(stagedTold({ ...invoice, lines: [] })).toBe("");
});

test("what lapses at the same time is one heap, and packs are one", () => {
  const lot = (source: string, remaining_usd: string, expires_at: string | null) => ({ source, remaining_usd, expires_at });
  const first = "2026-12-01T00:00:00Z";
  const later = "2026-12-27T00:00:00Z";
  const lots = [lot("plan", "2.00", first), lot("plan", "25.00", later), lot("pack", "5.00", null), lot("pack", "1.25", null)];
  expect(heaps(lots)).toEqual([
    { kind: "plan", lapses: first, dollars: 2 },
    { kind: "plan", lapses: later, dollars: 25 },
    { kind: "pack", lapses: null, dollars: 6.25 },
  ]);
});
