import { expect, test } from "vitest";
import type { Staging } from "../../api/client";
import { roomOf } from "./corrected";

const staging = (ceiling: number | null) =>
  ({ corrections: ceiling && { floor_corners: [], keep_clear: [], ceiling_height: ceiling } }) as Staging;

test("what was last said about a room holds for further pictures by engines that take it", () => {
  const stagings = [staging(2.4), staging(2.7), staging(null)];
  expect(roomOf(stagings, true).corrections?.ceiling_height).toBe(2.7);
  expect(roomOf(stagings, false)).toEqual({});
  expect(roomOf([staging(null)], true)).toEqual({});
});
