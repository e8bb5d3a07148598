import { Container, Group, Menu, Text, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import type { QueryClient } from "@tanstack/react-query";
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Link, Outlet, redirect, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Accounts } from "../features/accounts/Accounts";
import { auditWantedIn } from "../features/audit/wanted";
import { returnedIn } from "../features/billing/returned";
import { soughtIn } from "../features/operate/sought";
import { readProjects, wantedIn } from "../features/projects/queries";
import { readGallery } from "../features/stagings/queries";
import { Failed } from "../shared/Failed";
import { Icon } from "../shared/Icon";
import { label } from "../shared/labels";
import { useMay, useMe } from "../shared/me";
import { showError } from "../shared/notify";
import { Nothing } from "../shared/Nothing";
import { OwnPhoto } from "../shared/OwnPhoto";
import { signInAsAnother, signOut } from "./auth";
import { Foot } from "./Foot";
import { InvitationPage } from "./Invited";
import { Logo } from "./Logo";

function Shell({ person }: { person: string }) {
  const { setColorScheme } = useMantineColorScheme();
  const [opened, setOpened] = useState(false);
  const me = useMe();
  const account = me?.account;
  const may = useMay();
  const other = useComputedColorScheme("light") === "light" ? "dark" : "light";
  return (
    <Container size="xl" px={{ base: "md", sm: "xl" }} pb={64}>
      <Group justify="space-between" py="lg" component="header">
        <Link to="/" className="brand">
          <Logo />
        </Link>
        <Menu position="bottom-end" opened={opened} onChange={setOpened}>
          <Menu.Target>
            <UnstyledButton aria-label={`${person}, your account`} className="account">
              <span className="who">
                <Text size="sm" truncate>
                  {person}
                </Text>
                {account && account.name !== person && (
                  <Text size="xs" c="dimmed" truncate>
                    {account.name}
                  </Text>
                )}
              </span>
              {me?.photo_url && <OwnPhoto address={me.photo_url} size={24} />}
              <Icon name="down" size={14} />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Accounts opened={opened} />
            <Menu.Item component={Link} to="/settings/office">
              Settings
            </Menu.Item>
            <Menu.Item component={Link} to="/usage">
              Usage
            </Menu.Item>
            {may("billing") && (
              <Menu.Item component={Link} to="/settings/billing">
                Billing
              </Menu.Item>
            )}
            <Menu.Item component={Link} to="/pricing">
              Pricing
            </Menu.Item>
            {may("operate") && (
              <Menu.Item component={Link} to="/operate/now">
                Operate
              </Menu.Item>
            )}
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
      <Foot />
    </Container>
  );
}

function Invitation() {
  const { token } = useParams({ strict: false }) as { token: string };
  const me = useMe();
  return me ? <InvitationPage token={token} me={me} onSignIn={() => void signInAsAnother().catch(showError)} /> : null;
}

/** A part of the page that could not be loaded, or broke. */
function Broken() {
  return <Failed error={new Error("This page could not be shown.")} onRetry={() => location.reload()} />;
}

const projectsPage = () => import("../features/projects/ProjectsPage");
const projectPage = () => import("../features/projects/ProjectPage");

/** Have the pages that everybody goes to and fro between, before they are asked for. */
export function loadPages(): void {
  // What can't be loaded now is asked for again with the page.
  for (const load of [projectsPage, projectPage]) load().catch(() => undefined);
}

export function createAppRouter(person: string, queries: QueryClient) {
  const root = createRootRoute({
    component: () => <Shell person={person} />,
    notFoundComponent: () => <Nothing reason="This address leads to no page." />,
  });
  const projects = createRoute({
    getParentRoute: () => root,
    path: "/",
    validateSearch: wantedIn,
    loaderDeps: ({ search }) => search,
    // Asked for while the page is made, and not while a pointer passes over the way to it.
    loader: ({ deps, cause }) => void (cause !== "preload" && readProjects(queries, deps)),
    component: lazyRouteComponent(projectsPage, "ProjectsPage"),
  });
  const project = createRoute({
    getParentRoute: () => root,
    path: "/projects/$projectId",
    loader: ({ params, cause }) => void (cause !== "preload" && readGallery(queries, params.projectId)),
    component: lazyRouteComponent(projectPage, "ProjectPage"),
  });
  const usage = createRoute({
    getParentRoute: () => root,
    path: "/usage",
    component: lazyRouteComponent(() => import("../features/usage/UsagePage"), "UsagePage"),
  });
  const pricing = createRoute({
    getParentRoute: () => root,
    path: "/pricing",
    component: lazyRouteComponent(() => import("./Offered"), "Offered"),
  });
  const invitation = createRoute({ getParentRoute: () => root, path: "/invitations/$token", component: Invitation });
  const settings = createRoute({
    getParentRoute: () => root,
    path: "/settings",
    component: lazyRouteComponent(() => import("../features/settings/SettingsPage"), "SettingsPage"),
  });
  const nowhere = createRoute({
    getParentRoute: () => settings,
    path: "/",
    beforeLoad: () => redirect({ to: "/settings/office", throw: true, replace: true }),
  });
  const mail = createRoute({
    getParentRoute: () => settings,
    path: "mail",
    component: lazyRouteComponent(() => import("../features/mail/MailPage"), "MailPage"),
  });
  const office = createRoute({
    getParentRoute: () => settings,
    path: "office",
    component: lazyRouteComponent(() => import("../features/office/OfficePage"), "OfficePage"),
  });
  const webhooks = createRoute({
    getParentRoute: () => settings,
    path: "webhooks",
    component: lazyRouteComponent(() => import("../features/webhooks/WebhooksPage"), "WebhooksPage"),
  });
  const webhook = createRoute({
    getParentRoute: () => settings,
    path: "webhooks/$endpointId",
    component: lazyRouteComponent(() => import("../features/webhooks/WebhookPage"), "WebhookPage"),
  });
  const keys = createRoute({
    getParentRoute: () => settings,
    path: "keys",
    component: lazyRouteComponent(() => import("../features/keys/KeysPage"), "KeysPage"),
  });
  const uploadLinks = createRoute({
    getParentRoute: () => settings,
    path: "upload-links",
    component: lazyRouteComponent(() => import("../features/uploadLinks/UploadLinksPage"), "UploadLinksPage"),
  });
  const audit = createRoute({
    getParentRoute: () => settings,
    path: "audit",
    validateSearch: auditWantedIn,
    component: lazyRouteComponent(() => import("../features/audit/AuditPage"), "AuditPage"),
  });
  const billing = createRoute({
    getParentRoute: () => settings,
    path: "billing",
    validateSearch: returnedIn,
    component: lazyRouteComponent(() => import("../features/billing/BillingPage"), "BillingPage"),
  });
  const profile = createRoute({
    getParentRoute: () => settings,
    path: "profile",
    component: lazyRouteComponent(() => import("../features/profile/ProfilePage"), "ProfilePage"),
  });
  const sessions = createRoute({
    getParentRoute: () => settings,
    path: "sessions",
    component: lazyRouteComponent(() => import("../features/sessions/SessionsPage"), "SessionsPage"),
  });
  const privacy = createRoute({
    getParentRoute: () => settings,
    path: "privacy",
    component: lazyRouteComponent(() => import("../features/privacy/PrivacyPage"), "PrivacyPage"),
  });
  const operate = createRoute({
    getParentRoute: () => root,
    path: "/operate",
    component: lazyRouteComponent(() => import("../features/operate/OperatePage"), "OperatePage"),
  });
  const operateFirst = createRoute({
    getParentRoute: () => operate,
    path: "/",
    beforeLoad: () => redirect({ to: "/operate/now", throw: true, replace: true }),
  });
  const operateNow = createRoute({
    getParentRoute: () => operate,
    path: "now",
    component: lazyRouteComponent(() => import("../features/operate/NowPage"), "NowPage"),
  });
  const operateAccounts = createRoute({
    getParentRoute: () => operate,
    path: "accounts",
    component: lazyRouteComponent(() => import("../features/operate/AccountsPage"), "AccountsPage"),
  });
  const operatePeople = createRoute({
    getParentRoute: () => operate,
    path: "people",
    component: lazyRouteComponent(() => import("../features/operate/PeoplePage"), "PeoplePage"),
  });
  const operateStagings = createRoute({
    getParentRoute: () => operate,
    path: "stagings",
    validateSearch: soughtIn,
    component: lazyRouteComponent(() => import("../features/operate/StagingsPage"), "StagingsPage"),
  });
  const operateMoney = createRoute({
    getParentRoute: () => operate,
    path: "money",
    component: lazyRouteComponent(() => import("../features/operate/MoneyPage"), "MoneyPage"),
  });
  const operateCreditBacks = createRoute({
    getParentRoute: () => operate,
    path: "credit-backs",
    component: lazyRouteComponent(() => import("../features/operate/CreditBacksPage"), "CreditBacksPage"),
  });
  const operateModels = createRoute({
    getParentRoute: () => operate,
    path: "models",
    component: lazyRouteComponent(() => import("../features/operate/ModelsPage"), "ModelsPage"),
  });
  const operateStorage = createRoute({
    getParentRoute: () => operate,
    path: "storage",
    component: lazyRouteComponent(() => import("../features/operate/StoragePage"), "StoragePage"),
  });
  const operateLimits = createRoute({
    getParentRoute: () => operate,
    path: "limits",
    component: lazyRouteComponent(() => import("../features/operate/LimitsPage"), "LimitsPage"),
  });
  const operateSettings = createRoute({
    getParentRoute: () => operate,
    path: "settings",
    component: lazyRouteComponent(() => import("../features/operate/SettingsInForcePage"), "SettingsInForcePage"),
  });
  const operateSwitches = createRoute({
    getParentRoute: () => operate,
    path: "switches",
    component: lazyRouteComponent(() => import("../features/operate/SwitchesPage"), "SwitchesPage"),
  });
  const operateIncidents = createRoute({
    getParentRoute: () => operate,
    path: "incidents",
    component: lazyRouteComponent(() => import("../features/operate/IncidentsPage"), "IncidentsPage"),
  });
  return createRouter({
    routeTree: root.addChildren([
      projects,
      project,
      usage,
      pricing,
      invitation,
      settings.addChildren([nowhere, mail, office, uploadLinks, webhooks, webhook, keys, audit, billing, profile, sessions, privacy]),
      operate.addChildren([
        ...[operateFirst, operateNow, operateAccounts, operatePeople, operateStagings, operateMoney, operateCreditBacks],
        ...[operateModels, operateStorage, operateLimits, operateSettings, operateSwitches, operateIncidents],
      ]),
    ]),
    defaultPreload: "intent",
    defaultErrorComponent: () => <Broken />,
  });
}
