import { expect, test } from "vitest";
import { nextLook, returnedIn } from "./returned";

const ID = "0198c1d2-7a00-7000-8000-000000000001";

test("only the name of a page is taken from the address", () => {
  expect(returnedIn({ paid: ID, other: "x" })).toEqual({ paid: ID });
  expect(returnedIn({ left: ID })).toEqual({ left: ID });
  expect(returnedIn({ paid: "../../me", left: 7 })).toEqual({});
});

test("what became of a page is asked until it is known, less often as time goes by", () => {
  expect(nextLook(undefined, 0)).toBe(2000);
  expect(nextLook("open", 3)).toBe(2000);
  expect(nextLook("open", 40)).toBe(15_000);
  expect(nextLook("waiting", 3)).toBe(60_000);
  expect(nextLook("paid", 1)).toBe(false);
  expect(nextLook("over", 1)).toBe(false);
});
