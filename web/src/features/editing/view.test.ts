import { expect, test } from "vitest";
import type { Camera, Standing } from "./plan";
import { hull, outlines, projected } from "./view";

/** Looks level into the room. */
const camera: Camera = {
  rotation: [[1, 0, 0], [0, 0, -1], [0, 1, 0]],
  height: 1.5, focal: 100, cx: 99.5, cy: 49.5, width: 200, height_px: 100,
};

test("what is straight ahead is in the middle, what is lower is below it, what is behind is not seen", () => {
  expect(projected(camera, [0, 3, 1.5])).toEqual([0.5, 0.5]);
  expect(projected(camera, [1, 2, 1])).toEqual([0.75, 0.75]);
  expect(projected(camera, [0, -1, 1])).toBeNull();
});

test("a hull goes round its points", () => {
  expect(hull([[0, 0], [1, 0], [0.5, 0.4], [1, 1], [0, 1]])).toHaveLength(4);
});

test("pieces are outlined from far to near", () => {
  const piece = (id: number, y: number) => ({ id, x: 0, y, z: 0, rotation: 0, mount: "floor", width: 1, depth: 1, height: 0.5 }) as Standing;
  const found = outlines(camera, [piece(1, 2), piece(2, 4), piece(3, 0)]);
  expect(found.map(({ id }) => id)).toEqual([2, 1]);
  expect(found[1]?.floor).toHaveLength(4);
});
