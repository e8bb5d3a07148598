import { MutationObserver, onlineManager, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem } from "../api/client";
import { createReadings } from "./readings";

const unreachable = new Problem("The service can't be reached.", 0, "unreachable");

beforeEach(() => {
  vi.useFakeTimers();
  onlineManager.setOnline(false);
});

afterEach(() => {
  onlineManager.setOnline(true);
  vi.useRealTimers();
});

test("what is sent without a network fails at once, and is not sent when the network is back", async () => {
  const send = vi.fn(() => Promise.reject(unreachable));
  const asked = new MutationObserver(createReadings(), { mutationFn: send });
  await expect(asked.mutate()).rejects.toBe(unreachable);
  onlineManager.setOnline(true);
  await vi.runAllTimersAsync();
  expect(send).toHaveBeenCalledTimes(1);
});

test("what cannot be read without a network is told, and read once the network is back", async () => {
  const readings = createReadings();
  readings.mount();
  const read = vi.fn<() => Promise<string>>(() => Promise.reject(unreachable));
  const page = new QueryObserver(readings, { queryKey: ["page"], queryFn: read });
  const leave = page.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(100);
  expect(page.getCurrentResult()).toMatchObject({ isError: true, error: unreachable, fetchStatus: "idle" });
  expect(read).toHaveBeenCalledTimes(1);
  read.mockResolvedValue("there");
  onlineManager.setOnline(true);
  await vi.runAllTimersAsync();
  expect(page.getCurrentResult().data).toBe("there");
  leave();
  readings.unmount();
});

test.each([
  [0, 4],
  [503, 4],
  [404, 1],
  [429, 1],
])("over a network, a reading that is answered with %i is tried %i times", async (status, times) => {
  onlineManager.setOnline(true);
  const read = vi.fn(() => Promise.reject(new Problem("No.", status, "no")));
  const leave = new QueryObserver(createReadings(), { queryKey: ["page"], queryFn: read }).subscribe(() => undefined);
  await vi.runAllTimersAsync();
  expect(read).toHaveBeenCalledTimes(times);
  leave();
});
