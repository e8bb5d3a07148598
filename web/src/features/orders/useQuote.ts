/** What the service would answer to an order now: asked before it is ordered, changed or not. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, unwrap, type NewStaging } from "../../api/client";
import { QUOTE } from "../usage/queries";
import { AT_ONCE } from "./many";

/** Of orders that are paid for and fit one request; of others nothing is asked. What can't be had is left to the order itself. */
export function useQuote(items: NewStaging[], price: number) {
  const asks = price > 0 && items.length > 0 && items.length <= AT_ONCE;
  const found = useQuery({
    queryKey: [...QUOTE, items],
    queryFn: () => unwrap(api.POST("/api/v1/stagings/quote", { body: { items } })),
    enabled: asks,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
  });
  return asks ? (found.data ?? null) : null;
}
