/** Upload links of the account, and the projects that one may be made for. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";

export type UploadLink = components["schemas"]["UploadLink"];
export type NewUploadLink = components["schemas"]["NewUploadLink"];
/** What a project is chosen by. */
export type Into = { id: string; name: string };

const KEY = ["upload links"];
const AT_ONCE = 50;
const OFFERED = 20;

export function useUploadLinks() {
  return useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam }) =>
      unwrap(api.GET("/api/v1/upload-links", { params: { query: { limit: AT_ONCE, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function useForgetUploadLinks(): () => void {
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: KEY });
}

/** The first projects with this in their name; asked for once it is wanted. */
export function useProjectsNamed(search: string, wanted: boolean) {
  return useQuery({
    queryKey: ["projects", "named", search],
    queryFn: () => unwrap(api.GET("/api/v1/projects", { params: { query: { search, order: "name", limit: OFFERED } } })),
    placeholderData: keepPreviousData,
    enabled: wanted,
  });
}
