import { expect, test } from "vitest";
import type { Prediction } from "../../api/client";
import type { ServerEvent } from "../../api/events";
import { foreseen, hearPredictionEvent, predictionOf, told } from "./prediction";

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

const event = (id: string, prediction: Prediction | null) =>
  ({ id: 1, kind: "photo.predicted", data: { id, prediction } }) as unknown as ServerEvent;

test("a reading that is known is asked for once, one that comes later is heard", async () => {
  let asked = 0;
  const ask = async (known: Prediction | null) => ((asked += 1), known);
  expect(await predictionOf("a", () => ask(fine))).toBe(fine);
  expect(asked).toBe(1);
  const coming = predictionOf("a", () => ask(null));
  hearPredictionEvent(event("b", { ...fine, refused: true }));
  hearPredictionEvent(event("a", fine));
  expect(await coming).toBe(fine);
  expect(asked).toBe(2);
});

test("a reading that nobody tells of is asked for once more, and missed without a word", async () => {
  const answers = [null, fine];
  expect(await predictionOf("a", async () => answers.shift() ?? null, 1)).toBe(fine);
  expect(await predictionOf("a", () => Promise.reject(new Error("away")), 1)).toBeNull();
});
