import { expect, test } from "vitest";
import { wayOut } from "./wayOut";

const asked = { client: "web", back: "https://us.example/", idToken: "token" };
const query = (address: string | null) => Object.fromEntries(new URL(address ?? "").searchParams);

test("the issuer's own endpoint is told whose session ends and where to lead back", () => {
  const metadata = { end_session_endpoint: "https://issuer.example/oidc/logout?tenant=1" };
  const out = wayOut({ ...asked, issuer: "https://issuer.example/", metadata });
  expect(out).toMatch(/^https:\/\/issuer\.example\/oidc\/logout\?/);
  expect(query(out)).toEqual({
    tenant: "1",
    client_id: "web",
    post_logout_redirect_uri: "https://us.example/",
    id_token_hint: "token",
  });
});

test("Auth0 without one has /v2/logout, also where it can't be asked", () => {
  for (const metadata of [{}, null]) {
    const out = wayOut({ ...asked, issuer: "https://tenant.us.auth0.com/", metadata });
    expect(out).toMatch(/^https:\/\/tenant\.us\.auth0\.com\/v2\/logout\?/);
    expect(query(out)).toEqual({ client_id: "web", returnTo: "https://us.example/" });
  }
});

test("others without one have none", () => {
  expect(wayOut({ ...asked, issuer: "https://issuer.example/", metadata: {} })).toBeNull();
  expect(wayOut({ ...asked, issuer: "https://notauth0.com/", metadata: null })).toBeNull();
});
