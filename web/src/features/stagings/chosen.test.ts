import { expect, test } from "vitest";
import { besides, toggled } from "./chosen";

test("what was done with some photos leaves the others chosen", () => {
  expect(besides(new Set(["a", "b", "c"]), [{ id: "a" }, { id: "c" }])).toEqual(new Set(["b"]));
  expect(besides(new Set(["a"]), [{ id: "a" }])).toBeNull();
  expect(besides(null, [{ id: "a" }])).toBeNull();
});

test("a photo is chosen and let go of, while any are being chosen", () => {
  expect(toggled(new Set(["a"]), "b")).toEqual(new Set(["a", "b"]));
  expect(toggled(new Set(["a", "b"]), "b")).toEqual(new Set(["a"]));
  expect(toggled(null, "a")).toBeNull();
});
