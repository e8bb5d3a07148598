/** A person's profile: read, and changed field by field. */
import { useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { ME } from "../../shared/me";
import { showNotice } from "../../shared/notify";
import { useSend } from "../../shared/useSend";

export type Profile = components["schemas"]["Profile"];
export type ProfileChange = components["schemas"]["ProfileChange"];

export const PROFILE = { queryKey: ["profile"], queryFn: () => unwrap(api.GET("/api/v1/me/profile")) };

/** What the service says the profile is now. */
export function useKeepProfile(): (profile: Profile) => void {
  const cache = useQueryClient();
  return (profile) => {
    cache.setQueryData(PROFILE.queryKey, profile);
    void cache.invalidateQueries({ queryKey: ME.queryKey });
    showNotice("Saved.");
  };
}

/** What is named is changed, and nothing else; the pages begin with what is preferred now. */
export function useChangeProfile(fields: readonly string[] = []) {
  return useSend({
    name: "change profile",
    fields,
    send: (change: ProfileChange) => unwrap(api.PATCH("/api/v1/me/profile", { body: change })),
    onSuccess: useKeepProfile(),
  });
}
