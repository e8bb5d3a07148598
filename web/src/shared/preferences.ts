/** What the person who is signed in would rather have. */
import type { Preferences } from "../api/client";
import { useMe } from "./me";

/** Null until the service has told; without it everything goes on with our own choices. */
export function usePreferences(): Preferences | null {
  return useMe()?.preferences ?? null;
}
