import { Alert, Button, Group, Text } from "@mantine/core";

type Props = { error: Error; onRetry: () => void };

/** Instead of what could not be read: why, and once more. */
export function Failed({ error, onRetry }: Props) {
  return (
    <Alert color="red" role="alert">
      <Group justify="space-between">
        <Text size="sm">{error.message}</Text>
        <Button size="compact-md" variant="default" onClick={onRetry}>
          Try again
        </Button>
      </Group>
    </Alert>
  );
}
