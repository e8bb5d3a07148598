/** The account that one works in, and who else does. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { ME } from "../../shared/me";

export type Account = components["schemas"]["AccountDetails"];
export type Colleague = components["schemas"]["Colleague"];
export type Invitation = components["schemas"]["MemberInvitation"];
export type MemberChange = components["schemas"]["MemberChange"];

const ACCOUNT = ["account"];
const MEMBERS = ["members"];
const INVITATIONS = ["invitations"];

export function useAccount() {
  return useQuery({ queryKey: ACCOUNT, queryFn: () => unwrap(api.GET("/api/v1/account")) });
}

export function useMembers() {
  return useQuery({ queryKey: MEMBERS, queryFn: () => unwrap(api.GET("/api/v1/members")) });
}

export function useInvitations() {
  return useQuery({ queryKey: INVITATIONS, queryFn: () => unwrap(api.GET("/api/v1/invitations")) });
}

/** Read anew who may what: after a change of one's own, without waiting for its event. */
export function useForgetOffice(): () => void {
  const cache = useQueryClient();
  return () => [ME.queryKey, ACCOUNT, MEMBERS, INVITATIONS].forEach((queryKey) => void cache.invalidateQueries({ queryKey }));
}
