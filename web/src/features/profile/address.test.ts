import { expect, test } from "vitest";
import { addressOf, EMPTY, missing } from "./address";
import { countries } from "./countries";

test("an address with nothing in it is none, and needs nothing", () => {
  expect(addressOf({ ...EMPTY, city: "  " })).toBeNull();
  expect(missing({ ...EMPTY, city: "  " })).toEqual([]);
});

test("one that is begun needs its street, city and country", () => {
  expect(missing({ ...EMPTY, region: "NY" })).toEqual(["line1", "city", "country"]);
  const whole = { ...EMPTY, line1: " 12 Elm Street ", city: "Albany", country: "US" };
  expect(missing(whole)).toEqual([]);
  expect(addressOf(whole)).toEqual({ ...EMPTY, line1: "12 Elm Street", city: "Albany", country: "US" });
});

test("countries have names", () => {
  expect(countries()).toContainEqual({ value: "DE", label: "Germany" });
  expect(countries().filter(({ value, label }) => value === label)).toEqual([]);
});
