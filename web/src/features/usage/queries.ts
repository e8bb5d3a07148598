/** What the account has, has held and has spent; read anew when an event may have moved money. */
import { useQuery, type QueryClient } from "@tanstack/react-query";
import { api, unwrap, type Usage } from "../../api/client";
import type { ServerEvent } from "../../api/events";
import { readAnew, seldom } from "../../shared/reading";

export const USAGE = ["usage"];
export const DAYS = [...USAGE, "days"];
/** What the service would answer to an order depends on the same money. */
export const QUOTE = ["quote"];
/** Many stagings may end at once; money is counted anew at most this often. */
const PAUSE_MS = 1000;
/** The lines of a month are many pages: they are read anew at most this often. */
const DAYS_PAUSE_MS = 30_000;

export function useUsage() {
  return useQuery({ queryKey: USAGE, queryFn: () => unwrap(api.GET("/api/v1/usage")) });
}

/** What there is to pay with, in dollars, and what a picture costs by engine (0 for free). A budget or limit that isn't there is null. */
export type Money = {
  priceOf: (engine: string) => number;
  credit: number;
  budgetLeft: number | null;
  ownLeft: number | null;
  /** Why nothing can be spent; null where it can. */
  stopped: string | null;
};

/** Null until it is known. */
export function useMoney(): Money | null {
  const { data } = useUsage();
  return data ? moneyOf(data) : null;
}

export function moneyOf(usage: Usage): Money {
  const left = (limit: string | null, used: number) => (limit === null ? null : Math.max(0, Number(limit) - used));
  return {
    priceOf: (engine) => Number(usage.prices_usd[engine] ?? 0),
    credit: Number(usage.available_usd),
    budgetLeft: left(usage.monthly_budget_usd, Number(usage.spent_usd) + Number(usage.held_usd)),
    ownLeft: left(usage.own_limit_usd, Number(usage.own_spent_usd)),
    stopped: usage.standing === "stopped" ? usage.standing_reason : null,
  };
}

/** Kinds of events of which each may have moved money; `member.changed` may tell of another limit of one's own. */
const MOVING = ["snapshot", "staging.deleted", "photo.deleted", "project.deleted", "billing.budget_alert", "member.changed"];

/** Whether an event may have held, settled or released money, or changed how much of it may be spent. */
export function movesMoney(event: ServerEvent): boolean {
  if (event.kind === "staging.changed") return event.data.state !== "running";
  return MOVING.includes(event.kind);
}

/** Money is other than it was: what there is of it, how it went, and what can be ordered for it. */
export function forgetUsage(cache: QueryClient): void {
  [USAGE, QUOTE].forEach((queryKey) => void cache.invalidateQueries({ queryKey }));
}

const soon = seldom(PAUSE_MS);
const later = seldom(DAYS_PAUSE_MS);

export function hearUsageEvent(cache: QueryClient, event: ServerEvent): void {
  if (!movesMoney(event)) return;
  soon(() => readAnew(cache, { queryKey: USAGE, exact: true }, { queryKey: QUOTE }));
  later(() => readAnew(cache, { queryKey: DAYS }));
}

/** What to tell a person about an event; null for nothing. */
export function budgetWarning(event: ServerEvent): string | null {
  if (event.kind !== "billing.budget_alert") return null;
  const { percent } = event.data;
  if (percent < 100) return `${percent} % of this month's budget is spent.`;
  return "This month's budget is spent. What costs more is refused until you raise it or the month ends.";
}

/** "12 of 1,000", and bytes as gigabytes: "1.2 of 20 GB". */
export function usedOf(quota: { name: string; used: number; limit: number }): string {
  if (!quota.name.endsWith("_bytes")) return `${quota.used.toLocaleString("en")} of ${quota.limit.toLocaleString("en")}`;
  const size = (bytes: number) => (bytes / 1e9).toLocaleString("en", { maximumFractionDigits: 1 });
  return `${size(quota.used)} of ${size(quota.limit)} GB`;
}
