import { expect, test } from "vitest";
import { afterKey, areaAt, cornerAt, cornersOf, correctionsOf, firstDraft, saysOther, saysSomething, withArea, withoutArea } from "./corrections";
import type { Point } from "./plan";

const outline: Point[] = [[0, 1], [0, 0.8], [0.3, 0.6], [0.7, 0.62], [1, 0.9], [1, 1]];

test("corners begin where the reading saw them", () => {
  expect(cornersOf(outline)).toEqual([[0, 0.8], [0.3, 0.6], [0.7, 0.62], [1, 0.9]]);
  expect(cornersOf([])).toHaveLength(4);
});

test("where one corner is in view, the fourth point waits at the border and is not told twice", () => {
  const draft = firstDraft([[0, 1], [0, 0.8], [0.5, 0.6], [1, 0.9], [1, 1]], null);
  expect(draft.corners).toEqual([[0, 0.8], [0.5, 0.6], [1, 0.9], [1, 0.9]]);
  expect(correctionsOf(cornerAt(draft, 1, [0.51, 0.6])).floor_corners).toEqual([[0, 0.8], [0.51, 0.6], [1, 0.9]]);
});

test("only what a person has said is told", () => {
  const draft = firstDraft(outline, null);
  expect(saysSomething(draft)).toBe(false);
  expect(correctionsOf({ ...draft, ceiling: 2.7 })).toEqual({ floor_corners: [], keep_clear: [], ceiling_height: 2.7 });
  expect(correctionsOf(cornerAt(draft, 1, [0.25, 0.61])).floor_corners).toHaveLength(4);
});

test("a correction is other than before once something else would be told", () => {
  const before = { floor_corners: [[0, 0.7], [0.4, 0.5], [1, 0.8]], keep_clear: [], ceiling_height: 2.5 } as never;
  for (const draft of [firstDraft(outline, null), firstDraft(outline, before)]) {
    expect(saysOther(draft, draft)).toBe(false);
    expect(saysOther(draft, withoutArea(withArea(draft), 0))).toBe(false);
    expect(saysOther(draft, withArea(draft))).toBe(true);
    expect(saysOther(draft, cornerAt(draft, 1, [0.41, 0.5]))).toBe(true);
    expect(saysOther(draft, { ...draft, ceiling: 3 })).toBe(true);
  }
});

test("what was corrected before is where it was left", () => {
  const before = { floor_corners: [[0, 0.7], [0.4, 0.5], [1, 0.8]], keep_clear: [], metres_per_unit: null } as never;
  expect(firstDraft(outline, before)).toMatchObject({ meant: true, corners: [[0, 0.7], [0.4, 0.5], [1, 0.8], [1, 0.8]] });
});

test("a point near the border is put on it, none leaves the picture", () => {
  const draft = firstDraft(outline, null);
  expect(cornerAt(draft, 0, [0.013, 0.7]).corners[0]).toEqual([0, 0.7]);
  expect(cornerAt(draft, 3, [1.4, 0.7]).corners[3]).toEqual([1, 0.7]);
});

test("areas come, change and go", () => {
  const draft = withArea(withArea(firstDraft(outline, null)));
  expect(draft.areas).toHaveLength(2);
  expect(draft.areas[0]).not.toEqual(draft.areas[1]);
  const changed = areaAt(draft, 1, 0, [0.1, 0.9]);
  expect(changed.areas[1]?.[0]).toEqual([0.1, 0.9]);
  expect(changed.areas[0]).toBe(draft.areas[0]);
  expect(withoutArea(changed, 0).areas).toEqual([changed.areas[1]]);
});

test("keys move a point, others don't", () => {
  expect(afterKey("ArrowUp", false, [0.5, 0.5])).toEqual([0.5, 0.495]);
  expect(afterKey("ArrowRight", true, [0.5, 0.5])).toEqual([0.54, 0.5]);
  expect(afterKey("a", false, [0.5, 0.5])).toBeNull();
});
