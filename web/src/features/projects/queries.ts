/** The list of projects in the cache: read page by page, read anew when an event changes what a card shows. */
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, type QueryClient } from "@tanstack/react-query";
import { preload } from "react-dom";
import { api, unwrap, type Project } from "../../api/client";
import type { ServerEvent } from "../../api/events";
import { readAnew, seldom } from "../../shared/reading";

const KEY = ["projects"];
/** Many photos may become ready at once; the list is read anew at most this often. */
const PAUSE_MS = 500;
const AT_ONCE = 60;
/** Cards of the list that are seen before anybody scrolls: their covers are loaded first. */
export const FIRST_SEEN = 4;
/** A search begins when typing pauses this long. */
export const SEARCH_PAUSE_MS = 250;
/** The service takes this many characters. */
export const LONGEST_SEARCH = 120;

/** Which projects are wanted, and in which order. */
export type Wanted = { search?: string; order?: "name"; archived?: true };

/** What of an address says which projects are wanted; anything else in it is passed over. */
export function wantedIn({ search, order, archived }: Record<string, unknown>): Wanted {
  return {
    ...(typeof search === "string" && search && { search: search.slice(0, LONGEST_SEARCH) }),
    ...(order === "name" && { order }),
    ...(archived === true && { archived }),
  };
}

function projectsThat(wanted: Wanted) {
  return infiniteQueryOptions({
    queryKey: [...KEY, wanted],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...wanted, limit: AT_ONCE, ...(pageParam && { cursor: pageParam }) };
      const page = await unwrap(api.GET("/api/v1/projects", { params: { query }, signal }));
      if (!pageParam) loadFirst(page.items);
      return page;
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function useProjects(wanted: Wanted = {}) {
  return useInfiniteQuery({ ...projectsThat(wanted), placeholderData: keepPreviousData });
}

/** Begin to read the list that is about to be shown. */
export function readProjects(cache: QueryClient, wanted: Wanted): void {
  void cache.prefetchInfiniteQuery(projectsThat(wanted));
}

/** The covers that are seen first are on their way while the page is made. */
function loadFirst(projects: Project[]): void {
  for (const { cover_url: cover } of projects.slice(0, FIRST_SEEN)) if (cover) preload(cover, { as: "image", fetchPriority: "high" });
}

export function forgetProjects(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: KEY });
}

/** Whether an event changes a project's name, counts or cover. */
export function changesACard(event: ServerEvent): boolean {
  if (event.kind === "staging.changed") return event.data.state === "ready";
  return event.kind === "snapshot" || event.kind === "staging.deleted" || /^(project|photo)\./.test(event.kind);
}

const soon = seldom(PAUSE_MS);

export function hearProjectEvent(cache: QueryClient, event: ServerEvent): void {
  if (changesACard(event)) soon(() => readAnew(cache, { queryKey: KEY }));
}
