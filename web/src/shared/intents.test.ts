import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Hits, Intents, TOGETHER_MS } from "./intents";

test("the same is not sent twice: not while it is under way, and not right after", () => {
  const intents = new Intents();
  const over = intents.take("retry a", 0, null);
  expect(over).not.toBeNull();
  expect(intents.take("retry a", 10_000, null)).toBeNull();
  expect(intents.take("retry b", 10_000, null)).not.toBeNull();
  over?.();
  expect(intents.take("retry a", 10_000, null)).not.toBeNull();
  intents.take("delete", 20_000, null)?.();
  expect(intents.take("delete", 20_000 + TOGETHER_MS - 1, null)).toBeNull();
  expect(intents.take("delete", 20_000 + TOGETHER_MS, null)).not.toBeNull();
});

test("a second hit on the spot is the first one's, whatever button has come there", () => {
  const [hits, intents] = [new Hits(), new Intents()];
  const hit = (name: string, at: number, x: number) => intents.take(name, at, hits.seriesOf({ x, y: 50 }, at));
  hit("retry", 0, 100)?.();
  expect(hit("cancel", 90, 102)).toBeNull();
  expect(hit("retry another", 95, 300)).not.toBeNull();
  // Back on the spot after a hit elsewhere: that is meant.
  expect(hit("cancel", 200, 102)).not.toBeNull();
  expect(hit("something else", 200 + TOGETHER_MS, 102)).not.toBeNull();
});

test("everything that is sent goes through useSend", () => {
  const source = join(__dirname, "..");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
  const users = files.filter((name) => /\buseMutation\b/.test(readFileSync(join(source, name), "utf8")));
  expect(users.filter((name) => !name.endsWith(".test.ts"))).toEqual([join("shared", "useSend.ts")]);
});
