import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { useKept } from "../../shared/kept";
import { day } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { useOffers } from "../pricing/offers";
import { ChangePlan, type Draft } from "./ChangePlan";
import { EndPlan } from "./EndPlan";
import { PausePlan } from "./PausePlan";
import { useChange, type Billing, type PaidPlan } from "./queries";
import { nextInvoiceTold, planHeading, planName, planTold } from "./told";

/** The plan, what happens to it next, and what can be done with it. */
export function PlanBlock({ billing }: { billing: Billing }) {
  const offers = useOffers().data;
  const { subscription } = billing;
  const next = nextInvoiceTold(billing, offers);
  const limit = offers?.plans.find(({ id }) => id === billing.plan);
  const most = limit && limit.most_seats > 1 ? billing.seats : limit?.limits.members;
  return (
    <Block title="Plan" action={<Portal billing={billing} />}>
      <Stack gap="sm">
        <Text fw={600} fz="lg">
          {planHeading(offers, billing)}
        </Text>
        <Text size="sm">{planTold(billing, offers)}</Text>
        {subscription?.next && (
          <Text size="sm">
            From {day(subscription.next.at)}: {planName(offers, subscription.next)}.
          </Text>
        )}
        {next && <Text size="sm">Next invoice: {next}.</Text>}
        {most !== undefined && (
          <Text size="sm" c="dimmed">
            {billing.seats_used} of {most} seats taken, by{" "}
            <Anchor component={Link} to="/settings/office" inherit underline="always">
              members and open invitations
            </Anchor>
            .
          </Text>
        )}
        {!billing.payable && (
          <Text size="sm" c="dimmed">
            Nothing can be bought here: this is a test account, or the service has no way to be paid.
          </Text>
        )}
        {subscription ? <Changes subscription={subscription} /> : <SeePlans payable={billing.payable} />}
      </Stack>
    </Block>
  );
}

function SeePlans({ payable }: { payable: boolean }) {
  return (
    <Group>
      <Button component={Link} to="/pricing" variant={payable ? "filled" : "default"}>
        See plans
      </Button>
    </Group>
  );
}

type Asked = "end" | "pause";

function Changes({ subscription }: { subscription: PaidPlan }) {
  const { state, next } = subscription;
  const [draft, setDraft] = useKept<Draft | null>("plan change", null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const resume = useChange("resume plan", () => unwrap(api.POST("/api/v1/billing/subscription/resume")));
  const stops = state === "canceling" || state === "paused";
  const { plan, term, seats } = subscription;
  return (
    <Group gap="xs">
      {(stops || next) && (
        <Button loading={resume.isPending} onClick={() => resume.mutate()}>
          {stops ? "Go on with the plan" : "Stay as it is"}
        </Button>
      )}
      {state !== "paused" && (
        <Button variant="default" onClick={() => setDraft({ plan, term, seats, agreed: false })}>
          Change plan
        </Button>
      )}
      {state === "active" && term === "month" && (
        <Button variant="default" onClick={() => setAsked("pause")}>
          Pause
        </Button>
      )}
      {state !== "canceling" && (
        <Button variant="default" onClick={() => setAsked("end")}>
          Cancel plan
        </Button>
      )}
      {draft && <ChangePlan now={subscription} draft={draft} onDraft={setDraft} onClose={() => setDraft(null)} />}
      {asked === "end" && <EndPlan subscription={subscription} onClose={() => setAsked(null)} />}
      {asked === "pause" && <PausePlan subscription={subscription} onClose={() => setAsked(null)} />}
    </Group>
  );
}

/** At Stripe: what we never see ourselves. */
function Portal({ billing: { payable, currency } }: { billing: Billing }) {
  const open = useSend({
    name: "portal",
    send: () => unwrap(api.POST("/api/v1/billing/portal")),
    onSuccess: ({ url }) => location.assign(url),
  });
  if (!payable || currency === null) return null;
  return (
    <Button variant="default" loading={open.isPending} onClick={() => open.mutate()}>
      Cards and addresses
    </Button>
  );
}
