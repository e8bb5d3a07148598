import { expect, test } from "vitest";
import { inMetres, inUnit, lengthIn, unitOf } from "./length";

test("lengths are told in the unit of the place", () => {
  expect(["en-US", "en-GB", "de"].map(unitOf)).toEqual(["ft", "m", "m"]);
  expect(lengthIn(2.44, "ft")).toBe("8.0\u00a0ft");
  expect(lengthIn(2.44, "m")).toBe("2.4\u00a0m");
});

test("what is entered comes back as it was", () => {
  expect(inMetres(8, "ft")).toBe(2.438);
  expect(inUnit(2.438, "ft")).toBe(8);
});
