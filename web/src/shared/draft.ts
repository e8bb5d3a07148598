/** What somebody fills in, beginning with what is kept; it may become another while they do. */
import { useState } from "react";

/** The draft after what is kept became `now`: fields that somebody has changed stay theirs, the others follow. Pure. */
export function rebased<T extends object>(draft: T, before: T, now: T): T {
  const changed = Object.entries(draft).filter(([field, value]) => !same(value, before[field as keyof T]));
  return { ...now, ...Object.fromEntries(changed) };
}

/** By its content: what is read anew is another object. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A draft of what is kept, and how to change parts of it. */
export function useDraft<T extends object>(kept: T): [T, (part: Partial<T>) => void] {
  const [{ of, draft }, set] = useState({ of: kept, draft: kept });
  if (!same(of, kept)) set({ of: kept, draft: rebased(draft, of, kept) });
  return [draft, (part) => set((now) => ({ ...now, draft: { ...now.draft, ...part } }))];
}
