import { Anchor, Button, Group, Select, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { saveAs } from "../../shared/files";
import { Icon } from "../../shared/Icon";
import { label, minute } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { ACTIONS } from "./actions";
import { deviceOf } from "./device";
import { asked, auditWantedIn, type Wanted } from "./wanted";

type Entry = components["schemas"]["AuditEntry"];

/** Who did what to what in the account, from where. */
export function AuditPage() {
  useDocumentTitle("Audit trail · Real Staging");
  const wanted = auditWantedIn(useSearch({ strict: false }));
  const found = useAudit(wanted);
  const entries = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Block title="Audit trail" action={<Files wanted={wanted} />}>
      <Stack gap="md">
        <WantedForm wanted={wanted} who={entries[0]?.who.name ?? null} />
        {found.isPending && <Skeleton h={240} />}
        {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
        {found.data && entries.length === 0 && <NoneFound />}
        <div>
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} wanted={wanted} />
          ))}
        </div>
        {found.hasNextPage && (
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        )}
      </Stack>
    </Block>
  );
}

function useAudit(wanted: Wanted) {
  return useInfiniteQuery({
    queryKey: ["audit", wanted],
    queryFn: ({ pageParam }) =>
      unwrap(api.GET("/api/v1/audit", { params: { query: { ...asked(wanted), ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 0,
  });
}

/** Kept in the address, so that a finding can be shown to somebody else. */
function WantedForm({ wanted, who }: { wanted: Wanted; who: string | null }) {
  const navigate = useNavigate();
  const want = (change: Record<string, unknown>) =>
    void navigate({ to: "/settings/audit", search: auditWantedIn({ ...wanted, ...change }), replace: true });
  return (
    <Group gap="sm" align="end">
      <Select
        label="What"
        placeholder="Everything"
        className="field"
        data={ACTIONS.map((action) => ({ value: action, label: actionLabel(action) }))}
        value={wanted.action ?? null}
        searchable
        clearable
        onChange={(action) => want({ action })}
      />
      <TextInput label="From" type="date" value={wanted.since ?? ""} onChange={(event) => want({ since: event.currentTarget.value })} />
      <TextInput label="To" type="date" value={wanted.until ?? ""} onChange={(event) => want({ until: event.currentTarget.value })} />
      {wanted.person && (
        <Button variant="default" onClick={() => want({ person: undefined })} rightSection={<Icon name="close" size={14} />}>
          {who ? `Only ${who}` : "Only one person"}
        </Button>
      )}
    </Group>
  );
}

function Row({ entry, wanted }: { entry: Entry; wanted: Wanted }) {
  const { who } = entry;
  const details = Object.entries(entry.details as Record<string, unknown>).filter(([, value]) => value !== null && value !== "");
  return (
    <article className="entry" aria-label={actionLabel(entry.action)}>
      <div className="grow name">
        <Text fw={500}>{actionLabel(entry.action)}</Text>
        <Text size="sm" c="dimmed">
          {details.map(([name, value]) => `${label(name)}: ${Array.isArray(value) ? value.join(", ") : String(value)}`).join(" · ")}
        </Text>
      </div>
      <div className="said by name">
        <Text size="sm">
          {who.id && who.kind === "person" ? (
            <Anchor component={Link} to="/settings/audit" search={{ ...wanted, person: who.id } as never} underline="always" inherit>
              {who.name}
            </Anchor>
          ) : (
            who.name
          )}
        </Text>
        <Text size="sm" c="dimmed">
          {[minute(entry.created_at), deviceOf(entry.device), entry.address].filter(Boolean).join(" · ")}
        </Text>
      </div>
    </article>
  );
}

function NoneFound() {
  return (
    <Group gap="sm" role="status">
      <Text c="dimmed">Nothing was done that fits this.</Text>
      <Button variant="default" component={Link} to="/settings/audit">
        See everything
      </Button>
    </Group>
  );
}

const FILES = { csv: "/api/v1/audit.csv", jsonl: "/api/v1/audit.jsonl" } as const;

/** The same entries as a file. */
function Files({ wanted }: { wanted: Wanted }) {
  const save = useSend({
    name: "audit file",
    send: async (form: keyof typeof FILES) => {
      const query = { params: { query: asked(wanted) }, parseAs: "blob" } as const;
      return { form, file: (await unwrap(api.GET(FILES[form], query))) as unknown as Blob };
    },
    onSuccess: ({ form, file }) => saveAs(file, `audit-trail.${form}`),
  });
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<Icon name="download" />} loading={save.isPending} onClick={() => save.mutate("csv")}>
        CSV
      </Button>
      <Button variant="default" leftSection={<Icon name="download" />} loading={save.isPending} onClick={() => save.mutate("jsonl")}>
        JSON
      </Button>
    </Group>
  );
}

/** `member.role_changed` is "Member role changed". */
function actionLabel(action: string): string {
  return label(action.replace(".", "_"));
}
