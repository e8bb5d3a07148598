/** What the person who is signed in would rather have (`GET /me`). Whoever changes it has it asked anew: `PREFERENCES`. */
import { useQuery } from "@tanstack/react-query";
import { api, unwrap, type Preferences } from "../api/client";

export const PREFERENCES = ["preferences"];

/** Null until the service has told; without it everything goes on with our own choices. */
export function usePreferences(): Preferences | null {
  const found = useQuery({
    queryKey: PREFERENCES,
    queryFn: async () => (await unwrap(api.GET("/api/v1/me"))).preferences ?? null,
    staleTime: Infinity,
  });
  return found.data ?? null;
}
