import { day } from "../../shared/labels";
import type { Endpoint } from "./queries";

const DISABLED: Record<NonNullable<Endpoint["disabled_reason"]>, string> = {
  asked: "Off",
  gone: "Off: it answered that it is gone",
  failing: "Off: it failed for days",
};

/** Whether an endpoint is told anything, and whether it answers. */
export function EndpointState({ endpoint }: { endpoint: Endpoint }) {
  if (!endpoint.enabled) return <span className="chip">{DISABLED[endpoint.disabled_reason ?? "asked"]}</span>;
  if (endpoint.failing_since)
    return (
      <span className="chip" data-tone="bad">
        Failing since {day(endpoint.failing_since)}
      </span>
    );
  return (
    <span className="chip" data-tone="good">
      On
    </span>
  );
}
