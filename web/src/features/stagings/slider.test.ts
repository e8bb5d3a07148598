import { expect, test } from "vitest";
import { shareAfterKey, shareAt, sideways, swiped } from "./slider";

test("the divider follows the pointer and stays in the frame", () => {
  expect(shareAt(150, 100, 200)).toBe(0.25);
  expect(shareAt(20, 100, 200)).toBe(0);
  expect(shareAt(999, 100, 200)).toBe(1);
});

test("keys move it, others don't", () => {
  expect(shareAfterKey("ArrowRight", 0.5)).toBeCloseTo(0.55);
  expect(shareAfterKey("ArrowLeft", 0.02)).toBe(0);
  expect(shareAfterKey("Home", 0.4)).toBe(0);
  expect(shareAfterKey("End", 0.4)).toBe(1);
  expect(shareAfterKey("a", 0.4)).toBeNull();
});

test("a long sideways movement is a swipe, a tap or a scroll is not", () => {
  expect(swiped(-90, 10)).toBe(1);
  expect(swiped(90, -10)).toBe(-1);
  expect(swiped(12, 0)).toBe(0);
  expect(swiped(60, 80)).toBe(0);
});

test("a finger that goes up the page doesn't move the divider", () => {
  expect(sideways(3, 0)).toBe(false);
  expect(sideways(6, 20)).toBe(false);
  expect(sideways(-6, 2)).toBe(true);
});
