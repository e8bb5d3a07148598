/**
 * Auth0 Action for the trigger "Login / Post Login": puts into the access token what Real Staging needs to know of who signs in.
 *
 * Auth0 lets an Action add claims below a name of one's own alone; ours is the API's identifier (OIDC_AUDIENCE). Give the Action one
 * secret, AUDIENCE, with that identifier, letter for letter. docs/how-to/auth0.md says the rest.
 *
 * It runs at every sign-in, silent ones included, and whenever a refresh token is exchanged; it asks nobody and waits for nothing.
 */
exports.onExecutePostLogin = async (event, api) => {
  const audience = event.secrets.AUDIENCE;
  if (!audience || event.resource_server?.identifier !== audience) return;

  const { email, email_verified: verified, name } = event.user;
  const claims = {
    email,
    // Some providers of federated sign-ins do not say: then it is not.
    email_verified: email ? verified === true : undefined,
    name,
    roles: event.authorization?.roles,
    // Where a refresh token is exchanged, only some plans tell the session.
    sid: event.session?.id ?? event.refresh_token?.session_id,
    auth_time: authenticatedAt(event.authentication?.methods),
  };
  for (const [claim, value] of Object.entries(claims)) {
    if (value !== undefined && value !== null) api.accessToken.setCustomClaim(`${audience}/${claim}`, value);
  }
};

/** When somebody last showed who they are, in seconds as OpenID Connect has `auth_time`; undefined where nothing says. */
function authenticatedAt(methods) {
  const moments = (methods ?? []).map(({ timestamp }) => Date.parse(timestamp)).filter(Number.isFinite);
  return moments.length > 0 ? Math.floor(Math.max(...moments) / 1000) : undefined;
}
