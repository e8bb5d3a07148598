/** Who is signed in, the account that this tab works in, and what they may do there. */
import { useQuery, type QueryClient } from "@tanstack/react-query";
import { api, unwrap, type Permission } from "../api/client";
import type { ServerEvent } from "../api/events";

export const ME = { queryKey: ["me"], queryFn: () => unwrap(api.GET("/api/v1/me")), staleTime: Infinity };

export function useMe() {
  return useQuery(ME).data;
}

/** Whether they may do something in the account. Until it is known they may not: what can't be done is not offered. */
export function useMay(): (what: Permission) => boolean {
  const me = useMe();
  return (what) => me?.permissions.includes(what) ?? false;
}

/** Somebody's role is another, or the account's name. */
export function hearAccessEvent(cache: QueryClient, event: ServerEvent): void {
  if (event.kind !== "snapshot" && !/^(member|account)\./.test(event.kind)) return;
  void cache.invalidateQueries({ predicate: ({ queryKey }) => ["me", "account", "accounts", "members", "invitations"].includes(String(queryKey[0])) });
}
