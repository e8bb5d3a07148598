/** Keys by which programs work in the account. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";

export type ApiKey = components["schemas"]["Key"];
export type NewApiKey = components["schemas"]["NewKey"];
export type Scope = components["schemas"]["Scope"];

const KEYS = ["keys"];

export function useKeys() {
  return useQuery({ queryKey: KEYS, queryFn: () => unwrap(api.GET("/api/v1/keys")) });
}

export function useForgetKeys(): () => void {
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: KEYS });
}

/** Whether a key opens nothing any more. */
export function isOver({ expires_at }: Pick<ApiKey, "expires_at">, now: number): boolean {
  return expires_at !== null && Date.parse(expires_at) <= now;
}
