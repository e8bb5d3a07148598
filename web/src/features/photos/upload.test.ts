import { expect, test } from "vitest";
import { MOST_BYTES, MOST_FILES, queued, refusal, turns, typeOf } from "./upload";

const file = (name: string, type: string, size = 10) => ({ name, type, size });

test("what can't be staged is refused before a byte is sent", () => {
  expect(refusal(file("a.jpg", "image/jpeg"))).toBeNull();
  expect(refusal(file("a.heic", ""))).toBeNull();
  expect(refusal(file("a.pdf", "application/pdf"))).toMatch(/Only JPEG/);
  expect(refusal(file("a.jpg", "image/jpeg", 0))).toMatch(/empty/);
  expect(refusal(file("a.jpg", "image/jpeg", MOST_BYTES + 1))).toMatch(/50 MB/);
});

test("phones' photos are known by their name where the browser tells no type", () => {
  expect(typeOf(file("IMG_1.HEIC", ""))).toBe("image/heic");
});

test("no more than fifty, the refused among them with their reason", () => {
  const files = Array.from({ length: 60 }, (_, i) => new File(["x"], `${i}.jpg`, { type: "image/jpeg" }));
  const items = queued(files, []);
  expect(items).toHaveLength(MOST_FILES);
  expect(queued(files, items)).toHaveLength(0);
  expect(queued([new File(["x"], "a.txt", { type: "text/plain" })], [])[0]?.state).toBe("refused");
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
