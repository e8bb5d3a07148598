import { Anchor, Stack, Title } from "@mantine/core";
import { Link, Outlet } from "@tanstack/react-router";
import type { Permission } from "../../api/client";
import { Icon } from "../../shared/Icon";
import { useMay } from "../../shared/me";

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
  return (
    <Stack gap="xl">
      <div>
        <Anchor component={Link} to="/" size="sm" className="way-back">
          <Icon name="back" size={14} /> Projects
        </Anchor>
        <Title order={1}>Settings</Title>
      </div>
      <div className="settings">
        <nav aria-label="Settings" className="places">
          {PLACES.filter(({ needs }) => may(needs)).map(({ to, name }) => (
            <Link key={to} to={to} className="place">
              {name}
            </Link>
          ))}
        </nav>
        <Stack gap="lg" className="grow">
          <Outlet />
        </Stack>
      </div>
    </Stack>
  );
}
