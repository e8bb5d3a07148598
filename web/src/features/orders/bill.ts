/** What an order costs, and what is in its way: credit, the month's budget, one's own limit. In dollars of credit. Pure. */
import type { components } from "../../api/schema";
import { counted } from "../../shared/labels";
import { credit } from "../../shared/money";
import type { Way } from "../billing/Paywall";

/** What is there to pay with. `budgetLeft` and `ownLeft` are null where there is no budget, or no limit of one's own. */
export type Purse = { credit: number; budgetLeft: number | null; ownLeft: number | null; stopped: string | null };
/** So many pictures at a price each. */
export type Bill = { pictures: number; price: number };
/** What the service would refuse, and why. */
export type Refusal = { code: string; message: string };
type Quote = components["schemas"]["Quote"];

/** Codes of refusals for want of money. What else is refused is told by the order itself. */
const CODES: Record<string, "credit" | "budget" | "own" | "else"> = {
  payment_required: "credit",
  budget_reached: "budget",
  member_limit_reached: "own",
  spending_stopped: "else",
  unpaid_reached: "else",
  unpaid_paused: "else",
};
/** Dollars are compared within this: a thousandth of a cent. */
const NOTHING = 1e-5;

export function total({ pictures, price }: Bill): number {
  return pictures * price;
}

/** How many pictures at a price so much is enough for. */
export function enoughFor(dollars: number, price: number): number {
  return Math.max(0, Math.floor(dollars / price + NOTHING));
}

/** What is in the way of an order, the narrowest first; null where nothing is. */
export function inTheWayOf(bill: Bill, purse: Purse, refused: Refusal | null = null): Way | null {
  const sum = total(bill);
  if (sum === 0) return null;
  if (purse.stopped !== null) return { what: "stopped", told: purse.stopped };
  const known = refused && CODES[refused.code];
  if (refused && known === "else") return { what: "else", told: refused.message };
  const short = (left: number | null) => left !== null && sum > left + NOTHING;
  if (short(purse.ownLeft) || known === "own") return { what: "own", left: purse.ownLeft ?? 0 };
  if (short(purse.budgetLeft) || known === "budget") return { what: "budget", left: purse.budgetLeft ?? 0 };
  if (short(purse.credit) || known === "credit") return { what: "credit", left: purse.credit };
  return null;
}

/** What the service says now of an order, in place of what the page knew. */
export function quoted(purse: Purse, quote: Quote): { purse: Purse; refused: Refusal | null } {
  const budgetLeft = quote.budget_left_usd === null ? null : Number(quote.budget_left_usd);
  const refused = quote.items.find((item) => item.error && item.error.code in CODES)?.error ?? null;
  return { purse: { ...purse, credit: Number(quote.available_usd), budgetLeft }, refused };
}

/** What comes of an order and what it costs: "Makes 2 pictures · $0.50". */
export function costs(bill: Bill): string {
  const made = `Makes ${counted(bill.pictures, "picture")}`;
  return bill.price === 0 ? `${made} · free` : `${made} · ${credit(total(bill))} of your credit`;
}

/** What is left now and after an order that can be paid. */
export function leaves(bill: Bill, { credit: has, budgetLeft }: Purse): string {
  const after = `You have ${credit(has)}, ${credit(has - total(bill))} after this.`;
  if (budgetLeft === null) return after;
  return `${after} This month's budget leaves ${credit(budgetLeft)}.`;
}
