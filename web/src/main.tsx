import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/dropzone/styles.css";
import "./app/app.css";
import { createRoot } from "react-dom/client";
import { begin } from "./app/auth";
import { App } from "./app/App";

// A newer version was put in the place of the one that is open: its parts are gone, so begin anew with the new one, once.
window.addEventListener("vite:preloadError", () => {
  const before = Number(sessionStorage.getItem("reloaded") ?? 0);
  if (Date.now() - before < 60_000) return;
  sessionStorage.setItem("reloaded", String(Date.now()));
  location.reload();
});

const root = createRoot(document.getElementById("root")!);
begin().then(
  (user) => root.render(<App user={user} failure={null} />),
  (error: Error) => root.render(<App user={null} failure={error.message} />),
);
