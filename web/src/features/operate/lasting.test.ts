import { expect, test } from "vitest";
import { lasting } from "./lasting";

test("a length of time is told in the largest unit of which there are two", () => {
  const told = [0, 0.4, 1, 59.9, 119, 120, 7199, 7200, 172_799, 172_800, 1_000_000].map(lasting);
  expect(told).toEqual(["0 s", "0 s", "1 s", "59 s", "119 s", "2 min", "119 min", "2 h", "47 h", "2 days", "11 days"]);
});
