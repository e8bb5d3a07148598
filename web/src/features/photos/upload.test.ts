import { expect, test } from "vitest";
import { turns } from "./transfer";
import { itemsOf, placesTaken } from "./upload";

test("refused files are shown with their reason and take no place", () => {
  const photo = { file: new File(["x"], "a.jpg"), type: "image/jpeg" as const, size: null };
  const items = itemsOf({ photos: [photo, photo], refused: [{ file: new File(["x"], "a.txt"), reason: "No." }], told: [] });
  expect(items.map(({ state, reason }) => [state, reason])).toEqual([["chosen", null], ["chosen", null], ["refused", "No."]]);
  expect(placesTaken(items)).toBe(2);
});

test("photos are announced in the order in which they were chosen, also after one that failed", async () => {
  const done: string[] = [];
  const inTurn = turns();
  const slowly = (name: string, ms: number) => async () => {
    await new Promise((passed) => setTimeout(passed, ms));
    done.push(name);
  };
  const refused = async () => Promise.reject(new Error("refused"));
  await Promise.allSettled([inTurn(slowly("large", 20)), inTurn(refused), inTurn(slowly("small", 0))]);
  expect(done).toEqual(["large", "small"]);
});
