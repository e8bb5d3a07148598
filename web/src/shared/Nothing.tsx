import { Button, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";

/** Instead of a page that can't be shown: why, and the way on. */
export function Nothing({ reason }: { reason: string }) {
  return (
    <Stack align="center" py={96} gap="md" role="alert">
      <Title order={1} size="h2" ta="center">
        There is nothing to see here
      </Title>
      <Text c="dimmed" ta="center">
        {reason}
      </Text>
      <Button component={Link} to="/">
        See your projects
      </Button>
    </Stack>
  );
}
