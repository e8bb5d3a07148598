import { Button, Skeleton, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { day, minute } from "../../shared/labels";
import { showError } from "../../shared/notify";
import { useSend } from "../../shared/useSend";

type Export = components["schemas"]["Export"];

/** While one is made it is looked at so often, in milliseconds. */
const LOOK_AGAIN_MS = 3000;

const CALLS = {
  account: {
    list: () => unwrap(api.GET("/api/v1/account/exports")),
    make: () => unwrap(api.POST("/api/v1/account/exports")),
    one: (id: string) => unwrap(api.GET("/api/v1/account/exports/{export_id}", { params: { path: { export_id: id } } })),
  },
  me: {
    list: () => unwrap(api.GET("/api/v1/me/exports")),
    make: () => unwrap(api.POST("/api/v1/me/exports")),
    one: (id: string) => unwrap(api.GET("/api/v1/me/exports/{export_id}", { params: { path: { export_id: id } } })),
  },
};

type Props = { of: keyof typeof CALLS; title: string; children: ReactNode };

/** Everything that is kept, asked for and fetched as one ZIP. */
export function ExportsBlock({ of, title, children }: Props) {
  const calls = CALLS[of];
  const queryKey = ["exports", of];
  const cache = useQueryClient();
  const found = useQuery({
    queryKey,
    queryFn: calls.list,
    refetchInterval: ({ state }) => (state.data?.items.some(isMade) ? LOOK_AGAIN_MS : false),
  });
  const items = found.data?.items ?? [];
  const ask = useSend({
    name: `export of ${of}`,
    send: calls.make,
    onSuccess: () => void cache.invalidateQueries({ queryKey }),
  });
  // The link is asked for at each click: one that was read before may have run out.
  const fetched = useSend({
    name: `fetch export of ${of}`,
    send: (id: string) => calls.one(id),
    onSuccess: ({ url }) => (url ? location.assign(url) : showError(new Error("This export is not there any more. Ask for another."))),
  });
  const make = (
    <Button variant="default" disabled={items.some(isMade)} loading={ask.isPending} onClick={() => ask.mutate()}>
      Export
    </Button>
  );
  return (
    <Block title={title} action={make}>
      <Text c="dimmed" mb="sm">
        {children}
      </Text>
      {found.isPending && <Skeleton h={48} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {items.map((item) => (
        <div className="entry" role="group" aria-label={`Export of ${minute(item.created_at)}`} key={item.id}>
          <div className="grow name">
            <Text fw={500}>{minute(item.created_at)}</Text>
            <Text size="sm" c="dimmed">
              {told(item)}
            </Text>
          </div>
          {item.state === "ready" && (
            <Button variant="default" size="compact-md" loading={fetched.isPending} onClick={() => fetched.mutate(item.id)}>
              Download
            </Button>
          )}
        </div>
      ))}
    </Block>
  );
}

function isMade({ state }: Export): boolean {
  return state === "queued" || state === "running";
}

function told({ state, error, size, expires_at: until }: Export): string {
  if (state === "ready") return `${((size ?? 0) / 1e6).toFixed(1)} MB · there until ${day(until)}`;
  return state === "failed" ? (error ?? "It could not be made. Ask for it again.") : "Being packed …";
}
