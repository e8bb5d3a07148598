import { Container, Group, Menu, Text, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Link, Outlet } from "@tanstack/react-router";
import { wantedIn } from "../features/projects/queries";
import { Failed } from "../shared/Failed";
import { Icon } from "../shared/Icon";
import { label } from "../shared/labels";
import { Nothing } from "../shared/Nothing";
import { signOut } from "./auth";
import { Logo } from "./Logo";

function Shell({ person }: { person: string }) {
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme("light") === "light" ? "dark" : "light";
  return (
    <Container size="xl" px={{ base: "md", sm: "xl" }} pb={64}>
      <Group justify="space-between" py="lg" component="header">
        <Link to="/" className="brand">
          <Logo />
        </Link>
        <Menu position="bottom-end">
          <Menu.Target>
            <UnstyledButton aria-label={`${person}, your account`} className="account">
              <Text size="sm">{person}</Text>
              <Icon name="down" size={14} />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item component={Link} to="/usage">
              Usage
            </Menu.Item>
            <Menu.Item onClick={() => setColorScheme(other)}>{label(other)} theme</Menu.Item>
            <Menu.Item component="a" href="/docs">
              API reference
            </Menu.Item>
            <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <main>
        <Outlet />
      </main>
    </Container>
  );
}

/** A part of the page that could not be loaded, or broke. */
function Broken() {
  return <Failed error={new Error("This page could not be shown.")} onRetry={() => location.reload()} />;
}

export function createAppRouter(person: string) {
  const root = createRootRoute({
    component: () => <Shell person={person} />,
    notFoundComponent: () => <Nothing reason="This address leads to no page." />,
  });
  const projects = createRoute({
    getParentRoute: () => root,
    path: "/",
    validateSearch: wantedIn,
    component: lazyRouteComponent(() => import("../features/projects/ProjectsPage"), "ProjectsPage"),
  });
  const project = createRoute({
    getParentRoute: () => root,
    path: "/projects/$projectId",
    component: lazyRouteComponent(() => import("../features/projects/ProjectPage"), "ProjectPage"),
  });
  const usage = createRoute({
    getParentRoute: () => root,
    path: "/usage",
    component: lazyRouteComponent(() => import("../features/usage/UsagePage"), "UsagePage"),
  });
  return createRouter({
    routeTree: root.addChildren([projects, project, usage]),
    defaultPreload: "intent",
    defaultErrorComponent: () => <Broken />,
  });
}
