import { Alert, Anchor, Button, Stack, Text, Title } from "@mantine/core";
import { Compare } from "../features/stagings/Compare";
import { Logo } from "./Logo";
import { signedOut, signIn } from "./auth";

const SIGNED_OUT = {
  everywhere: "You are signed out.",
  ended: "This sign-in was ended on another device. Sign in again to go on.",
  here: "You are signed out here. The sign-in service could not be told, so it may still know you. On a shared computer, close the browser.",
};

/** Who isn't signed in yet: what this is, shown on a room that we drew and staged ourselves. */
export function SignIn({ failure }: { failure: string | null }) {
  const left = signedOut();
  return (
    <main className="hero">
      <Stack gap="lg">
        <Logo />
        <Title order={1} fz={{ base: 34, sm: 44 }} lh={1.1}>
          Empty rooms in. Furnished rooms out.
        </Title>
        <Text c="dimmed" fz="lg">
          Drop in photos of empty rooms and get the same photos staged, at full size, with proof that the house itself is untouched.
        </Text>
        {failure && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        {left && !failure && (
          <Alert color={left === "here" ? "yellow" : "pine"} className={left === "here" ? "aside" : undefined} role="status">
            {SIGNED_OUT[left]}
          </Alert>
        )}
        <Button size="lg" onClick={() => void signIn().catch(() => location.assign("/"))}>
          Sign in
        </Button>
        <Anchor href="/pricing">What it costs</Anchor>
      </Stack>
      <div className="room">
        <Compare
          before={{ src: "/example/empty.webp" }}
          after={{ src: "/example/staged.webp" }}
          ratio={1.5}
          name="A living room"
          start={0.28}
        />
      </div>
    </main>
  );
}
