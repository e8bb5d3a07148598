import { Anchor, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { label } from "../../shared/labels";
import { Found } from "./Found";
import { lasting } from "./lasting";
import { Rows } from "./Rows";

type Caller = components["schemas"]["LimitedCaller"];

/** Milliseconds after which it is asked again who is limited. */
const LIVE_MS = 5000;

/** How many requests may come, and who has come too often just now. */
export function LimitsPage() {
  useDocumentTitle("Rate limits · Operate · Real Staging");
  const found = useQuery({ queryKey: ["operate", "limits"], queryFn: () => unwrap(api.GET("/api/v1/operator/rate-limits")), refetchInterval: LIVE_MS });
  return (
    <>
      <Block title="Limited at this moment">
        <Found found={found} items={(now) => now.limited} nothing="Nobody is.">
          {(now) => (
            <Rows
              name="Callers who are limited"
              heads={["Who", "Of what", "Again in"]}
              rows={now.limited.map((one) => [<Who key={one.who} caller={one} />, kind(one.cost), lasting(one.wait_seconds)])}
            />
          )}
        </Found>
        {found.data && !found.data.complete && (
          <Text mt="sm" size="sm">
            There are more callers than were looked at.
          </Text>
        )}
      </Block>
      <Block title="Limits in force">
        <Found found={found} items={(now) => now.limits} nothing="">
          {(now) => (
            <Rows
              name="Limits"
              heads={["Requests", "For each", "At most", "Setting"]}
              rows={now.limits.map((one) => [kind(one.cost), label(one.per), `${one.most.toLocaleString("en")} in ${seconds(one.window_seconds)}`, one.setting])}
            />
          )}
        </Found>
      </Block>
    </>
  );
}

function Who({ caller }: { caller: Caller }) {
  if (!caller.account_id) return `${label(caller.per)} ${caller.who}`;
  return (
    <Anchor component={Link} to="/operate/stagings" search={{ account: caller.account_id } as never} underline="always" inherit>
      Account {caller.who}
    </Anchor>
  );
}

/** "upload-link" is "Upload link". */
function kind(cost: string): string {
  return label(cost.replaceAll("-", "_"));
}

function seconds(count: number): string {
  const [amount, unit] = count % 3600 === 0 ? [count / 3600, "hour"] : count % 60 === 0 ? [count / 60, "minute"] : [count, "second"];
  return amount === 1 ? `a${unit === "hour" ? "n" : ""} ${unit}` : `${amount} ${unit}s`;
}
