import { useMantineColorScheme } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import type { User } from "oidc-client-ts";
import { useEffect, useState } from "react";
import { chooseAccount, onAccountLost, onSessionEnd, onStaleSignIn, Problem } from "../api/client";
import { onBusy } from "../api/retry";
import { keep } from "../shared/kept";
import { useFreshLinks } from "../shared/Linked";
import { ME } from "../shared/me";
import { usePreferences } from "../shared/preferences";
import { showBusy } from "../shared/notify";
import { AgainDialog } from "./AgainDialog";
import { forget, onSignInChange, SESSION_ENDED, signedOut, signInUnseen, signOut } from "./auth";
import { Foot } from "./Foot";
import { invitationIn, Invited } from "./Invited";
import { keepLive } from "./live";
import { Look } from "./Look";
import { NotOpened } from "./NotOpened";
import { Priced } from "./Priced";
import { createReadings } from "./readings";
import { createAppRouter, loadPages } from "./router";
import { SignIn } from "./SignIn";

const SIGNED_OUT_ELSEWHERE = "You signed out in another tab.";
/** After so long a page is taken for idle where the browser doesn't tell. */
const IDLE_MS = 2_000;
const OTHER_PERSON = "Somebody else signed in in another tab. Load this page again to go on as they.";

const queries = createReadings();

export function App({ user, failure }: { user: User | null; failure: string | null }) {
  const [ended, setEnded] = useState<string | null>(null);
  useEffect(
    () =>
      onSessionEnd(async (code) => {
        // Who signs out is on the way to the issuer; who doesn't may be known there still.
        if (signedOut() === null) {
          // What was ended is ended at the issuer, too: asked unseen, it would give another token of the same sign-in.
          if (code === "session_ended") return void signOut("ended");
          keep();
          if (await signInUnseen()) return;
          setEnded(SESSION_ENDED);
        }
        void forget();
      }),
    [],
  );
  useEffect(
    () =>
      onSignInChange((change) => {
        if (change === "began" || (change === "renewed" && ended)) location.reload();
        else if (change === "ended") {
          keep();
          setEnded(SIGNED_OUT_ELSEWHERE);
        } else if (change === "replaced") setEnded(OTHER_PERSON);
      }),
    [ended],
  );
  useEffect(() => onBusy(showBusy), []);
  return (
    <Look>
      <Notifications position="top-center" />
      <QueryClientProvider client={queries}>
        {user && !ended ? (
          <SignedIn user={user} />
        ) : (
          <>
            <SignedOut failure={ended ?? failure} />
            <Foot />
          </>
        )}
      </QueryClientProvider>
    </Look>
  );
}

/** The theme that this person prefers, on whichever device; who prefers none has the device's, or what they chose here. */
function useTheirTheme() {
  const theme = usePreferences()?.theme;
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (theme === "light" || theme === "dark") setColorScheme(theme);
  }, [theme, setColorScheme]);
}

function SignedOut({ failure }: { failure: string | null }) {
  if (location.pathname === "/pricing") return <Priced />;
  const invitation = failure ? null : invitationIn(location.pathname);
  return invitation ? <Invited token={invitation} /> : <SignIn failure={failure} />;
}

function SignedIn({ user }: { user: User }) {
  useFreshLinks();
  useTheirTheme();
  const [stale, setStale] = useState(false);
  const [router] = useState(() => createAppRouter(user.profile.name ?? user.profile.email ?? "", queries));
  const { error, refetch } = useQuery(ME);
  const notOpened = error instanceof Problem && error.code === "switched_off" ? error : null;
  const taken = !notOpened;
  useEffect(() => (taken ? keepLive(queries, user.profile.sub) : undefined), [user.profile.sub, taken]);
  useEffect(() => whenIdle(loadPages), []);
  useEffect(() => onStaleSignIn(() => setStale(true)), []);
  useEffect(() => onAccountLost(leaveAccount), []);
  if (notOpened) {
    return (
      <>
        <NotOpened who={user.profile.email} told={notOpened.message} onRetry={() => void refetch()} onSignOut={() => void signOut()} />
        <Foot />
      </>
    );
  }
  return (
    <>
      <RouterProvider router={router} />
      {stale && <AgainDialog onClose={() => setStale(false)} />}
    </>
  );
}

/** Do this once there is nothing else to do; gives the way to leave it. */
function whenIdle(act: () => void): () => void {
  if (!("requestIdleCallback" in window)) {
    const timer = setTimeout(act, IDLE_MS);
    return () => clearTimeout(timer);
  }
  const waiting = requestIdleCallback(act, { timeout: IDLE_MS });
  return () => cancelIdleCallback(waiting);
}

/** The account of this tab is none of theirs any more: back to their first. */
function leaveAccount(): void {
  chooseAccount(null);
  location.assign("/");
}
