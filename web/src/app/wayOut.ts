/** Where to go to end the session at the issuer. Pure. */

type Metadata = { end_session_endpoint?: string };
type Asked = { issuer: string; client: string; metadata: Metadata | null; back: string; idToken: string | undefined };

/** The address that ends the session and leads to `back`; null where the issuer has none.
 *
 * OpenID Connect RP-Initiated Logout 1.0 §2. Auth0 names its endpoint only where the tenant is told to; its older
 * `/v2/logout` is at every tenant (https://auth0.com/docs/api/authentication/logout/auth-0-logout).
 */
export function wayOut({ issuer, client, metadata, back, idToken }: Asked): string | null {
  const endpoint = metadata?.end_session_endpoint;
  if (endpoint)
    return withQuery(endpoint, {
      client_id: client,
      post_logout_redirect_uri: back,
      ...(idToken && { id_token_hint: idToken }),
    });
  if (/\.auth0\.com$/.test(new URL(issuer).hostname))
    return withQuery(new URL("/v2/logout", issuer).href, { client_id: client, returnTo: back });
  return null;
}

function withQuery(address: string, parameters: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
