import { expect, test } from "vitest";
import { rebased } from "./draft";

const kept = { name: "Ada", company: "Elm", styles: ["modern"] };

test("a field that nobody has changed follows what another tab has saved", () => {
  expect(rebased(kept, kept, { ...kept, company: "Oak", styles: ["coastal"] })).toEqual({
    name: "Ada",
    company: "Oak",
    styles: ["coastal"],
  });
});

test("what somebody is typing stays, whatever is saved meanwhile", () => {
  const draft = { ...kept, name: "Ada L" };
  expect(rebased(draft, kept, { ...kept, name: "Ben", company: "Oak" })).toEqual({ name: "Ada L", company: "Oak", styles: ["modern"] });
  expect(rebased(draft, kept, { ...kept, styles: ["modern"] })).toEqual(draft);
});

test("what was emptied stays empty", () => {
  expect(rebased({ amount: "" as number | string }, { amount: 20 }, { amount: 30 })).toEqual({ amount: "" });
});
