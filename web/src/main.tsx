import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/dropzone/styles.css";
import "./app/app.css";
import { createRoot } from "react-dom/client";
import { begin } from "./app/auth";
import { App } from "./app/App";

const root = createRoot(document.getElementById("root")!);
begin().then(
  (user) => root.render(<App user={user} failure={null} />),
  (error: Error) => root.render(<App user={null} failure={error.message} />),
);
