import { expect, test } from "vitest";
import { credit, paid } from "./money";

test("whole prices are told without hundredths, but on invoices", () => {
  expect(paid(2400, "usd")).toBe("$24");
  expect(paid(890, "eur")).toBe("€8.90");
  expect(paid(1234500, "usd")).toBe("$12,345");
  expect(paid(2400, "usd", true)).toBe("$24.00");
});

test("credit has its hundredths, and may be below zero", () => {
  expect(credit("2.50")).toBe("$2.50");
  expect(credit(-1)).toBe("−$1.00");
});
