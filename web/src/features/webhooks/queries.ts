/** Endpoints that are told events, and what they were told. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";

export type Endpoint = components["schemas"]["WebhookEndpoint"];
export type Delivery = components["schemas"]["WebhookDelivery"];
export type DeliveryState = Delivery["state"];
export type WebhookEvent = components["schemas"]["WebhookEvent"];

const ENDPOINTS = ["webhook-endpoints"];
const DELIVERIES = ["webhook-deliveries"];
/** No event tells of deliveries: while one waits, they are looked at this often. */
const LOOK_AGAIN_MS = 2000;

export const EVENTS: Record<WebhookEvent, string> = {
  "staging.ready": "A picture is ready",
  "staging.failed": "A picture could not be made",
  "staging.canceled": "A picture was canceled",
  "photo.ready": "A photo has come",
  "photo.refused": "A photo was refused",
  "project.completed": "All pictures of a project are done",
  "usage.budget_reached": "The monthly budget is reached",
  "member.joined": "Somebody joined",
  "member.removed": "Somebody left or was removed",
};

export function useEndpoints() {
  return useQuery({ queryKey: ENDPOINTS, queryFn: () => unwrap(api.GET("/api/v1/webhook-endpoints")) });
}

export function useDeliveries(endpointId: string, state: DeliveryState | null) {
  return useInfiniteQuery({
    queryKey: [...DELIVERIES, endpointId, state],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/webhook-endpoints/{endpoint_id}/deliveries", {
          params: { path: { endpoint_id: endpointId }, query: { ...(state && { state }), ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: ({ state: { data } }) => (data?.pages[0]?.items.some(isUnderWay) ? LOOK_AGAIN_MS : false),
  });
}

/** Whether it is tried in the next moments: what failed waits for hours, and nobody looks at it for so long. */
function isUnderWay({ state, tries }: Delivery): boolean {
  return state === "waiting" && tries === 0;
}

export function useDelivery(id: string) {
  return useQuery({
    queryKey: [...DELIVERIES, "one", id],
    queryFn: () => unwrap(api.GET("/api/v1/webhook-deliveries/{delivery_id}", { params: { path: { delivery_id: id } } })),
    refetchInterval: ({ state: { data } }) => (data && isUnderWay(data) ? LOOK_AGAIN_MS : false),
  });
}

export function useForgetWebhooks(): () => void {
  const cache = useQueryClient();
  return () => [ENDPOINTS, DELIVERIES].forEach((queryKey) => void cache.invalidateQueries({ queryKey }));
}
