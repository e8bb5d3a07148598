/** The gallery in the cache: read once, then kept true by events. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, unwrap, type Gallery } from "../../api/client";
import { follow } from "../../api/events";
import { applied } from "./galleryEvents";

export function galleryKey(projectId: string) {
  return ["gallery", projectId];
}

/** A project's gallery, live. */
export function useGallery(projectId: string) {
  const cache = useQueryClient();
  const key = galleryKey(projectId);
  const found = useQuery({
    queryKey: key,
    queryFn: () =>
      unwrap(api.GET("/api/v1/projects/{project_id}/gallery", { params: { path: { project_id: projectId } } })),
  });
  const since = found.data?.last_event_id;
  useEffect(() => {
    if (since === undefined) return;
    return follow(since, (event) => {
      // What was missed is more than is kept: look anew.
      if (event.kind === "snapshot") void cache.invalidateQueries({ queryKey: galleryKey(projectId) });
      else cache.setQueryData<Gallery>(galleryKey(projectId), (now) => (now ? applied(now, event) : now));
    });
  }, [cache, projectId, since]);
  return found;
}
