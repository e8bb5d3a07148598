import { expect, test } from "vitest";
import { daysOf, dayName, monthName, monthsBefore, type Line } from "./days";

const line = (day: string, stagings: number, charged_usd: string, given_back = 0) => ({ day, stagings, charged_usd, given_back }) as Line;

test("a month has all its days, each with what its projects, members and engines come to", () => {
  const days = daysOf("2028-02", [line("2028-02-29", 2, "0.50"), line("2028-02-29", 1, "0.25", 1), line("2028-02-01", 4, "1.00")]);
  expect(days).toHaveLength(29);
  expect(days[28]).toEqual({ day: "2028-02-29", stagings: 3, givenBack: 1, dollars: 0.75 });
  expect(days[1]).toEqual({ day: "2028-02-02", stagings: 0, givenBack: 0, dollars: 0 });
});

test("months are those of UTC, the newest first", () => {
  expect(monthsBefore(new Date("2027-01-31T23:30:00-05:00"), 3)).toEqual(["2027-02", "2027-01", "2026-12"]);
  expect(monthName("2026-11")).toBe("November 2026");
  expect(dayName("2026-11-03")).toBe("Nov 3");
});
