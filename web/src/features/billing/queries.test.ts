import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { ServerEvent } from "../../api/events";
import { QUOTE, USAGE } from "../usage/queries";
import { BILLING, hearBillingEvent } from "./queries";

const event = (kind: string) => ({ id: 1, kind, data: {} }) as ServerEvent;

test("when something was paid, whatever depends on it is read anew: an order that was refused before may go through", () => {
  const cache = new QueryClient();
  const keys = [BILLING, USAGE, [...QUOTE, [{ photo_id: "a" }]]];
  keys.forEach((key) => cache.setQueryData(key, {}));
  const old = () => keys.map((key) => cache.getQueryState(key)?.isInvalidated);
  hearBillingEvent(cache, event("photo.added"));
  expect(old()).toEqual([false, false, false]);
  hearBillingEvent(cache, event("billing.changed"));
  expect(old()).toEqual([true, true, true]);
});
