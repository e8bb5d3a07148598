import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import type { User } from "oidc-client-ts";
import { useState } from "react";
import { Problem } from "../api/client";
import { createAppRouter } from "./router";
import { SignIn } from "./SignIn";
import { theme } from "./theme";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 3 && (!(error instanceof Problem) || error.status === 0 || error.status >= 500),
    },
  },
});

export function App({ user, failure }: { user: User | null; failure: string | null }) {
  const [router] = useState(() => createAppRouter(user?.profile.name ?? user?.profile.email ?? ""));
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="top-center" />
      <QueryClientProvider client={queries}>
        {user ? <RouterProvider router={router} /> : <SignIn failure={failure} />}
      </QueryClientProvider>
    </MantineProvider>
  );
}
