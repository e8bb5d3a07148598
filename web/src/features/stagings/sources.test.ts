import { expect, test } from "vitest";
import type { Photo } from "../../api/client";
import { seenOf, sources } from "./sources";

const urls = { web: "web", thumb: "thumb" };

test("a browser is told how wide each file is, for pictures lying and standing", () => {
  expect(sources(urls, 4000, 3000).srcSet).toBe("thumb 640w, web 2048w");
  expect(sources(urls, 3000, 4000).srcSet).toBe("thumb 480w, web 1536w");
  expect(sources(urls, 900, 600).srcSet).toBe("thumb 640w, web 900w");
});

test("what is seen first of a photo is its newest picture where that is ready, or itself", () => {
  const seen = (...stagings: object[]) => seenOf({ urls, width: 900, height: 600, stagings } as unknown as Photo).src;
  expect(seen()).toBe("web");
  expect(seen({ urls: { web: "older", thumb: "" } }, { urls: { web: "newest", thumb: "" } })).toBe("newest");
  expect(seen({ urls: { web: "older", thumb: "" } }, { urls: null })).toBe("web");
});
