import { Anchor, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import type { Usage } from "../../api/client";
import { Failed } from "../../shared/Failed";
import { Icon } from "../../shared/Icon";
import { counted, label } from "../../shared/labels";
import { BudgetBlock } from "./BudgetBlock";
import { DaysBlock } from "./DaysBlock";
import { usedOf, useUsage } from "./queries";

export function UsagePage() {
  useDocumentTitle("Usage · Real Staging");
  const found = useUsage();
  return (
    <Stack gap="xl">
      <div>
        <Anchor component={Link} to="/" size="sm" className="way-back">
          <Icon name="back" size={14} /> Projects
        </Anchor>
        <Title order={1}>Usage</Title>
      </div>
      {found.isPending && <Skeleton h={240} radius="lg" />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Figures usage={found.data} />}
    </Stack>
  );
}

function Figures({ usage }: { usage: Usage }) {
  return (
    <>
      <div className="figures">
        <Figure name="Credit" value={usage.available_usd} note={`${label(usage.plan)} plan, $${usage.monthly_grant_usd} a month`} />
        <Figure name="Held" value={usage.held_usd} note="For pictures that are being made" />
        <Figure
          name="Without a result today"
          value={usage.unpaid.day_usd}
          note={`Not charged to you; $${usage.unpaid.day_limit_usd} at most`}
        />
        <Figure name="Spent this month" value={usage.spent_usd} note={counted(usage.stagings, "picture")} />
      </div>
      <BudgetBlock usage={usage} />
      <DaysBlock />
      <Quotas usage={usage} />
      <Projects usage={usage} />
    </>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <section className="room figure" aria-label={name}>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text className="amount">${value}</Text>
      <Text size="sm" c="dimmed">
        {note}
      </Text>
    </section>
  );
}

const QUOTAS: Record<string, string> = {
  storage_bytes: "Files",
  photos: "Photos",
  projects: "Projects",
  uploads: "Uploads not completed",
  stagings_in_flight: "Stagings under way",
  event_streams: "Open pages",
};

/** What the plan lets the account have, and how much of it is used. */
function Quotas({ usage }: { usage: Usage }) {
  return (
    <section className="room figure" aria-label="Limits of your plan">
      <Title order={2} size="h3" mb="sm">
        Limits of your plan
      </Title>
      <Table>
        <Table.Tbody>
          {usage.quotas.map((quota) => (
            <Table.Tr key={quota.name}>
              <Table.Td>{QUOTAS[quota.name] ?? label(quota.name)}</Table.Td>
              <Table.Td ta="right">{usedOf(quota)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Projects({ usage }: { usage: Usage }) {
  if (usage.projects.length === 0)
    return (
      <Text c="dimmed" size="sm">
        Nothing has been charged yet. Only pictures that pass the check of the house are ever charged.
      </Text>
    );
  return (
    <section className="room figure" aria-label="By project">
      <Title order={2} size="h3" mb="sm">
        By project
      </Title>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Project</Table.Th>
            <Table.Th ta="right">Pictures</Table.Th>
            <Table.Th ta="right">Spent</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {usage.projects.map((project) => (
            <Table.Tr key={project.project_id}>
              <Table.Td>{project.project_name}</Table.Td>
              <Table.Td ta="right">{project.stagings}</Table.Td>
              <Table.Td ta="right">${project.spent_usd}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
