import { Alert, Button, Checkbox, Group, Modal, NumberInput, SegmentedControl, Select, Skeleton, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { api, Problem, unwrap } from "../../api/client";
import { day } from "../../shared/labels";
import { paid } from "../../shared/money";
import { useOffers, type Every } from "../pricing/offers";
import { useChange, type PaidPlan, type PlanChoice, type Preview } from "./queries";

/** What is chosen so far; `agreed`: to who loses access by it. */
export type Draft = { plan: string; term: Every; seats: number; agreed: boolean };
type Props = { now: PaidPlan; draft: Draft; onDraft: (draft: Draft) => void; onClose: () => void };

/** Seats are typed digit by digit; what they would cost is asked once that rests, in milliseconds. */
const REST_MS = 300;

/** Another plan, term or number of seats: what it does is said before it is done. */
export function ChangePlan({ now, draft, onDraft, onClose }: Props) {
  const offers = useOffers().data;
  const sold = offers?.plans.filter(({ terms }) => terms.length > 0) ?? [];
  const plan = sold.find(({ id }) => id === draft.plan);
  const many = plan !== undefined && plan.most_seats > 1;
  const choose = (part: Partial<Draft>) => {
    const next = { ...draft, ...part, agreed: false };
    const of = sold.find(({ id }) => id === next.plan);
    onDraft({ ...next, seats: of ? Math.min(of.most_seats, Math.max(of.least_seats, next.seats)) : next.seats });
  };
  const choice: PlanChoice = { plan: draft.plan, term: draft.term, seats: draft.seats };
  const same = now.plan === choice.plan && now.term === choice.term && now.seats === choice.seats;
  const [rested] = useDebouncedValue(choice, REST_MS);
  const preview = usePreview(rested, !same || now.next !== null);
  const current = JSON.stringify(rested) === JSON.stringify(choice) ? preview.data : undefined;
  const change = useChange(
    "change plan",
    (wanted: Draft) =>
      unwrap(
        api.PUT("/api/v1/billing/subscription", {
          body: { plan: wanted.plan, term: wanted.term, seats: wanted.seats, losing_access: wanted.agreed },
        }),
      ),
    onClose,
  );
  return (
    <Modal opened onClose={onClose} title="Change plan" centered size="lg">
      <Stack>
        <Group align="end" gap="sm">
          <Select
            label="Plan"
            className="field"
            data={sold.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.plan}
            allowDeselect={false}
            onChange={(id) => id && choose({ plan: id })}
          />
          <SegmentedControl
            aria-label="Paid"
            data={[
              { value: "month", label: "Monthly" },
              { value: "year", label: "Yearly" },
            ]}
            value={draft.term}
            onChange={(term) => choose({ term: term as Every })}
          />
          {many && (
            <NumberInput
              label="Seats"
              w={120}
              min={plan.least_seats}
              max={plan.most_seats}
              clampBehavior="blur"
              allowDecimal={false}
              value={draft.seats}
              onChange={(seats) => onDraft({ ...draft, seats: Number(seats) || plan.least_seats, agreed: false })}
            />
          )}
        </Group>
        {same && now.next === null ? (
          <Text size="sm" c="dimmed">
            This is what you have now.
          </Text>
        ) : (
          <Effect preview={current} error={preview.error} agreed={draft.agreed} onAgree={(agreed) => onDraft({ ...draft, agreed })} />
        )}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            Keep
          </Button>
          <Button
            disabled={!current || (current.losing_access.length > 0 && !draft.agreed)}
            loading={change.isPending}
            onClick={() => change.mutate(draft)}
          >
            {current?.when === "now" ? `Pay ${paid(current.due_minor, current.currency, true)} and change` : "Change"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function usePreview(choice: PlanChoice, enabled: boolean) {
  return useQuery({
    queryKey: ["preview", choice],
    queryFn: () => unwrap(api.POST("/api/v1/billing/subscription/preview", { body: choice })),
    enabled,
    staleTime: 0,
    gcTime: 0,
    retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.status >= 500),
  });
}

type EffectProps = { preview: Preview | undefined; error: Error | null; agreed: boolean; onAgree: (agreed: boolean) => void };

/** What is charged, from when on, and who loses access. */
function Effect({ preview, error, agreed, onAgree }: EffectProps) {
  if (error)
    return (
      <Alert color="yellow" className="aside" role="alert">
        {error.message}
      </Alert>
    );
  if (!preview) return <Skeleton h={48} aria-busy />;
  const names = preview.losing_access.map(({ name, email }) => name || email);
  return (
    <Stack gap="xs" role="status">
      <Text size="sm">
        {preview.when === "now"
          ? `You have it at once. ${paid(preview.due_minor, preview.currency, true)} is charged now, tax included: the difference for what is left of the time you paid for.`
          : `Nothing is charged now. It is so from ${day(preview.at)}, when what you paid for is over.`}
      </Text>
      {names.length > 0 && (
        <Checkbox
          checked={agreed}
          onChange={(event) => onAgree(event.currentTarget.checked)}
          label={`There is no seat for ${names.join(", ")}: they lose access then, until there is one again.`}
        />
      )}
    </Stack>
  );
}
