import { expect, test } from "vitest";
import { sources } from "./sources";

const urls = { web: "web", thumb: "thumb" };

test("a browser is told how wide each file is, for pictures lying and standing", () => {
  expect(sources(urls, 4000, 3000).srcSet).toBe("thumb 640w, web 2048w");
  expect(sources(urls, 3000, 4000).srcSet).toBe("thumb 480w, web 1536w");
  expect(sources(urls, 900, 600).srcSet).toBe("thumb 640w, web 900w");
});
