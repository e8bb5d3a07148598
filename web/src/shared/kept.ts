/** What somebody typed and did not send yet, kept in the tab while they are away to sign in again. */
import { useCallback, useEffect, useState } from "react";

const KEPT = "realstaging.kept";
const onPage = new Map<string, unknown>();
/** What was on the page before they left, by form. It is for once: the next load of the page finds none of it. */
const before = new Map<string, unknown>(Object.entries(taken()));

function taken(): Record<string, unknown> {
  const kept = globalThis.sessionStorage?.getItem(KEPT) ?? "{}";
  forgetStored();
  return JSON.parse(kept) as Record<string, unknown>;
}

function forgetStored(): void {
  globalThis.sessionStorage?.removeItem(KEPT);
}

/** As `useState`, with what was typed before they left to sign in again; `name` says of which form it is. Not for secrets. */
export function useKept<T>(name: string, first: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => (before.has(name) ? (before.get(name) as T) : first));
  useEffect(() => {
    onPage.set(name, value);
    return () => void onPage.delete(name);
  }, [name, value]);
  const change = useCallback(
    (now: T) => {
      before.delete(name);
      setValue(now);
    },
    [name],
  );
  return [value, change];
}

/** Keep what is on the page now. Where no form is, it was kept when the last one went. */
export function keep(): void {
  store(onPage);
}

/** They were away and are not let in yet: what was on the page is kept for the next load. */
export function keepOn(): void {
  store(before);
}

function store(forms: ReadonlyMap<string, unknown>): void {
  if (forms.size > 0) sessionStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(forms)));
}

export function forgetKept(): void {
  before.clear();
  forgetStored();
}
