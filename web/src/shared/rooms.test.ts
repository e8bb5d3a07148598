import { expect, test } from "vitest";
import { roomIn } from "./rooms";

const words = { bathroom: ["bath", "bathroom"], kitchen: ["kitchen", "kuche"], bedroom: ["bedroom", "guest", "master"] };

test.each([
  ["12-Elm_Kitchen02.jpg", "kitchen"],
  ["masterBedroom.HEIC", "bedroom"],
  ["guest bath.png", "bathroom"],
  ["Küche.jpg", "kitchen"],
  ["DSC_0012.jpg", null],
  ["bathtub-kitchenette.jpg", null],
])("%s speaks of %s", (name, room) => {
  expect(roomIn(name, words)).toBe(room);
});
