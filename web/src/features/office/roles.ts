/** Roles as people read them. Who may what is the service's to say; this is about which roles somebody may give. Pure. */
import type { Role } from "../../api/client";

/** The highest first. */
const ROLES: Role[] = ["owner", "admin", "member", "viewer"];

export const ROLE_SAYS: Record<Role, string> = {
  owner: "Everything, also handing over and closing the account",
  admin: "Manages members, keys, webhooks and limits",
  member: "Uploads, stages, changes and deletes",
  viewer: "Looks and downloads",
};

/** The roles that somebody may give: nobody gives one above their own. */
export function rolesBelow(mine: Role): Role[] {
  return ROLES.slice(ROLES.indexOf(mine));
}

/** Whether somebody may change a member: nobody changes who is above them. */
export function mayChange(mine: Role, theirs: Role): boolean {
  return rolesBelow(mine).includes(theirs);
}
