import { expect, test } from "vitest";
import { costs, enoughFor, inTheWayOf, leaves, quoted, type Purse } from "./bill";

const purse: Purse = { credit: 2.5, budgetLeft: null, ownLeft: null, stopped: null };
const bill = (pictures: number) => ({ pictures, price: 0.25 });

test("what an order costs and leaves is told before it is ordered", () => {
  expect(costs({ pictures: 3, price: 0 })).toBe("Makes 3 pictures · free");
  expect(costs(bill(2))).toBe("Makes 2 pictures · $0.50 of your credit");
  expect(leaves(bill(2), purse)).toBe("You have $2.50, $2.00 after this.");
  expect(leaves(bill(2), { ...purse, budgetLeft: 1 })).toBe("You have $2.50, $2.00 after this. This month's budget leaves $1.00.");
});

test("credit covers whole pictures", () => {
  expect([enoughFor(2.5, 0.25), enoughFor(0.7, 0.25), enoughFor(-1, 0.25), enoughFor(0.3, 0.1)]).toEqual([10, 2, 0, 3]);
});

test("the narrowest of what is in the way is told", () => {
  expect(inTheWayOf(bill(10), purse)).toBeNull();
  expect(inTheWayOf(bill(11), purse)).toEqual({ what: "credit", left: 2.5 });
  expect(inTheWayOf(bill(5), { ...purse, budgetLeft: 1 })).toEqual({ what: "budget", left: 1 });
  expect(inTheWayOf(bill(5), { ...purse, budgetLeft: 1, ownLeft: 0.5 })).toEqual({ what: "own", left: 0.5 });
  expect(inTheWayOf(bill(1), { ...purse, stopped: "A payment is disputed." })).toEqual({ what: "stopped", told: "A payment is disputed." });
  expect(inTheWayOf({ pictures: 99, price: 0 }, { ...purse, credit: 0, stopped: "Stopped." })).toBeNull();
});

test("the service's word on an order counts more than what the page knew", () => {
  const item = { photo_id: "a", pictures: 0, total_usd: "0.00", error: { code: "payment_required", message: "Your credit does not cover this." } };
  const quote = { items: [item], pictures: 0, total_usd: "0.00", available_usd: "0.20", budget_left_usd: null };
  const told = quoted(purse, quote);
  expect(inTheWayOf(bill(1), told.purse, told.refused)).toEqual({ what: "credit", left: 0.2 });
  const paused = { code: "unpaid_paused", message: "AI models are paused for everybody." };
  const full = { ...quote, items: [{ ...item, error: { code: "quota_reached", message: "Your files take all the room there is." } }] };
  expect(quoted(purse, full).refused).toBeNull();
  expect(inTheWayOf(bill(1), purse, paused)).toEqual({ what: "else", told: "AI models are paused for everybody." });
});
