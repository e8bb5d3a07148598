import { expect, test } from "vitest";
import { byKind, findings, percent } from "./fidelity";

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
  expect(percent(0.998)).toBe("99\u00a0%");
  expect(percent(1)).toBe("100\u00a0%");
  expect(percent(0.871)).toBe("87\u00a0%");
});

test("what asks for a closer look comes first, then what is sound; what was put back is left out", () => {
  const check = (name: string, verdict: string, mended = false) => ({
    name, verdict, mended, sentence: `About ${name}.`, value: 0, warn: 0, fail: 0,
  });
  const told = findings([check("found", "pass"), check("openings", "fail", true), check("floating", "warn")]);
  expect(told).toEqual([
    { name: "floating", sound: false, sentence: "About floating." },
    { name: "found", sound: true, sentence: "About found." },
  ]);
});
