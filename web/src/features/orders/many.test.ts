import { expect, test } from "vitest";
import type { NewStaging, Photo } from "../../api/client";
import { AT_ONCE, inTurns, NOTHING_ASKED, notAsked, ordered, type Progress } from "./many";

const items = (count: number) => Array.from({ length: count }, (_, number) => ({ photo_id: `${number}` }) as NewStaging);

test("many are asked for in requests that the service takes, and every refusal is kept", async () => {
  const sizes: number[] = [];
  const ask = async (some: NewStaging[]) => {
    sizes.push(some.length);
    return some.filter((item) => item.photo_id.endsWith("7")).map((item) => `not ${item.photo_id}`);
  };
  const { asked, refused } = await inTurns(items(2 * AT_ONCE + 3), ask, NOTHING_ASKED, () => undefined);
  expect(sizes).toEqual([AT_ONCE, AT_ONCE, 3]);
  expect(asked).toBe(103);
  expect(refused).toHaveLength(10);
});

test("what was asked for before a request failed is not asked for again", async () => {
  let progress: Progress = NOTHING_ASKED;
  const told = (now: Progress) => (progress = now);
  const seen: string[] = [];
  let broken = true;
  const ask = async (some: NewStaging[]) => {
    if (seen.length > 0 && broken) throw new Error("the connection broke");
    seen.push(...some.map((item) => item.photo_id));
    return [];
  };
  await expect(inTurns(items(AT_ONCE + 2), ask, progress, told)).rejects.toThrow("broke");
  expect(progress.asked).toBe(AT_ONCE);
  broken = false;
  await inTurns(items(AT_ONCE + 2), ask, progress, told);
  expect(seen).toEqual(items(AT_ONCE + 2).map((item) => item.photo_id));
});

test("who begins anew after a failure does it with those alone that were not asked for", () => {
  const photos = items(AT_ONCE + 2).map(({ photo_id: id }) => ({ id }) as Photo);
  const left = notAsked([...photos, { id: "chosen since" } as Photo], items(AT_ONCE + 2), { asked: AT_ONCE, refused: [] });
  expect(left.map(({ id }) => id)).toEqual([`${AT_ONCE}`, `${AT_ONCE + 1}`, "chosen since"]);
  expect(notAsked(photos, items(AT_ONCE + 2), NOTHING_ASKED)).toEqual(photos);
});

test("a photo becomes the room that its name tells", () => {
  expect(ordered([{ id: "a", suggested_room_type: "kitchen" } as Photo])).toEqual([
    { key: "a", choice: null, named: "kitchen", insist: false },
  ]);
});
