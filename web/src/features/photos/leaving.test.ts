import { expect, test } from "vitest";
import { leftBehind } from "./leaving";
import { itemsOf, type Item } from "./upload";

function items(...states: [Item["state"], string | null][]): Item[] {
  const taken = { file: new File(["x"], "a.jpg"), type: "image/jpeg" as const, size: null };
  const [blank] = itemsOf({ photos: [taken], refused: [], told: [] });
  return states.map(([state, photoId], place) => ({ ...blank!, key: `${place}`, state, photoId }));
}

test("who leaves is told how many photos are not sent", () => {
  const told = leftBehind(items(["chosen", null], ["sending", null], ["done", "a"], ["refused", null]));
  expect(told).toMatch(/^2 photos are not sent yet\./);
  expect(leftBehind(items(["chosen", null]))).toMatch(/^1 photo is not sent yet\./);
});

test("what is sent and waits for the others would not be staged", () => {
  expect(leftBehind(items(["done", "a"], ["looking", "b"], ["chosen", "c"]))).toMatch(/^3 photos are sent, but not staged yet\./);
});

test("nothing is missed of what is refused, noted or asked for, nor of nothing", () => {
  expect(leftBehind(items(["refused", null], ["noted", "a"], ["asked", "b"]))).toBeNull();
  expect(leftBehind([])).toBeNull();
});
