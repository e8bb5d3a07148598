/** What the account pays for and has paid; read anew when an event tells that something was paid, failed or changed. */
import { useInfiniteQuery, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { ServerEvent } from "../../api/events";
import type { components } from "../../api/schema";
import { useMay } from "../../shared/me";
import { useSend } from "../../shared/useSend";
import type { Wanted } from "../pricing/offers";
import { forgetUsage } from "../usage/queries";

export type Billing = components["schemas"]["Billing"];
export type PaidPlan = components["schemas"]["PaidPlan"];
export type PlanChoice = components["schemas"]["PlanChoice"];
export type Preview = components["schemas"]["ChangePreview"];
export type Invoice = components["schemas"]["Invoice"];
export type CheckoutState = components["schemas"]["CheckoutState"];

export const BILLING = ["billing"];
const INVOICES = ["invoices"];

/** Told to who may know it; others have none. */
export function useBilling() {
  const may = useMay();
  return useQuery({ queryKey: BILLING, queryFn: () => unwrap(api.GET("/api/v1/billing")), enabled: may("billing") });
}

export function useInvoices() {
  return useInfiniteQuery({
    queryKey: INVOICES,
    queryFn: ({ pageParam }) =>
      unwrap(api.GET("/api/v1/billing/invoices", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** Whatever is paid, credit and limits are others, and so is what can be ordered. */
export function forgetBilling(cache: QueryClient): void {
  [BILLING, INVOICES].forEach((queryKey) => void cache.invalidateQueries({ queryKey }));
  forgetUsage(cache);
}

export function hearBillingEvent(cache: QueryClient, event: ServerEvent): void {
  if (event.kind === "billing.changed" || event.kind === "snapshot") forgetBilling(cache);
}

/** A change of the plan that is paid for: what the service answers is what is shown. */
export function useChange<V = void>(name: string, send: (wanted: V) => Promise<Billing>, onDone: () => void = () => undefined) {
  const cache = useQueryClient();
  return useSend({
    name,
    send,
    onSuccess: (now: Billing) => {
      cache.setQueryData(BILLING, now);
      forgetBilling(cache);
      onDone();
    },
  });
}

/** A page at Stripe to pay on. */
export async function checkout({ currency, ...wanted }: Wanted): Promise<string> {
  const page = await unwrap(api.POST("/api/v1/billing/checkout", { body: { ...wanted, currency } }));
  return page.url;
}
