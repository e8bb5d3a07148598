import { expect, test } from "vitest";
import { changeOf, draftOf, wrongIn } from "./retention";

const KEPT = {
  photos: { days: 30, chosen: 30, least: 7, most: 3650 },
  results: { days: null, chosen: null, least: 7, most: 3650 },
  uploads: { days: 1, chosen: null, least: 1, most: 1 },
  in_force_from: null,
};

test("what is left empty is left to the service, what is out of bounds is told", () => {
  expect(draftOf(KEPT)).toEqual({ photos: 30, results: "", uploads: "" });
  expect(changeOf(draftOf(KEPT))).toEqual({ photos_days: 30, results_days: null, uploads_days: null });
  expect(wrongIn(draftOf(KEPT), KEPT)).toEqual([]);
  expect(wrongIn({ photos: 6, results: 3651, uploads: "" }, KEPT)).toEqual(["photos", "results"]);
});
