import { beforeEach, expect, test, vi } from "vitest";

const KEPT = "realstaging.kept";
const typed = JSON.stringify({ "new key": { name: "Our website" } });
let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map([[KEPT, typed]]);
  vi.stubGlobal("sessionStorage", {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
    removeItem: (name: string) => void stored.delete(name),
  });
  vi.resetModules();
});

test("what was typed is there for one load of the page", async () => {
  await import("./kept");
  expect(stored.has(KEPT)).toBe(false);
});

test("who is not let in by that load finds it after the next", async () => {
  const { keepOn } = await import("./kept");
  keepOn();
  expect(stored.get(KEPT)).toBe(typed);
});

test("another person finds nothing", async () => {
  const { forgetKept, keepOn } = await import("./kept");
  forgetKept();
  keepOn();
  expect(stored.has(KEPT)).toBe(false);
});

test("a page without forms takes nothing away that was kept a moment ago", async () => {
  const { keep } = await import("./kept");
  stored.set(KEPT, typed);
  keep();
  expect(stored.get(KEPT)).toBe(typed);
});
