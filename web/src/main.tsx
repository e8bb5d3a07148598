import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/dropzone/styles.css";
import "./app/app.css";
import { createRoot } from "react-dom/client";
import { begin } from "./app/auth";
import { App } from "./app/App";
import { missingParts } from "./app/missing";
import { report } from "./app/reports";
import { Unable } from "./app/Unable";
import { Visitor } from "./app/Visitor";

// A newer version was put in the place of the one that is open: its parts are gone, so begin anew with the new one, once.
// Where the service can't be reached at all, what is on the screen stays.
window.addEventListener("vite:preloadError", async () => {
  const before = Number(sessionStorage.getItem("reloaded") ?? 0);
  if (Date.now() - before < 60_000) return;
  const reachable = await fetch("/health/live").then(({ ok }) => ok, () => false);
  if (!reachable) return;
  sessionStorage.setItem("reloaded", String(Date.now()));
  location.reload();
});

report();

const root = createRoot(document.getElementById("root")!);
const missing = missingParts(window);
const sending = /^\/send\/([^/]+)$/.exec(location.pathname);
if (missing.length > 0) root.render(<Unable missing={missing} />);
// Whoever has an upload link signs in nowhere.
else if (sending) root.render(<Visitor token={sending[1]!} />);
else
  begin().then(
    (user) => root.render(<App user={user} failure={null} />),
    (error: Error) => root.render(<App user={null} failure={error.message} />),
  );
