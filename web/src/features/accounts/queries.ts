import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";

/** The accounts that they are in; not asked for before it is `wanted`. */
export function useAccounts(wanted = true) {
  return useQuery({ queryKey: ["accounts"], queryFn: () => unwrap(api.GET("/api/v1/me/accounts")), enabled: wanted });
}
