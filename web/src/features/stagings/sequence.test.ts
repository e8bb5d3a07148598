import { expect, test } from "vitest";
import type { Photo } from "../../api/client";
import { finished, further } from "./sequence";

const photo = (id: string, stagings: [string, boolean][]) =>
  ({ id, stagings: stagings.map(([name, ready]) => ({ id: name, urls: ready ? { web: name } : null })) }) as Photo;

const photos = [photo("a", [["1", true], ["2", false]]), photo("b", []), photo("c", [["3", true], ["4", true]])];

test("only finished pictures are leafed through, photo by photo", () => {
  expect(finished(photos).map((one) => [one.photo.id, one.staging.id])).toEqual([
    ["a", "1"],
    ["c", "3"],
    ["c", "4"],
  ]);
});

test("after the last comes the first, and the other way", () => {
  const pictures = finished(photos);
  expect(further(pictures, "1", 1)).toBe("3");
  expect(further(pictures, "4", 1)).toBe("1");
  expect(further(pictures, "1", -1)).toBe("4");
});
