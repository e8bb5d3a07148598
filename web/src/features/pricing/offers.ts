/** What can be had, and for how much, as the service tells it to everybody; and what follows from it. */
import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";

export type Offers = components["schemas"]["Offered"];
export type OfferedPlan = components["schemas"]["OfferedPlan"];
export type OfferedPack = components["schemas"]["OfferedPack"];
export type Every = "month" | "year";
/** What somebody would buy: a plan for a term with so many seats, or a pack; in which currency. */
export type Wanted = ({ plan: string; term: Every; seats: number } | { pack: string }) & { currency: string };

/** Prices change with a release, and with it the page. */
export const OFFERS = { queryKey: ["offers"], queryFn: () => unwrap(api.GET("/api/v1/offers")), staleTime: Infinity };

export function useOffers() {
  return useQuery(OFFERS);
}

/** The currencies that there are prices in, the usual one first. */
export function currencies({ tax }: Offers): string[] {
  return Object.keys(tax).sort((one, other) => Number(other === "usd") - Number(one === "usd"));
}

/** What a seat of a plan costs for a term, in minor units; null where it is not sold so. */
export function seatPrice(plan: OfferedPlan, every: Every, currency: string): number | null {
  return plan.terms.find((term) => term.every === every)?.amounts_minor[currency] ?? null;
}

/** How many months of twelve a year's price is less than a month's, rounded down. */
export function monthsSaved(plan: OfferedPlan, currency: string): number {
  const month = seatPrice(plan, "month", currency);
  const year = seatPrice(plan, "year", currency);
  return month && year ? Math.max(0, Math.floor(12 - year / month)) : 0;
}

/** The smallest pack that is worth as much credit as is missing, in dollars; the largest where none is. */
export function packFor({ packs }: Offers, missing: number): OfferedPack | null {
  const bySize = [...packs].sort((one, other) => Number(one.credit_usd) - Number(other.credit_usd));
  return bySize.find((pack) => Number(pack.credit_usd) >= missing) ?? bySize.at(-1) ?? null;
}

/** The smallest plan that costs something. */
export function firstPlan({ plans }: Offers): OfferedPlan | null {
  return plans.find((plan) => plan.terms.length > 0) ?? null;
}
