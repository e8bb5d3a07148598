/** How a plan and its payments are, in plain words. Pure. */
import type { Offers } from "../pricing/offers";
import { seatPrice } from "../pricing/offers";
import { counted, day, label } from "../../shared/labels";
import { paid } from "../../shared/money";
import type { Usage } from "../../api/client";
import type { Billing, Invoice } from "./queries";

/** A plan as people know it: "Business, yearly, 12 seats". */
export function planName(offers: Offers | undefined, { plan, term, seats }: { plan: string; term: string; seats: number }): string {
  const known = offers?.plans.find(({ id }) => id === plan);
  const many = known ? known.most_seats > 1 : seats > 1;
  return [known?.name ?? label(plan), term === "year" ? "yearly" : "monthly", ...(many ? [counted(seats, "seat")] : [])].join(", ");
}

/** Whether what was bought is not had at the moment: it rests, or was not paid in time. */
function isAway({ plan, subscription }: Billing): boolean {
  return subscription !== null && subscription.state !== "incomplete" && subscription.plan !== plan;
}

/** What the account can be said to have: the plan that is paid for, or the one that it has meanwhile, or was given. */
export function planHeading(offers: Offers | undefined, billing: Billing): string {
  if (billing.subscription && !isAway(billing)) return planName(offers, billing.subscription);
  return offers?.plans.find(({ id }) => id === billing.plan)?.name ?? label(billing.plan);
}

/** What happens to the plan next. */
export function planTold(billing: Billing, offers?: Offers): string {
  const { subscription } = billing;
  if (!subscription) return "Costs nothing, and stays. Buy a plan for more each month, or a pack when you need one.";
  const { state, ends_at: ends, renews_at: renews, trial_end: trial } = subscription;
  const until = day(ends ?? subscription.period_end);
  const name = planName(offers, subscription);
  const again = subscription.resumes_at ? `goes on by itself on ${day(subscription.resumes_at)}, and is charged again from then` : "goes on when you say so";
  switch (state) {
    case "trial":
      return `On trial until ${day(trial ?? subscription.period_end)}. Nothing is charged before that.`;
    case "late":
      return isAway(billing)
        ? `The last payment of ${name} failed, so the account has been on the free plan since ${until}. Pay the open invoice below, and the plan is back at once. Packs and pictures stayed yours.`
        : `The last payment failed. The plan stays until ${until}: pay the open invoice below, or update your card, and it goes on as if nothing had been. Otherwise the account is on the free plan then.`;
    case "canceling":
      return `Ends on ${until}. Until then nothing changes; then the account is on the free plan. Packs stay yours.`;
    case "paused":
      return isAway(billing)
        ? `${name} rests, and nothing is charged. It ${again}.`
        : `Paused: nothing changes until ${until}. Then nothing is charged, the account is on the free plan, and the plan ${again}.`;
    case "incomplete":
      return "The first payment was not made yet. Nothing was charged.";
    default:
      return renews ? `Goes on by itself on ${day(renews)}.` : `Paid until ${until}.`;
  }
}

/** What is charged next; null where nothing is known to be. */
export function nextInvoiceTold({ next_invoice: next, subscription }: Billing, offers: Offers | undefined): string | null {
  if (next) return `${paid(next.total_minor, next.currency, true)} on ${day(next.at)}, tax included`;
  const renews = subscription?.renews_at;
  const plan = offers?.plans.find(({ id }) => id === subscription?.plan);
  const price = subscription && plan && seatPrice(plan, subscription.term, subscription.currency);
  if (!renews || !subscription || price === null || price === undefined) return null;
  return `About ${paid(price * subscription.seats, subscription.currency, true)} on ${day(renews)}, before tax`;
}

const KINDS: Record<string, string> = {
  plan: "From your plan",
  pack: "From packs",
  grant: "From us",
  credit_back: "Given back",
  opening: "From before",
};

/** Where credit is from. */
export function kindName(kind: string): string {
  return KINDS[kind] ?? label(kind);
}

type Lot = Usage["credit"][number];

/** Credit of one kind that lapses at one time: so much of it, in dollars. */
export type Heap = { kind: string; lapses: string | null; dollars: number };

/** Lots as people look at them: those of one kind that lapse at the same time are one. In the order in which they are used. */
export function heaps(lots: Lot[]): Heap[] {
  const found = new Map<string, Heap>();
  lots.forEach(({ source, expires_at: lapses, remaining_usd }) => {
    const name = `${source} ${lapses}`;
    const before = found.get(name)?.dollars ?? 0;
    found.set(name, { kind: source, lapses, dollars: before + Number(remaining_usd) });
  });
  return [...found.values()];
}

/** When credit lapses. */
export function lapseTold(at: string | null): string {
  return at ? `Lapses on ${day(at)}` : "Never lapses";
}

const STATES: Record<string, string> = {
  paid: "Paid",
  open: "Due",
  failed: "Payment failed",
  void: "Canceled",
  uncollectible: "Not paid",
  draft: "Being made",
};

export function invoiceState({ state }: Invoice): string {
  return STATES[state] ?? label(state);
}

/** What was given back of an invoice. */
export function givenBackTold({ given_back, currency }: Invoice): string[] {
  const names: Record<string, string> = { refund: "Refunded", dispute: "Disputed", credit_note: "Credited" };
  return given_back.map((one) => {
    const sum = `${names[one.kind] ?? label(one.kind)} ${paid(one.amount_minor, currency, true)} on ${day(one.at)}`;
    return one.undone ? `${sum}; undone since` : sum;
  });
}

const OUTCOMES: Record<string, string> = {
  charged: "charged",
  under_way: "under way",
  given_back: "given back",
  failed: "failed, not charged",
  canceled: "canceled, not charged",
};

/** What was staged in the time of an invoice: "48 charged · 3 failed, not charged". Empty where nothing was. */
export function stagedTold({ lines }: Invoice): string {
  const counts = new Map<string, number>();
  lines.forEach(({ outcome, stagings }) => counts.set(outcome, (counts.get(outcome) ?? 0) + stagings));
  return Object.entries(OUTCOMES)
    .flatMap(([outcome, words]) => (counts.has(outcome) ? [`${counts.get(outcome)} ${words}`] : []))
    .join(" · ");
}
