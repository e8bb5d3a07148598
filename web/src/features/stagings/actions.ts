/** What can be done with photos and stagings; the event that follows brings the new state to the page. */
import { useMutation } from "@tanstack/react-query";
import { api, Problem, unwrap, type NewStaging } from "../../api/client";
import { showError } from "../../shared/notify";
import { isOpen, RequestKeys } from "./requestKeys";

const keys = new RequestKeys();

/** Ask for stagings; gives the reasons of those that were refused. A request that is sent twice is done once. */
export async function requestStagings(items: NewStaging[]): Promise<string[]> {
  const params = { header: { "Idempotency-Key": keys.keyOf(items) } };
  try {
    const answer = await unwrap(api.POST("/api/v1/stagings", { body: { items }, params }));
    keys.answered(items);
    return answer.items.flatMap((item) => (item.error ? [item.error.message] : []));
  } catch (error) {
    if (error instanceof Problem && !isOpen(error.status)) keys.answered(items);
    throw error;
  }
}

export type Format = "jpg" | "png" | "mls";

export function useStagingActions(id: string) {
  const path = { params: { path: { staging_id: id } } };
  const act = (run: () => Promise<unknown>) => ({ mutationFn: run, onError: showError });
  return {
    retry: useMutation(act(() => unwrap(api.POST("/api/v1/stagings/{staging_id}/retry", path)))),
    cancel: useMutation(act(() => unwrap(api.POST("/api/v1/stagings/{staging_id}/cancel", path)))),
    remove: useMutation(act(() => unwrap(api.DELETE("/api/v1/stagings/{staging_id}", path)))),
    download: useMutation({
      mutationFn: async (format: Format) =>
        (await unwrap(api.GET("/api/v1/stagings/{staging_id}/links", path)))[format],
      onSuccess: (address) => location.assign(address),
      onError: showError,
    }),
  };
}

export function useRemovePhoto(id: string) {
  return useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/photos/{photo_id}", { params: { path: { photo_id: id } } })),
    onError: showError,
  });
}
