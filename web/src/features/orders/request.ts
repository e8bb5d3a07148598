/** Asking for stagings. */
import { api, Problem, unwrap, type NewStaging } from "../../api/client";
import { isOpen, RequestKeys } from "./requestKeys";

const keys = new RequestKeys();

/** Ask for stagings; gives the reasons of those that were refused. A request that is sent twice is done once. */
export async function requestStagings(items: NewStaging[]): Promise<string[]> {
  const params = { header: { "Idempotency-Key": keys.keyOf(items) } };
  try {
    const answer = await unwrap(api.POST("/api/v1/stagings", { body: { items }, params }));
    keys.answered(items);
    return answer.items.flatMap((item) => (item.error ? [item.error.message] : []));
  } catch (error) {
    if (error instanceof Problem && !isOpen(error.status)) keys.answered(items);
    throw error;
  }
}
