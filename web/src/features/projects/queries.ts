/** The list of projects in the cache: read page by page, read anew when an event changes what a card shows. */
import { useInfiniteQuery, type QueryClient } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { ServerEvent } from "../../api/events";

const KEY = ["projects"];
/** Many photos may become ready at once; the list is read anew at most this often. */
const PAUSE_MS = 500;

export function useProjects() {
  return useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam }) =>
      unwrap(api.GET("/api/v1/projects", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function forgetProjects(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: KEY });
}

/** Whether an event changes a project's name, counts or cover. */
export function changesACard(event: ServerEvent): boolean {
  if (event.kind === "staging.changed") return event.data.state === "ready";
  return event.kind === "snapshot" || event.kind === "staging.deleted" || /^(project|photo)\./.test(event.kind);
}

let pending: ReturnType<typeof setTimeout> | null = null;

export function hearProjectEvent(cache: QueryClient, event: ServerEvent): void {
  if (!changesACard(event) || pending) return;
  pending = setTimeout(() => {
    pending = null;
    forgetProjects(cache);
  }, PAUSE_MS);
}
