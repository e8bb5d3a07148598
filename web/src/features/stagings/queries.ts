/** Galleries in the cache: each read once, then kept true by events. */
import { useQuery, type QueryClient } from "@tanstack/react-query";
import { api, unwrap, type Gallery } from "../../api/client";
import type { ServerEvent } from "../../api/events";
import { applied, RecentEvents } from "./galleryEvents";

const GALLERIES = ["gallery"];
const recent = new RecentEvents();

export function galleryKey(projectId: string) {
  return [...GALLERIES, projectId];
}

/** A project's gallery, live. */
export function useGallery(projectId: string) {
  return useQuery({
    queryKey: galleryKey(projectId),
    queryFn: async () => {
      const path = { project_id: projectId };
      const read = await unwrap(api.GET("/api/v1/projects/{project_id}/gallery", { params: { path } }));
      return recent.appliedTo(read);
    },
  });
}

export function forgetGallery(cache: QueryClient, projectId: string): void {
  void cache.invalidateQueries({ queryKey: galleryKey(projectId) });
}

/** What an event does to the galleries that have been read, and to those being read now. */
export function hearGalleryEvent(cache: QueryClient, event: ServerEvent): void {
  recent.add(event);
  if (event.kind === "snapshot") forgetOlder(cache, event.id);
  else cache.setQueriesData<Gallery>({ queryKey: GALLERIES }, (now) => now && applied(now, event));
  if (event.kind === "project.deleted") forgetGallery(cache, event.data.id);
}

/** The stream begins anew: what was read before its beginning may have missed something. */
function forgetOlder(cache: QueryClient, id: number): void {
  void cache.invalidateQueries({
    queryKey: GALLERIES,
    predicate: (query) => ((query.state.data as Gallery | undefined)?.last_event_id ?? 0) < id,
  });
}
