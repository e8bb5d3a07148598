import { expect, test } from "vitest";
import { isOver, packing, type Archive } from "./archive";

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
