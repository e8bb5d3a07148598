/** Galleries in the cache: each read once, then kept true by events. */
import { queryOptions, useQuery, type QueryClient } from "@tanstack/react-query";
import { preload } from "react-dom";
import { api, unwrap, type Gallery } from "../../api/client";
import type { ServerEvent } from "../../api/events";
import { applied, RecentEvents } from "./galleryEvents";
import { FIRST_SEEN, seenOf, SIZES } from "./sources";

const GALLERIES = ["gallery"];
const PAUSE_MS = 500;
const recent = new RecentEvents();

export function galleryKey(projectId: string) {
  return [...GALLERIES, projectId];
}

function galleryOf(projectId: string) {
  return queryOptions({
    queryKey: galleryKey(projectId),
    queryFn: async () => {
      const path = { project_id: projectId };
      const read = await unwrap(api.GET("/api/v1/projects/{project_id}/gallery", { params: { path } }));
      loadFirst(read);
      return recent.appliedTo(read);
    },
  });
}

/** A project's gallery, live. */
export function useGallery(projectId: string) {
  return useQuery(galleryOf(projectId));
}

/** Begin to read a gallery that is about to be shown. */
export function readGallery(cache: QueryClient, projectId: string): void {
  void cache.prefetchQuery(galleryOf(projectId));
}

/** The pictures that are seen first are on their way while the page is made. */
function loadFirst({ photos }: Gallery): void {
  for (const photo of photos.slice(0, FIRST_SEEN)) {
    const { src, srcSet } = seenOf(photo);
    preload(src, { as: "image", imageSrcSet: srcSet, imageSizes: SIZES, fetchPriority: "high" });
  }
}

export function forgetGallery(cache: QueryClient, projectId: string): void {
  void cache.invalidateQueries({ queryKey: galleryKey(projectId) });
}

/** What an event does to the galleries that have been read, and to those being read now. */
export function hearGalleryEvent(cache: QueryClient, event: ServerEvent): void {
  recent.add(event);
  if (event.kind === "snapshot") forgetOlder(cache, event.id);
  else cache.setQueriesData<Gallery>({ queryKey: GALLERIES }, (now) => now && applied(now, event));
  if (event.kind === "photo.moved") readSoon(cache, event.data.photo.project_id);
  if (event.kind === "project.deleted") forgetGallery(cache, event.data.id);
}

const soon = new Map<string, ReturnType<typeof setTimeout>>();

/** Hundreds of photos may come into a project at once; its gallery is read anew once for all of them. */
function readSoon(cache: QueryClient, projectId: string): void {
  if (soon.has(projectId)) return;
  const read = () => {
    soon.delete(projectId);
    forgetGallery(cache, projectId);
  };
  soon.set(projectId, setTimeout(read, PAUSE_MS));
}

/** The stream begins anew: what was read before its beginning may have missed something. */
function forgetOlder(cache: QueryClient, id: number): void {
  void cache.invalidateQueries({
    queryKey: GALLERIES,
    predicate: (query) => ((query.state.data as Gallery | undefined)?.last_event_id ?? 0) < id,
  });
}
