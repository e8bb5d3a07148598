import { Group, Title } from "@mantine/core";
import type { ReactNode } from "react";

type Props = { title: string; action?: ReactNode; children: ReactNode };

/** One subject of a page, in a box with its name. */
export function Block({ title, action, children }: Props) {
  return (
    <section className="block" aria-label={title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="h3">
          {title}
        </Title>
        {action}
      </Group>
      {children}
    </section>
  );
}
