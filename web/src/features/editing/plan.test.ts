import { expect, test } from "vitest";
import { edited, footprint, inView, overlapping, rearranged, removed, shifted, standing, turned, withRiders, type PlanDocument, type Point } from "./plan";

const placed = (piece: string, x: number, y: number, z = 0, rotation = 0) => ({ piece, style: "modern", seed: 1, x, y, z, rotation });
const size = (label: string, mount: "floor" | "wall" | "surface", width: number, depth: number, height: number) => ({
  label, mount, width, depth, height,
});

const plan: PlanDocument & { version: number } = {
  version: 1,
  pieces: [placed("sofa", 0, 3), placed("table", 0, 1.5), placed("lamp", 0.2, 1.5, 0.4), placed("art", 0, 3.98, 1.4), placed("rug", 0, 2)],
  furniture: {
    sofa: size("Sofa", "floor", 2, 0.9, 0.8),
    table: size("Coffee table", "floor", 1, 0.5, 0.4),
    lamp: size("Lamp", "surface", 0.2, 0.2, 0.5),
    art: size("Picture", "wall", 0.8, 0.04, 0.6),
    rug: size("Rug", "floor", 2.4, 1.8, 0.02),
  },
  room: { x_min: -2, x_max: 2, y_min: 0, y_max: 4, ceiling: 2.5, openings: [], seen: [], outline: [], camera: {} as never },
  corrections: null,
};
const pieces = standing(plan);
const at = (found: typeof pieces, id: number) => found.find((one) => one.id === id);

test("only the part of the room that the photo and the furniture reach is drawn", () => {
  const room = { ...plan.room, y_min: -5, seen: [[-1, 1.5], [1, 1.5], [0, 4]] as Point[] };
  expect(inView(room, pieces).y_min).toBeCloseTo(0.5);
  expect(inView(plan.room, pieces).y_min).toBeCloseTo(0.5);
  expect(inView({ ...room, seen: [] }, []).y_min).toBe(-5);
});

test("what nobody touched goes back as it came", () => {
  expect(edited(plan, pieces)).toEqual({ version: 1, pieces: plan.pieces });
});

test("a plan is rearranged when a piece was moved, turned or removed, and not when it is back where it was", () => {
  expect(rearranged(plan, pieces)).toBe(false);
  const aside = shifted(pieces, plan.room, 0, [0.5, 0]);
  expect(rearranged(plan, aside)).toBe(true);
  expect(rearranged(plan, shifted(aside, plan.room, 0, [-0.5, 0]))).toBe(false);
  expect(rearranged(plan, turned(pieces, plan.room, 1, Math.PI / 2))).toBe(true);
  expect(rearranged(plan, removed(pieces, 2))).toBe(true);
});

test("a piece takes along what stands on it", () => {
  expect([...withRiders(pieces, 1)]).toEqual([1, 2]);
  const moved = shifted(pieces, plan.room, 1, [0.5, -0.25]);
  expect(at(moved, 1)).toMatchObject({ x: 0.5, y: 1.25 });
  expect(at(moved, 2)).toMatchObject({ x: 0.7, y: 1.25 });
  expect(at(moved, 0)).toBe(at(pieces, 0));
  expect(removed(pieces, 1).map((one) => one.id)).toEqual([0, 3, 4]);
});

test("walls hold a piece, also after it was turned", () => {
  expect(at(shifted(pieces, plan.room, 0, [9, 9]), 0)).toMatchObject({ x: 1, y: 3.55 });
  const upright = turned(shifted(pieces, plan.room, 0, [9, 9]), plan.room, 0, Math.PI / 2);
  const corners = footprint(at(upright, 0)!);
  expect(Math.max(...corners.map(([, y]) => y))).toBeCloseTo(4);
  expect(at(upright, 0)?.rotation).toBeCloseTo(Math.PI / 2);
});

test("what is turned turns what stands on it", () => {
  const lamp = at(turned(pieces, plan.room, 1, Math.PI), 2);
  expect(lamp?.x).toBeCloseTo(-0.2);
  expect(lamp?.y).toBeCloseTo(1.5);
});

test("what hangs on a wall slides along it", () => {
  const art = at(shifted(pieces, plan.room, 3, [0.4, -1]), 3);
  expect(art?.x).toBeCloseTo(0.4);
  expect(art?.y).toBeCloseTo(3.98);
  expect(turned(pieces, plan.room, 3, 1)).toBe(pieces);
});

test("pieces in each other are told, a rug under them is not", () => {
  expect(overlapping(pieces).size).toBe(0);
  expect([...overlapping(shifted(pieces, plan.room, 1, [0, 1]))].sort()).toEqual([0, 1]);
});

test("only place and angle of pieces are written, to the millimetre", () => {
  const moved = edited(plan, shifted(pieces, plan.room, 1, [0.12345, 0]));
  expect(moved.pieces).toEqual(plan.pieces.map((one, at) => (at === 1 || at === 2 ? { ...one, x: one.x + 0.123 } : one)));
});
