import { useMay, useMe } from "../../shared/me";
import { Nothing } from "../../shared/Nothing";
import { Places } from "../../shared/Places";

const PLACES = [
  { to: "/operate/now", name: "Now" },
  { to: "/operate/accounts", name: "Accounts" },
  { to: "/operate/people", name: "People" },
  { to: "/operate/stagings", name: "Stagings" },
  { to: "/operate/money", name: "Money" },
  { to: "/operate/credit-backs", name: "Credit-backs" },
  { to: "/operate/models", name: "Models" },
  { to: "/operate/storage", name: "Storage" },
  { to: "/operate/limits", name: "Rate limits" },
  { to: "/operate/settings", name: "Settings" },
  { to: "/operate/switches", name: "Switches" },
  { to: "/operate/incidents", name: "Incidents" },
] as const;

/** What who runs the service sees of it, across all accounts. */
export function OperatePage() {
  const may = useMay();
  if (!useMe()) return null;
  if (!may("operate")) return <Nothing reason="This page is for who runs the service." />;
  return <Places title="Operate" places={PLACES} />;
}
