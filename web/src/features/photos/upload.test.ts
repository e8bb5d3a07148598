import { expect, test } from "vitest";
import { turns } from "./transfer";
import type { Order } from "../orders/order";
import { itemsOf, placesTaken, requestedOf, sentOf, type Item } from "./upload";

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

test("what is asked for is what was sent, as it is chosen by then", () => {
  const order: Order = { task: { engine: "local", operation: "stage", instructions: "" }, all: { room: "living_room", styles: ["modern"] } };
  const taken = { file: new File(["x"], "a.jpg"), type: "image/jpeg" as const, size: null };
  const [blank] = itemsOf({ photos: [taken], refused: [], told: [] });
  const item = (key: string, part: Partial<Item>): Item => ({ ...blank!, key, photoId: key, state: "done", ...part });
  const { decided, undecided } = sentOf(
    [
      item("plain", {}),
      item("changed", { choice: { room: "bedroom", styles: ["coastal"] } }),
      item("without a style", { choice: { room: "bedroom", styles: [] } }),
      item("noted", { state: "noted" }),
      item("refused", { state: "refused" }),
      item("given later", { state: "chosen", photoId: null }),
    ],
    order,
  );
  expect(undecided.map(({ key }) => key)).toEqual(["without a style"]);
  expect(requestedOf(decided, order)).toMatchObject([
    { photo_id: "plain", room_type: "living_room", styles: ["modern"] },
    { photo_id: "changed", room_type: "bedroom", styles: ["coastal"] },
  ]);
});
