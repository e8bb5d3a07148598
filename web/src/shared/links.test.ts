import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { endOf, firstEnd, LinkRenewal } from "./links";

const link = (end: number) => `https://us.example/files/a?expires=${end / 1000}&signature=x`;

test("the end of an address is read from it", () => {
  expect(endOf(link(1_800_000_000_000))).toBe(1_800_000_000_000);
  expect(endOf("https://s3.example/a?X-Amz-Date=20261126T100000Z&X-Amz-Expires=3600&X-Amz-Signature=x")).toBe(
    Date.UTC(2026, 10, 26, 11),
  );
  expect(endOf("https://us.example/a?expires=soon")).toBeNull();
  expect(firstEnd({ name: "a", photos: [{ urls: { web: link(5_000) } }, { urls: { web: link(3_000) } }, null] })).toBe(3_000);
  expect(firstEnd({ photos: [] })).toBeNull();
});

/** A page that shows one gallery; `reads` counts how often it was read. */
async function page(end: () => number) {
  const cache = new QueryClient();
  let reads = 0;
  const read = async () => ({ reads: (reads += 1), url: link(end()) });
  const observer = new QueryObserver(cache, { queryKey: ["gallery", "a"], queryFn: read, staleTime: Infinity });
  observer.subscribe(() => undefined);
  await observer.refetch();
  return { renewal: new LinkRenewal(cache), reads: () => reads };
}

test("many pictures that fail at once read the page anew once, and each only once", async () => {
  const { renewal, reads } = await page(() => 0);
  const before = reads();
  await Promise.all(["a", "b", "c"].map((address) => renewal.loadFailed(address)));
  await renewal.loadFailed("a");
  expect(reads()).toBe(before + 1);
});

test("before addresses run out they are read anew, and no oftener where they stay the same", async () => {
  let end = 3_600_000;
  const { renewal, reads } = await page(() => end);
  const before = reads();
  await renewal.look(0);
  expect(reads()).toBe(before);
  await renewal.look(3_400_000);
  await renewal.look(3_460_000);
  expect(reads()).toBe(before + 1);
  end = 9_000_000;
  await renewal.look(3_800_000);
  await renewal.look(5_000_000);
  expect(reads()).toBe(before + 2);
});
