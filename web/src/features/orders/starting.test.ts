import { expect, test } from "vitest";
import type { Preferences } from "../../api/client";
import { starting } from "./starting";

const NONE = {
  default_room_type: null,
  default_styles: [],
  default_engine: null,
  mls_profile: null,
  language: "en",
  time_zone: "UTC",
  theme: "system",
} as unknown as Preferences;
const OFFERED = {
  engines: [{ value: "local" }, { value: "replicate" }],
  styles: [{ value: "modern" as const }, { value: "coastal" as const }],
  abilitiesOf: (engine: string) => ({
    room_types: engine === "local" ? (["living_room", "bedroom"] as const).slice() : (["living_room", "bedroom", "kitchen"] as const).slice(),
    operations: ["stage" as const],
    instructions: false,
    plans: engine === "local",
  }),
};

test("who has set nothing begins with ours", () => {
  const ours = { task: { engine: "local", operation: "stage", instructions: "" }, all: { room: "living_room", styles: ["modern"] } };
  expect(starting(null, OFFERED)).toEqual(ours);
  expect(starting(NONE, OFFERED)).toEqual(ours);
  expect(starting(null, { engines: [], styles: [], abilitiesOf: OFFERED.abilitiesOf })).toEqual(ours);
});

test("what somebody prefers is what they begin with", () => {
  const liked = { ...NONE, default_engine: "replicate", default_room_type: "kitchen", default_styles: ["coastal", "modern"] } as Preferences;
  const order = starting(liked, OFFERED);
  expect(order.task.engine).toBe("replicate");
  expect(order.all).toEqual({ room: "kitchen", styles: ["coastal", "modern"] });
});

test("what cannot be had here is left out", () => {
  const gone = { ...NONE, default_engine: "magic", default_room_type: "kitchen", default_styles: ["rococo", "coastal"] } as unknown as Preferences;
  const order = starting(gone, OFFERED);
  expect(order.task.engine).toBe("local");
  expect(order.all).toEqual({ room: "living_room", styles: ["coastal"] });
});
