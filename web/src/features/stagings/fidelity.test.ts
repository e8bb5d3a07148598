import { expect, test } from "vitest";
import { byKind, percent } from "./fidelity";

const region = (kind: string, area: number, kept = true) => ({ kind, area, kept, box: [0, 0, 1, 1] });

test("regions are added up by kind, the kept apart from the restored", () => {
  const regions = [region("furniture", 0.1), region("shading", 0.25), region("furniture", 0.2), region("opening", 0.02, false)];
  expect(byKind(regions, true).map(({ kind, area }) => [kind, Math.round(area * 100)])).toEqual([
    ["furniture", 30],
    ["shading", 25],
  ]);
  expect(byKind(regions, false).map((one) => one.name)).toEqual(["Window, door or view"]);
});

test("a hundred is only said of the perfect score", () => {
  expect(percent(0.998)).toBe("99 %");
  expect(percent(1)).toBe("100 %");
  expect(percent(0.871)).toBe("87 %");
});
