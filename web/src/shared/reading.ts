/** Reading anew what events have changed: seldom, one reading at a time, each to its end. */
import type { QueryClient, QueryFilters } from "@tanstack/react-query";

/** Reads the newest there is; false where what it got may be of an earlier time. */
type Read = () => Promise<boolean>;

/** To be told of every change: reads `pauseMs` later, and once more where it was told of another while it read. */
export function seldom(pauseMs: number): (read: Read) => void {
  let changes = 0;
  let busy = false;
  const wait = (read: Read) => {
    busy = true;
    setTimeout(() => void run(read), pauseMs);
  };
  const run = async (read: Read) => {
    const seen = changes;
    const newest = await read().catch(() => true);
    busy = false;
    if (changes !== seen || !newest) wait(read);
  };
  return (read) => {
    changes += 1;
    if (!busy) wait(read);
  };
}

/** Read these anew without breaking off a reading that is under way: it goes on to its end, but may have begun before a change. */
export async function readAnew(cache: QueryClient, ...these: QueryFilters[]): Promise<boolean> {
  const underWay = these.some((filters) => cache.isFetching(filters) > 0);
  await Promise.all(these.map((filters) => cache.invalidateQueries(filters, { cancelRefetch: false })));
  return !underWay;
}
