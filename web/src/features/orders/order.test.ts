import { expect, test } from "vitest";
import type { Abilities } from "../../shared/catalog";
import { fitting, pictures, requested, within, type Order, type Ordered, type Task } from "./order";

const stage: Task = { engine: "local", operation: "stage", instructions: "" };
const order: Order = { task: stage, all: { room: "living_room", styles: ["modern", "coastal"] } };
const local: Abilities = { room_types: ["bedroom", "living_room"], operations: ["stage"], instructions: false, plans: true };
const paid: Abilities = {
  room_types: ["living_room", "kitchen"],
  operations: ["stage", "declutter", "empty"],
  instructions: true,
  plans: false,
};

function items(): [Ordered, Ordered, Ordered] {
  const [a, b, c] = ["a", "b", "c"].map((key) => ({ key, choice: null, insist: false })) as [Ordered, Ordered, Ordered];
  return [a, { ...b, choice: { room: "bedroom", styles: ["luxury"] } }, c];
}

test("every photo is asked for in all its styles, its own choice before the one for all", () => {
  const [a, b, c] = items();
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

test("where things are only taken away there are no styles, and one picture of each photo", () => {
  const [a, b, c] = items();
  const empty: Order = { ...order, task: { engine: "replicate", operation: "empty", instructions: " the piano stays " } };
  expect(pictures([a, b, c], empty)).toBe(3);
  expect(requested([b], new Map([[b.key, "photo-b"]]), empty)).toMatchObject([
    { operation: "empty", styles: [], instructions: "the piano stays" },
  ]);
});

test("a room that the engine doesn't stage gives way to one that it does", () => {
  const kitchen = { room: "kitchen" as const, styles: ["modern" as const] };
  expect(fitting(kitchen, local)).toEqual({ ...kitchen, room: "bedroom" });
  expect(fitting(kitchen, paid)).toBe(kitchen);
});

test("what an engine can't do and words it doesn't understand give way", () => {
  const described: Task = { engine: "replicate", operation: "declutter", instructions: "a piano" };
  expect(within(described, paid)).toEqual(described);
  expect(within({ ...described, engine: "local" }, local)).toEqual(stage);
});

test("what is staged in spite of a word about it is asked for with insistence, and nothing else is", () => {
  const [a, b] = items();
  const made = new Map([
    [a.key, "photo-a"],
    [b.key, "photo-b"],
  ]);
  const [plain, insisted] = requested([a, { ...b, insist: true }], made, order);
  expect(plain).not.toHaveProperty("insist");
  expect(insisted).toHaveProperty("insist", true);
});
