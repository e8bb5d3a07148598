/** What can be done with a staging; the event that follows brings the new state to the page. */
import { useMutation } from "@tanstack/react-query";
import { api, unwrap, type NewStaging } from "../../api/client";
import { showError } from "../../shared/notify";

/** Ask for stagings. The key makes sure that a request sent twice is done once. */
export async function requestStagings(items: NewStaging[]): Promise<string[]> {
  const answer = await unwrap(
    api.POST("/api/v1/stagings", {
      body: { items },
      params: { header: { "Idempotency-Key": crypto.randomUUID() } },
    }),
  );
  return answer.items.flatMap((item) => (item.error ? [item.error.message] : []));
}

export function useStagingActions(id: string) {
  const path = { params: { path: { staging_id: id } } };
  const act = (run: () => Promise<unknown>) => ({ mutationFn: run, onError: showError });
  return {
    retry: useMutation(act(() => unwrap(api.POST("/api/v1/stagings/{staging_id}/retry", path)))),
    cancel: useMutation(act(() => unwrap(api.POST("/api/v1/stagings/{staging_id}/cancel", path)))),
    remove: useMutation(act(() => unwrap(api.DELETE("/api/v1/stagings/{staging_id}", path)))),
    download: useMutation({
      mutationFn: () => unwrap(api.GET("/api/v1/stagings/{staging_id}/links", path)),
      onSuccess: ({ jpg }) => location.assign(jpg),
      onError: showError,
    }),
  };
}
