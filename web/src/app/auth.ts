/** Sign-in by OpenID Connect with PKCE: Auth0 in production, the sandbox issuer on a laptop, the same code. */
import { UserManager, type User } from "oidc-client-ts";
import { authorizeWith } from "../api/client";

type Config = { oidc: { issuer: string; client_id: string; audience: string }; environment: string };

let manager: UserManager;
let renewing: Promise<User | null> | null = null;

/** Read the service's configuration and who is signed in; finishes a sign-in that is under way. */
export async function begin(): Promise<User | null> {
  const answer = await fetch("/api/v1/config");
  if (!answer.ok) throw new Error("The service can't be reached. Try again in a moment.");
  const config = (await answer.json()) as Config;
  manager = new UserManager({
    authority: config.oidc.issuer,
    client_id: config.oidc.client_id,
    redirect_uri: `${location.origin}/signed-in`,
    post_logout_redirect_uri: `${location.origin}/`,
    scope: "openid profile email offline_access",
    extraQueryParams: { audience: config.oidc.audience },
    automaticSilentRenew: true,
  });
  authorizeWith(async () => (await current())?.access_token ?? null);
  if (location.pathname === "/signed-in") return finish();
  return current();
}

/** Who is signed in. A sign-in that ran out while the computer slept is renewed first. */
async function current(): Promise<User | null> {
  const user = await manager.getUser();
  if (!user?.expired) return user;
  if (!user.refresh_token) return null;
  renewing ??= manager
    .signinSilent()
    .catch(() => null)
    .finally(() => (renewing = null));
  return renewing;
}

async function finish(): Promise<User> {
  const user = await manager.signinRedirectCallback();
  history.replaceState(null, "", (user.state as string | undefined) ?? "/");
  return user;
}

/** Go to the issuer, and come back to the page that is open now. */
export async function signIn(): Promise<void> {
  await manager.signinRedirect({ state: location.pathname === "/signed-in" ? "/" : location.pathname + location.search });
}

/** Forget who was signed in: the service no longer takes their token. */
export async function forget(): Promise<void> {
  await manager.removeUser();
}

export async function signOut(): Promise<void> {
  await forget();
  location.assign("/");
}
