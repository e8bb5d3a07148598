import { expect, test } from "vitest";
import { isOver, MOST_PICTURES, packing, partsOf, type Archive } from "./archive";

const archive = (change: Partial<Archive>): Archive => ({
  id: "1",
  project_id: "2",
  state: "running",
  files: 3,
  left_out: 0,
  progress: 0,
  size: null,
  url: null,
  error: null,
  created_at: "2026-11-26T00:00:00Z",
  expires_at: "2026-11-27T00:00:00Z",
  ...change,
});

test("the button tells how much is packed, once there is something to tell", () => {
  expect(packing(undefined)).toBe("Packing…");
  expect(packing(archive({ progress: 0.004 }))).toBe("Packing…");
  expect(packing(archive({ progress: 0.999 }))).toBe("Packing… 99 %");
});

test("ready and failed are over, nothing else", () => {
  expect(["queued", "running", "ready", "failed"].map((state) => isOver(archive({ state })))).toEqual([false, false, true, true]);
  expect(isOver(undefined)).toBe(false);
});

test("more pictures than one ZIP holds come in several, none twice and none left out", () => {
  const ids = Array.from({ length: 2 * MOST_PICTURES + 1 }, (_, number) => `${number}`);
  const parts = partsOf(ids);
  expect(parts.map(({ says }) => says)).toEqual(["Pictures 1 to 1,000", "Pictures 1,001 to 2,000", "Pictures 2,001 to 2,001"]);
  expect(parts.flatMap((part) => part.ids)).toEqual(ids);
  expect(partsOf(ids.slice(0, MOST_PICTURES))).toHaveLength(1);
  expect(partsOf([])).toEqual([]);
});
