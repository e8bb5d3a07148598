/** Who comes back from a payment page: which one, and whether they paid there. Pure. */

/** `paid` and `left`: the page that was paid on, or left without. */
export type Returned = { paid?: string; left?: string };

const ID = /^[0-9a-f-]{36}$/;

/** As Stripe leads back to us; whatever else an address says is dropped. */
export function returnedIn(search: Record<string, unknown>): Returned {
  const { paid, left } = search;
  return {
    ...(typeof paid === "string" && ID.test(paid) && { paid }),
    ...(typeof left === "string" && ID.test(left) && { left }),
  };
}

/** Milliseconds until it is asked again what became of a page; false once it is known. */
export function nextLook(state: string | undefined, looks: number): number | false {
  if (state === "paid" || state === "over") return false;
  if (state === "waiting") return 60_000;
  return looks < 20 ? 2_000 : 15_000;
}
