import { Anchor, Button, Group, NumberInput, Progress, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { api, unwrap, type Usage } from "../../api/client";
import { Failed } from "../../shared/Failed";
import { Icon } from "../../shared/Icon";
import { counted, label } from "../../shared/labels";
import { useMay } from "../../shared/me";
import { useSend } from "../../shared/useSend";
import { USAGE, usedOf, useUsage } from "./queries";

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
      {found.isSuccess && <Figures usage={found.data} />}
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
      <Budget usage={usage} />
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

/** What may be spent in a month, and how much of it is. */
function Budget({ usage }: { usage: Usage }) {
  const limit = usage.monthly_budget_usd === null ? null : Number(usage.monthly_budget_usd);
  const [wanted, setWanted] = useState<number | string>(limit ?? "");
  const cache = useQueryClient();
  const may = useMay();
  const save = useSend({
    name: "budget",
    send: (amount: string | null) => unwrap(api.PUT("/api/v1/usage/budget", { body: { monthly_usd: amount } })),
    onSuccess: (now) => cache.setQueryData(USAGE, now),
  });
  const committed = Number(usage.spent_usd) + Number(usage.held_usd);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(wanted === "" ? null : Number(wanted).toFixed(2));
  };
  return (
    <section className="room figure" aria-label="Monthly budget">
      <Stack gap="sm">
        <Title order={2} size="h3">Monthly budget</Title>
        <Text size="sm" c="dimmed">
          {limit === null
            ? "No limit but your credit."
            : `$${committed.toFixed(2)} of $${limit.toFixed(2)} is spent or held. What would exceed it is refused; you are told at 80 %.`}
        </Text>
        {limit !== null && <Progress value={limit ? (100 * committed) / limit : 100} aria-label="Share of the budget" />}
        {may("settings") && (
          <form onSubmit={submit}>
            <Group align="end" gap="sm">
              <NumberInput
                label="Spend at most, a month"
                placeholder="No limit"
                min={0}
                decimalScale={2}
                fixedDecimalScale
                prefix="$"
                value={wanted}
                onChange={setWanted}
                className="choice"
              />
              <Button type="submit" variant="default" loading={save.isPending}>
                Save
              </Button>
            </Group>
          </form>
        )}
      </Stack>
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
