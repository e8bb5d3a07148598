/** Sign-in by OpenID Connect with PKCE: Auth0 in production, the sandbox issuer on a laptop, the same code.
 *
 * All tabs share one sign-in (local storage), and one tab at a time renews it (a lock): a refresh token is good once, and an issuer
 * that sees one twice ends the whole sign-in (RFC 9700, §4.14.2).
 */
import { ErrorResponse, UserManager, WebStorageStateStore, type User } from "oidc-client-ts";
import { authorizeWith, chooseAccount } from "../api/client";
import { forgetKept, keepOn } from "../shared/kept";
import { goUnasked } from "../shared/leaving";
import { wayOut } from "./wayOut";

type Config = { oidc: { issuer: string; client_id: string; audience: string }; environment: string };

/** What became of the sign-in of this tab: it ended somewhere, somebody else signed in, or somebody did or is signed in anew. */
export type Change = "ended" | "replaced" | "began" | "renewed";

export const SESSION_ENDED = "Your sign-in has ended. Sign in again to go on where you were.";
const LOCK = "realstaging.sign-in";
/** Seconds before its end that an access token is renewed: longer than a request is on its way, by this computer's own clock. */
const EARLY = 3;
/** Another tab renews within this time, in milliseconds, or is given up on; the library waits 10 s for the issuer. */
const LONGEST_RENEWAL = 30_000;
const SIGNED_OUT = "realstaging.signed-out";
const ASKED = "realstaging.asked-unseen";
const WHOSE = "realstaging.whose";
/** Milliseconds within which a tab asks the issuer unseen but once, so that no mistake of settings sends it round and round. */
const ONCE_WITHIN = 60_000;
/** What an issuer says that knows nobody in this browser, or has a question for them (OpenID Connect Core §3.1.2.6). */
const UNKNOWN = new Set(["login_required", "interaction_required", "consent_required", "account_selection_required"]);

let manager: UserManager;
let renewing: Promise<User | null> | null = null;
let leaving: Promise<boolean> | null = null;
/** Whom this tab is for. Another person who signs in in another tab doesn't act in this one. */
let person: string | null = null;

/** Read the service's configuration and who is signed in; finishes a sign-in that is under way. */
export async function begin(): Promise<User | null> {
  const config = await configuration();
  manager = new UserManager({
    authority: config.oidc.issuer,
    client_id: config.oidc.client_id,
    redirect_uri: `${location.origin}/signed-in`,
    scope: "openid profile email offline_access",
    extraQueryParams: { audience: config.oidc.audience },
    userStore: new WebStorageStateStore({ store: localStorage }),
    automaticSilentRenew: false,
  });
  authorizeWith(async () => (await current())?.access_token ?? null);
  const user = location.pathname === "/signed-in" ? await finish() : await manager.getUser();
  person = user?.profile.sub ?? null;
  if (person) {
    belongTo(person);
    // Also where another tab let them in: the end of this sign-in is to be noticed like that of any.
    sessionStorage.removeItem(SIGNED_OUT);
  }
  try {
    const signedIn = await current();
    if (user && !signedIn) await signInUnseen();
    return signedIn;
  } catch {
    // Where the issuer can't be reached now, the page is shown all the same: it may be by the time that it asks.
    return user;
  }
}

/** Have the issuer say who it knows in this browser, without asking them, and come back to this page; whether it does.
 *
 * A renewal whose answer never reached its tab (closed, loaded again, offline) leaves a refresh token that is spent. */
export function signInUnseen(): Promise<boolean> {
  leaving ??= askUnseen().catch(() => false);
  return leaving;
}

async function askUnseen(): Promise<boolean> {
  if (Date.now() - Number(sessionStorage.getItem(ASKED) ?? 0) < ONCE_WITHIN) return false;
  sessionStorage.setItem(ASKED, String(Date.now()));
  // Who was asked whether to leave, and stayed, is still here: the next word of it offers the way once more.
  setTimeout(() => (leaving = null), ONCE_WITHIN);
  await manager.signinRedirect({ state: location.pathname + location.search, prompt: "none" });
  return true;
}

async function configuration(): Promise<Config> {
  const answer = await fetch("/api/v1/config").catch(() => null);
  if (!answer?.ok) throw new Error("The service can't be reached. Try again in a moment.");
  return (await answer.json()) as Config;
}

/** Who is signed in, with a token that is still good; null when nobody is, or somebody else. Fails when the issuer can't be reached. */
async function current(): Promise<User | null> {
  const user = await mine();
  if (!user || !isLate(user)) return user;
  renewing ??= renewed().finally(() => (renewing = null));
  return renewing;
}

async function mine(): Promise<User | null> {
  const user = await manager.getUser();
  return user && user.profile.sub === person ? user : null;
}

function isLate(user: User): boolean {
  return user.expires_in !== undefined && user.expires_in < EARLY;
}

async function renewed(): Promise<User | null> {
  return await navigator.locks.request(LOCK, { signal: AbortSignal.timeout(LONGEST_RENEWAL) }, async () => {
    // Another tab may have done it while this one waited.
    const user = await mine();
    if (!user || !isLate(user)) return user;
    if (!user.refresh_token) return user.expired ? null : user;
    try {
      return await manager.signinSilent();
    } catch (error) {
      // The issuer said no; anything else is a connection that failed, and the sign-in is as good as before.
      if (error instanceof ErrorResponse) return null;
      throw error;
    }
  });
}

async function finish(): Promise<User> {
  try {
    const user = await manager.signinRedirectCallback();
    history.replaceState(null, "", (user.state as string | undefined) ?? "/");
    void manager.clearStaleState();
    return user;
  } catch (error) {
    const refused = error instanceof ErrorResponse ? error : null;
    history.replaceState(null, "", (refused?.state as string | undefined) ?? "/");
    keepOn();
    if (UNKNOWN.has(refused?.error ?? "")) throw new Error(SESSION_ENDED);
    throw new Error(refused?.error_description ?? "This sign-in could not be finished. Sign in again.");
  }
}

/** Be told when another tab signs out, in, or in as somebody else; gives the way to stop being told. */
export function onSignInChange(told: (change: Change) => void): () => void {
  const listen = async (event: StorageEvent) => {
    if (event.key !== null && !event.key.endsWith(`user:${manager?.settings.authority}:${manager?.settings.client_id}`)) return;
    const user = await manager.getUser();
    if (person === null) user && told("began");
    else if (!user) told("ended");
    else told(user.profile.sub === person ? "renewed" : "replaced");
  };
  window.addEventListener("storage", listen);
  return () => window.removeEventListener("storage", listen);
}

/** Go to the issuer, and come back to the page that is open now. */
export async function signIn(): Promise<void> {
  const state = location.pathname === "/signed-in" ? "/" : location.pathname + location.search;
  // Who signed out where the issuer could not be told, or was signed out from elsewhere, is asked who they are, instead of being let in again unseen.
  const again = sessionStorage.getItem(SIGNED_OUT) !== null && sessionStorage.getItem(SIGNED_OUT) !== "everywhere";
  await manager.signinRedirect({ state, ...(again && { prompt: "login" }) });
}

/** Show once more who they are, and come back to the page that is open now: what they typed is there still. */
export async function signInAgain(): Promise<void> {
  const user = await mine();
  const state = location.pathname + location.search;
  await manager.signinRedirect({ state, prompt: "login", max_age: 0, login_hint: user?.profile.email });
}

/** Go to the issuer and be asked who they are, also where it knows somebody; comes back to the page that is open now. */
export async function signInAsAnother(): Promise<void> {
  await manager.signinRedirect({ state: location.pathname + location.search, prompt: "login" });
}

/** What a tab keeps is of one person: the account they chose, what they typed. */
function belongTo(somebody: string): void {
  const before = sessionStorage.getItem(WHOSE);
  sessionStorage.setItem(WHOSE, somebody);
  if (before === null || before === somebody) return;
  chooseAccount(null);
  forgetKept();
}

/** Forget who was signed in here, in all tabs: the service no longer takes their token. */
export async function forget(): Promise<void> {
  if (await mine()) await manager.removeUser();
}

/** End the sign-in here, in every tab, and at the issuer where it has a way to; leads back to the first page.
 *
 * `ended`: it was ended on another device, and is finished off here. */
export async function signOut(why: "ended" | null = null): Promise<void> {
  // Every tab and every request may learn of it at once.
  if (sessionStorage.getItem(SIGNED_OUT) !== null && why) return;
  if (why) sessionStorage.setItem(SIGNED_OUT, why);
  const user = await mine();
  const metadata = await manager.metadataService.getMetadata().catch(() => null);
  const { authority: issuer, client_id: client } = manager.settings;
  const out = wayOut({ issuer, client, metadata, back: `${location.origin}/`, idToken: user?.id_token });
  if (user?.refresh_token && metadata?.revocation_endpoint) await revoke(metadata.revocation_endpoint, user.refresh_token);
  sessionStorage.setItem(SIGNED_OUT, why ?? (out ? "everywhere" : "here"));
  await forget();
  goUnasked(out ?? "/");
}

type SignedOut = "everywhere" | "here" | "ended";

/** Where sign-out has just been asked for in this tab: whether the issuer was told ("everywhere") or only we ("here"), or another device
 * ended it. */
export function signedOut(): SignedOut | null {
  return sessionStorage.getItem(SIGNED_OUT) as SignedOut | null;
}

/** Tell the issuer to end a refresh token (RFC 7009). It runs out by itself where that fails. */
async function revoke(endpoint: string, token: string): Promise<void> {
  const body = new URLSearchParams({ token, token_type_hint: "refresh_token", client_id: manager.settings.client_id });
  await fetch(endpoint, { method: "POST", body, signal: AbortSignal.timeout(3000) }).catch(() => null);
}
