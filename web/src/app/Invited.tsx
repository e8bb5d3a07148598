import { lazy, Suspense, type ComponentProps } from "react";
import { Logo } from "./Logo";
import { signIn } from "./auth";

const Page = lazy(async () => ({ default: (await import("../features/office/InvitationPage")).InvitationPage }));

/** The token that an address of an invitation ends with; null for any other address. */
export function invitationIn(pathname: string): string | null {
  return /^\/invitations\/([^/]+)$/.exec(pathname)?.[1] ?? null;
}

export function InvitationPage(props: ComponentProps<typeof Page>) {
  return (
    <Suspense>
      <Page {...props} />
    </Suspense>
  );
}

/** Who was invited and is not signed in: what to, before they are asked who they are. */
export function Invited({ token }: { token: string }) {
  return (
    <main className="sending">
      <Logo />
      <InvitationPage token={token} me={null} onSignIn={() => void signIn().catch(() => location.reload())} />
    </main>
  );
}
