import { useQuery } from "@tanstack/react-query";
import { api, unwrap, type Staging } from "../../api/client";
import type { PlanDocument } from "./plan";

/** The plan of a finished picture; it never changes. Not asked for where there can be none. */
export function usePlan(staging: Staging) {
  return useQuery({
    queryKey: ["plan", staging.id],
    queryFn: async () => {
      const path = { staging_id: staging.id };
      return (await unwrap(api.GET("/api/v1/stagings/{staging_id}/plan", { params: { path } }))) as unknown as PlanDocument;
    },
    staleTime: Infinity,
    enabled: staging.state === "ready",
  });
}
