import { Anchor, Stack, Title } from "@mantine/core";
import { Link, Outlet } from "@tanstack/react-router";
import { Icon } from "../../shared/Icon";
import { useMay, useMe } from "../../shared/me";
import { Nothing } from "../../shared/Nothing";

const PLACES = [
  { to: "/operate/now", name: "Now" },
  { to: "/operate/accounts", name: "Accounts" },
  { to: "/operate/people", name: "People" },
  { to: "/operate/stagings", name: "Stagings" },
] as const;

/** What who runs the service sees of it, across all accounts. */
export function OperatePage() {
  const may = useMay();
  if (!useMe()) return null;
  if (!may("operate")) return <Nothing reason="This page is for who runs the service." />;
  return (
    <Stack gap="xl">
      <div>
        <Anchor component={Link} to="/" size="sm" className="way-back">
          <Icon name="back" size={14} /> Projects
        </Anchor>
        <Title order={1}>Operate</Title>
      </div>
      <div className="settings">
        <nav aria-label="Operate" className="places">
          {PLACES.map(({ to, name }) => (
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
