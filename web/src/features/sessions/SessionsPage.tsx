import { Button, Skeleton, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { counted, day, minute } from "../../shared/labels";
import { showNotice } from "../../shared/notify";
import { useSend } from "../../shared/useSend";

type Session = components["schemas"]["Session"];

const SESSIONS = { queryKey: ["sessions"], queryFn: () => unwrap(api.GET("/api/v1/me/sessions")) };

/** Where somebody is signed in, and how to end it. */
export function SessionsPage() {
  useDocumentTitle("Sessions · Real Staging");
  const found = useQuery(SESSIONS);
  const cache = useQueryClient();
  const sessions = found.data?.items ?? [];
  const endOthers = useSend({
    name: "end other sessions",
    send: () => unwrap(api.DELETE("/api/v1/me/sessions")),
    onSuccess: ({ ended }) => {
      void cache.invalidateQueries(SESSIONS);
      showNotice(`${counted(ended, "session")} ended.`);
    },
  });
  const others = (
    <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
      End all others
    </Button>
  );
  return (
    <Block title="Sessions" action={sessions.length > 1 && others}>
      <Text c="dimmed" mb="sm">
        Where you are signed in. A session that you don't know: end it, and change your password.
      </Text>
      {found.isPending && <Skeleton h={120} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </Block>
  );
}

function SessionRow({ session }: { session: Session }) {
  const cache = useQueryClient();
  const end = useSend({
    name: `end ${session.id}`,
    send: () => unwrap(api.DELETE("/api/v1/me/sessions/{session_id}", { params: { path: { session_id: session.id } } })),
    onSuccess: () => void cache.invalidateQueries(SESSIONS),
  });
  return (
    <div className="entry" role="group" aria-label={session.device}>
      <div className="grow name">
        <Text fw={500}>
          {session.device} {session.current && <span className="chip">This one</span>}
        </Text>
        <Text size="sm" c="dimmed">
          {session.address} · since {day(session.first_seen)} · last used {minute(session.last_seen)}
        </Text>
      </div>
      {!session.current && (
        <Button
          variant="default"
          size="compact-md"
          loading={end.isPending}
          onClick={() => end.mutate()}
          aria-label={`End ${session.device}`}
        >
          End
        </Button>
      )}
    </div>
  );
}
