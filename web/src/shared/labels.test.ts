import { afterEach, expect, test } from "vitest";
import { day } from "./labels";

const { TZ } = process.env;
afterEach(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

test.each(["America/Los_Angeles", "UTC", "Pacific/Kiritimati"])("a bare date is the same day in %s", (zone) => {
  process.env.TZ = zone;
  expect(day("2026-11-01")).toBe("November 1, 2026");
});

test("a moment's day is the one where somebody is", () => {
  process.env.TZ = "America/Los_Angeles";
  expect(day("2026-11-01T02:00:00Z")).toBe("October 31, 2026");
  process.env.TZ = "Pacific/Kiritimati";
  expect(day("2026-11-01T12:00:00Z")).toBe("November 2, 2026");
});
