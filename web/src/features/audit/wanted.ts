/** Which entries of the audit trail are wanted. Pure. */
import type { paths } from "../../api/schema";

export type Action = Exclude<NonNullable<NonNullable<paths["/api/v1/audit"]["get"]["parameters"]["query"]>["action"]>, "">;

/** `since`, `until`: days, both of them part of what is wanted. */
export type Wanted = { action?: Action; person?: string; since?: string; until?: string };

const DAY = /^\d{4}-\d\d-\d\d$/;
const ACTION = /^[a-z_]+\.[a-z_]+$/;
const ID = /^[0-9a-f-]{36}$/;

/** What of an address says which entries are wanted; anything else in it is passed over. */
export function auditWantedIn({ action, person, since, until }: Record<string, unknown>): Wanted {
  return {
    ...(is(action, ACTION) && { action: action as Action }),
    ...(is(person, ID) && { person }),
    ...(is(since, DAY) && { since }),
    ...(is(until, DAY) && { until }),
  };
}

function is(value: unknown, pattern: RegExp): value is string {
  return typeof value === "string" && pattern.test(value);
}

/** The same as the service takes it: moments, and an end that is not part of it. Days are those of this computer. */
export function asked({ since, until, ...rest }: Wanted) {
  return { ...rest, ...(since && { since: midnight(since, 0) }), ...(until && { until: midnight(until, 1) }) };
}

function midnight(day: string, later: number): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  return new Date(year, month - 1, date + later).toISOString();
}
