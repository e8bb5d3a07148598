/** Asking for stagings. */
import { api, unwrap, type NewStaging } from "../../api/client";
import { Orders } from "./unanswered";

const orders = new Orders((items, key) =>
  unwrap(api.POST("/api/v1/stagings", { body: { items }, params: { header: { "Idempotency-Key": key } } })),
);

/** Ask for stagings; gives the reasons of those that were refused. What was asked for before and not answered is not paid twice. */
export function requestStagings(items: NewStaging[]): Promise<string[]> {
  return orders.ask(items);
}
