import { expect, test } from "vitest";
import { cost, fitting, pictures, requested, type Order } from "./order";
import { queued, type Item } from "./upload";

const order: Order = { engine: "local", all: { room: "living_room", styles: ["modern", "coastal"] } };

function items(): Item[] {
  const files = ["a.jpg", "b.jpg", "c.jpg"].map((name) => new File(["x"], name, { type: "image/jpeg" }));
  const [a, b, c] = queued(files, []) as [Item, Item, Item];
  return [a, { ...b, choice: { room: "bedroom", styles: ["luxury"] } }, c];
}

test("every photo is asked for in all its styles, its own choice before the one for all", () => {
  const [a, b, c] = items() as [Item, Item, Item];
  const made = new Map([
    [a.key, "photo-a"],
    [b.key, "photo-b"],
  ]);
  expect(requested([a, b, c], made, order)).toMatchObject([
    { photo_id: "photo-a", room_type: "living_room", styles: ["modern", "coastal"], engine: "local" },
    { photo_id: "photo-b", room_type: "bedroom", styles: ["luxury"] },
  ]);
  expect(pictures([a, b, c], order)).toBe(5);
});

test("a room that the engine doesn't stage gives way to one that it does", () => {
  const kitchen = { room: "kitchen", styles: ["modern"] } as const;
  expect(fitting({ ...kitchen, styles: [...kitchen.styles] }, ["living_room", "bedroom"]).room).toBe("living_room");
  expect(fitting({ ...kitchen, styles: [...kitchen.styles] }, ["bedroom", "kitchen"]).room).toBe("kitchen");
});

test("a cost is told before, and where the credit ends", () => {
  expect(cost(3, 0, 0)).toBe("Makes 3 pictures");
  expect(cost(2, 0.25, 2.5)).toMatch(/^Makes 2 pictures · \$0\.50, charged only/);
  expect(cost(6, 0.25, 0.75)).toBe("Makes 6 pictures · $1.50, your credit of $0.75 covers 3 pictures");
});
