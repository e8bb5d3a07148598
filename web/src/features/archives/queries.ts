/** The ZIP a person has asked for, followed until it is ready. */
import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, Problem, unwrap } from "../../api/client";
import type { ServerEvent } from "../../api/events";
import { useSend } from "../../shared/useSend";
import { isOver, type Archive, type FileKind } from "./archive";

/** Events tell every step; this is for a stream that is just broken. */
const LOOK_AGAIN_MS = 5000;

const key = (id: string) => ["archive", id];

export function hearArchiveEvent(cache: QueryClient, event: ServerEvent): void {
  if (event.kind !== "archive.changed") return;
  const archive = event.data;
  cache.setQueryData<Archive>(key(archive.id), (now) => (now && isOver(now) ? now : archive));
}

/** `stagingIds` left out: every finished picture of the project. */
export type Packed = { files: FileKind; stagingIds?: string[] };
type Told = { onReady: (url: string, leftOut: number) => void; onFailed: (error: Error) => void };

export function useArchive(projectId: string, { onReady, onFailed }: Told) {
  const cache = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const told = useRef<string | null>(null);
  const asked = useSend({
    name: `archive of ${projectId}`,
    send: ({ files, stagingIds }: Packed) =>
      unwrap(
        api.POST("/api/v1/projects/{project_id}/archives", {
          params: { path: { project_id: projectId } },
          body: { files, ...(stagingIds && { staging_ids: stagingIds }) },
        }),
      ),
    onSuccess: (archive) => {
      cache.setQueryData(key(archive.id), archive);
      told.current = null;
      setId(archive.id);
    },
  });
  const found = useQuery({
    queryKey: key(id ?? ""),
    enabled: id !== null,
    staleTime: LOOK_AGAIN_MS,
    queryFn: () => unwrap(api.GET("/api/v1/archives/{archive_id}", { params: { path: { archive_id: id ?? "" } } })),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : LOOK_AGAIN_MS),
  });
  const archive = id ? found.data : undefined;
  useEffect(() => {
    if (!archive || !isOver(archive) || told.current === archive.id) return;
    told.current = archive.id;
    setId(null);
    if (archive.url) onReady(archive.url, archive.left_out);
    else onFailed(new Problem(archive.error ?? "The ZIP could not be made. Ask for it again.", 0, "archive_failed"));
  }, [archive, onReady, onFailed]);
  return { archive, busy: asked.isPending || id !== null, ask: asked.mutate };
}
