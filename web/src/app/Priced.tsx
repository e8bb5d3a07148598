import { Anchor, Button, Container, Group } from "@mantine/core";
import { lazy, Suspense } from "react";
import { signIn } from "./auth";
import { Logo } from "./Logo";

const Page = lazy(async () => ({ default: (await import("../features/pricing/PricingPage")).PricingPage }));

/** What it costs, for who isn't signed in: to buy, they sign in and come back here. */
export function Priced() {
  const enter = () => void signIn().catch(() => location.reload());
  return (
    <Container size="xl" px={{ base: "md", sm: "xl" }} pb={64}>
      <Group justify="space-between" py="lg" component="header">
        <Anchor href="/" className="brand" underline="never">
          <Logo />
        </Anchor>
        <Button variant="default" onClick={enter}>
          Sign in
        </Button>
      </Group>
      <main>
        <Suspense>
          <Page
            act={(_, name) => (
              <Button fullWidth onClick={enter} aria-label={`Sign in to buy ${name}`}>
                Sign in to buy
              </Button>
            )}
          />
        </Suspense>
      </main>
    </Container>
  );
}
