import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readAnew, seldom } from "./reading";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A reading that takes some time and counts how often it was begun and ended. */
function slow(takesMs: number) {
  const count = { begun: 0, ended: 0 };
  const read = async () => {
    count.begun += 1;
    await new Promise((done) => setTimeout(done, takesMs));
    count.ended += 1;
    return true;
  };
  return { count, read };
}

test("many changes in one go are one reading", async () => {
  const hear = seldom(500);
  const { count, read } = slow(0);
  for (let change = 0; change < 10; change += 1) hear(read);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(count).toEqual({ begun: 1, ended: 1 });
});

test("a reading ends while changes go on coming, and is done once more after the last", async () => {
  const hear = seldom(500);
  const { count, read } = slow(2_000);
  for (let change = 0; change < 20; change += 1) {
    hear(read);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(count).toEqual({ begun: 1, ended: 0 });
  await vi.advanceTimersByTimeAsync(600);
  expect(count).toEqual({ begun: 1, ended: 1 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(count).toEqual({ begun: 2, ended: 2 });
});

test("after a reading that failed the next change is read", async () => {
  const hear = seldom(500);
  hear(() => Promise.reject(new Error("the connection broke")));
  await vi.advanceTimersByTimeAsync(500);
  const { count, read } = slow(10);
  hear(read);
  await vi.advanceTimersByTimeAsync(510);
  expect(count.ended).toBe(1);
});

test("a reading that is under way is not broken off, and does not pass for the newest", async () => {
  const cache = new QueryClient();
  let begun = 0;
  let broken = 0;
  const queryFn = ({ signal }: { signal: AbortSignal }) => {
    begun += 1;
    signal.addEventListener("abort", () => (broken += 1));
    return new Promise<number>((done) => setTimeout(() => done(begun), 2_000));
  };
  new QueryObserver(cache, { queryKey: ["projects"], queryFn, staleTime: Infinity }).subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(100);
  const during = readAnew(cache, { queryKey: ["projects"] });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await during).toBe(false);
  expect({ begun, broken }).toEqual({ begun: 1, broken: 0 });
  const after = readAnew(cache, { queryKey: ["projects"] });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await after).toBe(true);
  expect(begun).toBe(2);
});
