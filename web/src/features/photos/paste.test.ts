import { expect, test } from "vitest";
import { isMeant, type Pasted } from "./paste";

const PHOTO: Pasted = { files: [{ name: "living room.jpg" }], text: "", typing: false, occupied: false };

test("a picture or a file that was copied is meant", () => {
  expect(isMeant(PHOTO)).toBe(true);
  expect(isMeant({ ...PHOTO, files: [] })).toBe(false);
});

test.each(["living room.jpg", "/home/ada/living room.jpg", "file:///home/ada/living%20room.jpg\r\n"])(
  "a file that brings %j along is meant",
  (text) => expect(isMeant({ ...PHOTO, text })).toBe(true),
);

test("several files may bring their names along", () => {
  expect(isMeant({ ...PHOTO, files: [{ name: "a.jpg" }, { name: "b.jpg" }], text: "a.jpg\rb.jpg" })).toBe(true);
});

test.each(["Dear Sir", "12\t13\r\n14\t15", "living room.jpg\nis the best one", "See living room.jpg"])(
  "the picture that an office program adds to %j is not meant",
  (text) => expect(isMeant({ ...PHOTO, text })).toBe(false),
);

test("nothing is meant for the order that goes into a field or a dialog, or comes while photos are sent", () => {
  expect(isMeant({ ...PHOTO, typing: true })).toBe(false);
  expect(isMeant({ ...PHOTO, occupied: true })).toBe(false);
});
