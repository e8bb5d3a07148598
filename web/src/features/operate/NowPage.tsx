import { Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { label, minute } from "../../shared/labels";
import { Found } from "./Found";
import { lasting } from "./lasting";
import { Rows } from "./Rows";

/** Milliseconds after which what waits and runs is asked for again. */
const LIVE_MS = 5000;

/** What waits and runs at this moment, and what the outside says. */
export function NowPage() {
  useDocumentTitle("Operate · Real Staging");
  return (
    <>
      <Queue />
      <Webhooks />
      <Letters />
    </>
  );
}

function Queue() {
  const found = useQuery({ queryKey: ["operate", "queue"], queryFn: () => unwrap(api.GET("/api/v1/operator/queue")), refetchInterval: LIVE_MS });
  return (
    <Block title="Queue">
      <Found found={found} items={(now) => now.lanes} nothing="Nothing waits and nothing runs.">
        {(now) => (
          <Rows
            name="Lanes"
            heads={["Lane", "Waiting", "Oldest", "Running", "Silent", "Later"]}
            rows={now.lanes.map((one) => [one.lane === "cpu" ? "CPU" : label(one.lane), one.waiting, one.waiting ? lasting(one.oldest_seconds) : "—", one.running, one.silent, one.later])}
          />
        )}
      </Found>
      {found.data && found.data.dead > 0 && <Text mt="sm">{found.data.dead} given up: see Stagings.</Text>}
    </Block>
  );
}

function Webhooks() {
  const found = useQuery({ queryKey: ["operate", "webhooks"], queryFn: () => unwrap(api.GET("/api/v1/operator/webhooks")) });
  return (
    <>
      <Block title="Webhooks out that fail">
        <Found found={found} items={(told) => told.failing} nothing="Every address takes what it is told.">
          {(told) => (
            <Rows
              name="Failing addresses"
              heads={["Account", "Host", "Failures", "Waiting", "Since"]}
              rows={told.failing.map((one) => [one.account, one.host, one.failures, one.waiting, one.failing_since ? minute(one.failing_since) : "disabled"])}
            />
          )}
        </Found>
      </Block>
      <Block title="Webhooks in">
        <Found found={found} items={(told) => told.incoming} nothing="No provider has told us anything lately.">
          {(told) => (
            <Rows
              name="Notices"
              heads={["Id", "Received", "Handled"]}
              rows={told.incoming.map((one) => [one.id, minute(one.received_at), one.handled_at ? minute(one.handled_at) : "not yet"])}
            />
          )}
        </Found>
      </Block>
    </>
  );
}

function Letters() {
  const found = useQuery({ queryKey: ["operate", "letters"], queryFn: () => unwrap(api.GET("/api/v1/operator/letters")) });
  return (
    <Block title="Letters">
      <Found found={found} items={(letters) => letters.items} nothing="No letters yet.">
        {(letters) => (
          <Rows
            name="Letters"
            heads={["Kind", "State", "Tries", "Asked for", "Why"]}
            rows={letters.items.map((one) => [label(one.kind), label(one.state), one.tries, minute(one.created_at), one.reason ?? ""])}
          />
        )}
      </Found>
    </Block>
  );
}
