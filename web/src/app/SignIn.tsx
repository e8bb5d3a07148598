import { Alert, Button, Stack, Text, Title } from "@mantine/core";
import { Logo } from "./Logo";
import { signIn } from "./auth";

export function SignIn({ failure }: { failure: string | null }) {
  return (
    <main className="hero">
      <Stack maw={440} gap="lg">
        <Logo />
        <Title order={1} fz={{ base: 34, sm: 44 }} lh={1.1}>
          Empty rooms in. Furnished rooms out.
        </Title>
        <Text c="dimmed" fz="lg">
          Drop in photos of empty rooms and get the same photos staged, at full size, with the house itself untouched.
        </Text>
        {failure && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        <Button size="lg" onClick={() => void signIn().catch(() => location.assign("/"))}>
          Sign in
        </Button>
      </Stack>
    </main>
  );
}
