import { expect, test } from "vitest";
import { asked, auditWantedIn } from "./wanted";

test("an address says which entries are wanted, and what is no such thing is passed over", () => {
  expect(auditWantedIn({ action: "key.created", since: "2026-11-26", until: "tomorrow", person: 7 })).toEqual({
    action: "key.created",
    since: "2026-11-26",
  });
});

test("the last day is part of what is wanted, also at the end of a month", () => {
  expect(asked({ until: "2026-11-30" }).until).toBe(new Date(2026, 11, 1).toISOString());
  expect(asked({ since: "2026-11-30" }).since).toBe(new Date(2026, 10, 30).toISOString());
});
