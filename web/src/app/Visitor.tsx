import { Notifications } from "@mantine/notifications";
import { lazy, Suspense } from "react";
import { Foot } from "./Foot";
import { Logo } from "./Logo";
import { Look } from "./Look";

const SendPage = lazy(() => import("../features/sending/SendPage"));

/** Who was given a link to send photos by, and knows nothing else of this. */
export function Visitor({ token }: { token: string }) {
  return (
    <Look>
      <Notifications position="top-center" />
      <main className="sending">
        <Logo />
        <Suspense>
          <SendPage token={token} />
        </Suspense>
      </main>
      <Foot />
    </Look>
  );
}
