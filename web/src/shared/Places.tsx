import { Anchor, Stack, Title } from "@mantine/core";
import { Link, Outlet } from "@tanstack/react-router";
import { Icon } from "./Icon";

/** Several places below one title, each on a page of its own; a list beside them leads from one to the other. */
export function Places({ title, places }: { title: string; places: readonly { to: string; name: string }[] }) {
  return (
    <Stack gap="xl">
      <div>
        <Anchor component={Link} to="/" size="sm" className="way-back">
          <Icon name="back" size={14} /> Projects
        </Anchor>
        <Title order={1}>{title}</Title>
      </div>
      <div className="settings">
        <nav aria-label={title} className="places">
          {places.map(({ to, name }) => (
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
