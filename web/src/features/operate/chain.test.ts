import { expect, test } from "vitest";
import { earlier, same, without } from "./chain";

test("a model comes earlier by one place, and the first stays where it is", () => {
  expect(earlier(["a", "b", "c"], "c")).toEqual(["a", "c", "b"]);
  expect(earlier(["a", "b", "c"], "b")).toEqual(["b", "a", "c"]);
  expect(earlier(["a", "b"], "a")).toEqual(["a", "b"]);
});

test("what is taken out is gone, and the order counts", () => {
  expect(without(["a", "b"], "a")).toEqual(["b"]);
  expect(same(["a", "b"], ["a", "b"])).toBe(true);
  expect(same(["a", "b"], ["b", "a"])).toBe(false);
  expect(same(["a"], ["a", "b"])).toBe(false);
});
