import { expect, test } from "vitest";
import type { Prediction } from "../../api/client";
import { foreseen, predictionOf, told } from "./prediction";

const fine: Prediction = { stageable: "yes", refused: false, reasons: [], seen: ["About 4 m wide.", "A door."], room_type: "bedroom", unfit: {} };

test("a refusal is foreseen for every room where the photo can't be read, else for the rooms that were tried", () => {
  expect(foreseen(null, "bedroom")).toEqual([]);
  expect(foreseen(fine, "bedroom")).toEqual([]);
  expect(foreseen({ ...fine, refused: true, reasons: ["No walls."] }, "bedroom")).toMatchObject([{ message: "No walls.", staging: "insist" }]);
  const narrow = { ...fine, unfit: { dining_room: "Too narrow." } };
  expect(foreseen(narrow, "dining_room")).toMatchObject([{ message: "Too narrow." }]);
  expect(foreseen(narrow, "bedroom")).toEqual([]);
});

test("what was seen is told with what to look at, but a refusal is told elsewhere", () => {
  expect(told({ ...fine, reasons: ["Check the corners."] })).toBe("About 4 m wide. A door. Check the corners.");
  expect(told({ ...fine, refused: true, seen: [], reasons: ["No walls."] })).toBe("");
});

test("a reading is waited for, and missed without a word", async () => {
  const answers = [null, null, fine];
  expect(await predictionOf("a", async () => answers.shift() ?? null, 0)).toBe(fine);
  expect(await predictionOf("a", () => Promise.reject(new Error("away")), 1, 3)).toBeNull();
});
