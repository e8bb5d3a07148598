import { expect, test } from "vitest";
import { missingParts } from "./missing";

const complete = {
  isSecureContext: true,
  crypto: { subtle: {}, randomUUID: () => "" },
  navigator: { locks: {} },
  BroadcastChannel: class {},
};

test("a browser that has everything lacks nothing", () => {
  expect(missingParts(complete)).toEqual([]);
});

test("what browsers keep from pages over plain HTTP is named", () => {
  const plain = { ...complete, isSecureContext: false, crypto: {}, navigator: {} };
  expect(missingParts(plain).join()).toMatch(/Web Crypto.*Web Locks/);
  expect(missingParts({ ...complete, crypto: undefined })).toHaveLength(1);
});
