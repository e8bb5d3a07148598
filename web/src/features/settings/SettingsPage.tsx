import type { Permission } from "../../api/client";
import { useMay } from "../../shared/me";
import { Places } from "../../shared/Places";

const PLACES = [
  { to: "/settings/profile", name: "Profile", needs: "own" },
  { to: "/settings/mail", name: "Mail", needs: "own" },
  { to: "/settings/office", name: "Office", needs: "read" },
  { to: "/settings/upload-links", name: "Upload links", needs: "upload" },
  { to: "/settings/billing", name: "Billing", needs: "billing" },
  { to: "/settings/webhooks", name: "Webhooks", needs: "webhooks" },
  { to: "/settings/keys", name: "Keys", needs: "keys" },
  { to: "/settings/audit", name: "Audit trail", needs: "audit" },
  { to: "/settings/sessions", name: "Sessions", needs: "own" },
  { to: "/settings/privacy", name: "Privacy", needs: "own" },
] as const satisfies { to: string; name: string; needs: Permission }[];

/** What can be set, each place of it on a page of its own; a list beside it leads from one to the other. */
export function SettingsPage() {
  const may = useMay();
  return <Places title="Settings" places={PLACES.filter(({ needs }) => may(needs))} />;
}
