import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { Logo } from "./Logo";

type Props = { who: string | undefined; told: string; onRetry: () => void; onSignOut: () => void };

/** Instead of the app, for who has no account here while none are opened: that it is so, as operators tell it, and what to do. */
export function NotOpened({ who, told, onRetry, onSignOut }: Props) {
  return (
    <main className="sending">
      <Logo />
      <Stack gap="md" role="alert" align="start">
        <Title order={1} fz={{ base: 26, sm: 34 }}>
          You have no account here yet
        </Title>
        <Text>{told}</Text>
        <Text c="dimmed">
          You are signed in{who && ` as ${who}`}. If your account is another one, sign out and sign in with that.
        </Text>
        <Group gap="xs">
          <Button onClick={onRetry}>Try again</Button>
          <Button variant="default" onClick={onSignOut}>
            Sign out
          </Button>
        </Group>
      </Stack>
    </main>
  );
}
