/** Addresses of pictures are signed and run out; a page that is left open reads them anew. Pure decisions, and one way to do it. */
import type { QueryClient } from "@tanstack/react-query";

/** What was read with such addresses in it, by the first word of its key. */
const WITH_LINKS = ["gallery", "projects", "fidelity"];
/** Addresses are read anew this long before they run out, in milliseconds. */
const EARLY_MS = 5 * 60_000;
/** No oftener than this because of the time: where the clock of this computer is wrong, all addresses seem to have run out. */
const PAUSE_MS = 5 * 60_000;
/** Addresses that failed, remembered so that each is asked about once; the oldest are forgotten. */
const MOST_FAILED = 2_000;

/** When a signed address runs out, in milliseconds; null where it doesn't say. Ours say it plainly, S3's as beginning and seconds. */
export function endOf(address: string): number | null {
  const ours = /[?&]expires=(\d{1,12})(?:&|$)/.exec(address);
  if (ours) return Number(ours[1]) * 1000;
  const seconds = /[?&]X-Amz-Expires=(\d{1,9})(?:&|$)/.exec(address);
  const began = /[?&]X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(address)?.slice(1).map(Number);
  if (!seconds || !began) return null;
  const [year, month, day, hour, minute, second] = began as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second) + Number(seconds[1]) * 1000;
}

/** When the first of all addresses in an answer runs out; null where there are none. */
export function firstEnd(answer: unknown): number | null {
  if (typeof answer === "string") return endOf(answer);
  if (typeof answer !== "object" || answer === null) return null;
  return Object.values(answer).reduce<number | null>((first, part) => {
    const end = firstEnd(part);
    return end !== null && (first === null || end < first) ? end : first;
  }, null);
}

export class LinkRenewal {
  private readonly failed = new Set<string>();
  private renewing: Promise<void> | null = null;
  private lastForTime = -Infinity;

  constructor(private readonly cache: QueryClient) {}

  /** An address did not lead to its picture: what is on the page is read anew, once for each address; true when that is done and shown. */
  async loadFailed(address: string): Promise<boolean> {
    if (this.failed.has(address)) return false;
    this.failed.add(address);
    for (const oldest of this.failed) if (this.failed.size > MOST_FAILED) this.failed.delete(oldest);
    await this.renew();
    return true;
  }

  /** Read anew what is on the page, where something of it is about to run out. */
  async look(now: number): Promise<void> {
    const ends = this.shown().map(({ state }) => firstEnd(state.data));
    const due = ends.some((end) => end !== null && end - now < EARLY_MS);
    if (!due || now - this.lastForTime < PAUSE_MS) return;
    this.lastForTime = now;
    this.failed.clear();
    await this.renew();
  }

  private shown() {
    return this.cache.getQueryCache().findAll({ type: "active", predicate: hasLinks });
  }

  private renew(): Promise<void> {
    this.renewing ??= this.cache
      .invalidateQueries({ predicate: hasLinks })
      // What was read is told in a timer of its own; after that it is on the page.
      .then(() => new Promise<void>((told) => setTimeout(told)))
      .finally(() => (this.renewing = null));
    return this.renewing;
  }
}

function hasLinks({ queryKey }: { queryKey: readonly unknown[] }): boolean {
  return WITH_LINKS.includes(String(queryKey[0]));
}
