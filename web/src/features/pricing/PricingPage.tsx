import { Group, List, NumberInput, SegmentedControl, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useState, type ReactNode } from "react";
import { Failed } from "../../shared/Failed";
import { counted } from "../../shared/labels";
import { credit, paid } from "../../shared/money";
import { currencies, monthsSaved, seatPrice, useOffers, type Every, type OfferedPack, type OfferedPlan, type Offers, type Wanted } from "./offers";
import "./pricing.css";

type Act = (wanted: Wanted, name: string) => ReactNode;
type Props = {
  /** What can be done here to have something; `name` says what it is. */
  act: Act;
  /** The currency that an account pays in already; null where it may choose. */
  fixed?: string | null;
};

/** What everything costs, for everybody to read. */
export function PricingPage({ act, fixed = null }: Props) {
  useDocumentTitle("Pricing · Real Staging");
  const found = useOffers();
  return (
    <Stack gap="xl">
      <div>
        <Title order={1}>Pricing</Title>
        <Text c="dimmed" maw={640}>
          Our own engine stages for free. The engines of others are paid for with credit: by the month with a plan, or once with a pack.
        </Text>
      </div>
      {found.isPending && <Skeleton h={420} radius="lg" />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Shown offers={found.data} act={act} fixed={fixed} />}
    </Stack>
  );
}

function Shown({ offers, act, fixed }: { offers: Offers; act: Act; fixed: string | null }) {
  const [every, setEvery] = useState<Every>("month");
  const [chosen, setCurrency] = useState(currencies(offers)[0] ?? "usd");
  const currency = fixed ?? chosen;
  return (
    <>
      <Group gap="md">
        <SegmentedControl
          aria-label="Paid"
          data={[
            { value: "month", label: "Monthly" },
            { value: "year", label: "Yearly" },
          ]}
          value={every}
          onChange={(value) => setEvery(value as Every)}
        />
        {fixed === null && (
          <SegmentedControl
            aria-label="Currency"
            data={currencies(offers).map((code) => ({ value: code, label: code.toUpperCase() }))}
            value={currency}
            onChange={setCurrency}
          />
        )}
        <Text size="sm" c="dimmed">
          {offers.tax[currency] === "inclusive" ? "VAT is included." : "Sales tax is added where it is due."}
        </Text>
      </Group>
      <section aria-label="Plans" className="offers">
        {offers.plans.map((plan) => (
          <Plan key={plan.id} plan={plan} every={every} currency={currency} act={act} />
        ))}
      </section>
      <section aria-label="Packs">
        <Title order={2} size="h3">
          Packs
        </Title>
        <Text c="dimmed" mb="md">
          Paid once, on any plan. They never lapse, and are used after what a plan gives.
        </Text>
        <div className="offers">
          {offers.packs.map((pack) => (
            <Pack key={pack.id} pack={pack} currency={currency} act={act} />
          ))}
        </div>
      </section>
      <Promises offers={offers} />
    </>
  );
}

type PlanProps = { plan: OfferedPlan; every: Every; currency: string; act: Act };

function Plan({ plan, every, currency, act }: PlanProps) {
  const [asked, setSeats] = useState<number | string>(plan.least_seats);
  const seats = Math.min(plan.most_seats, Math.max(plan.least_seats, Number(asked) || plan.least_seats));
  const price = seatPrice(plan, every, currency);
  const many = plan.most_seats > 1;
  const saved = monthsSaved(plan, currency);
  return (
    <article className="block offer" aria-label={plan.name}>
      <Title order={2} size="h3">
        {plan.name}
      </Title>
      <Text c="dimmed" size="sm">
        {plan.summary}
      </Text>
      <div>
        <Text className="amount">{price === null ? paid(0, currency) : paid(price * seats, currency)}</Text>
        <Text size="sm" c="dimmed">
          {price === null ? "For as long as you like" : `a ${every}${many ? `: ${seats} seats, ${paid(price, currency)} each` : ""}`}
        </Text>
        {price !== null && every === "year" && saved > 0 && (
          <Text size="sm">{counted(saved, "month")} for free</Text>
        )}
      </div>
      {many && (
        <NumberInput
          label="Seats"
          className="seats"
          min={plan.least_seats}
          max={plan.most_seats}
          clampBehavior="blur"
          allowDecimal={false}
          value={asked}
          onChange={setSeats}
        />
      )}
      <List size="sm" spacing={4}>
        <List.Item>
          <b>{(plan.monthly_stagings * seats).toLocaleString("en")} stagings</b> by paid engines each month
          {many && `, ${plan.monthly_stagings} for each seat`}
        </List.Item>
        <List.Item>Our own engine for free, {held(plan, "stagings_in_flight")} stagings at once</List.Item>
        <List.Item>
          {held(plan, "photos")} photos in {held(plan, "projects")} projects, {gigabytes(plan)} GB of files
        </List.Item>
        <List.Item>{many ? "As many members as seats" : counted(plan.limits.members ?? 1, "member")}</List.Item>
      </List>
      <div className="act">{price !== null && act({ plan: plan.id, term: every, seats, currency }, plan.name)}</div>
    </article>
  );
}

function held(plan: OfferedPlan, what: string): string {
  return (plan.limits[what] ?? 0).toLocaleString("en");
}

function gigabytes({ limits }: OfferedPlan): string {
  return ((limits.storage_bytes ?? 0) / 1e9).toLocaleString("en", { maximumFractionDigits: 0 });
}

type PackProps = { pack: OfferedPack; currency: string; act: Act };

function Pack({ pack, currency, act }: PackProps) {
  const price = pack.amounts_minor[currency] ?? 0;
  return (
    <article className="block offer" aria-label={pack.name}>
      <Title order={3} size="h4">
        {pack.name}
      </Title>
      <div>
        <Text className="amount">{paid(price, currency)}</Text>
        <Text size="sm" c="dimmed">
          once; {paid(Math.round(price / pack.stagings), currency, true)} a staging
        </Text>
      </div>
      <div className="act">{act({ pack: pack.id, currency }, pack.name)}</div>
    </article>
  );
}

/** What a staging takes, what takes nothing, and what is never charged. */
function Promises({ offers }: { offers: Offers }) {
  return (
    <div className="offers">
      <section className="block" aria-label="What a staging costs">
        <Title order={2} size="h4" mb="xs">
          What a staging costs
        </Title>
        <List size="sm" spacing={6}>
          <List.Item>
            By a paid engine: <b>{credit(offers.staging_usd)}</b> of credit for one picture, in any room, style and size.
          </List.Item>
          <List.Item>By our own engine: nothing, on every plan.</List.Item>
          <List.Item>The price is told before you order, and credit is all that can be spent: nothing is charged beyond it.</List.Item>
        </List>
      </section>
      <section className="block" aria-label="What is free">
        <Title order={2} size="h4" mb="xs">
          What is free
        </Title>
        <List size="sm" spacing={6}>
          <List.Item>Uploads, projects, downloads at full size, the proof that the house is unchanged.</List.Item>
          <List.Item>Moving furniture and correcting a room with our own engine.</List.Item>
          <List.Item>Links that others send photos by, and the API.</List.Item>
        </List>
      </section>
      <section className="block" aria-label="What is never charged">
        <Title order={2} size="h4" mb="xs">
          What is never charged
        </Title>
        <List size="sm" spacing={6}>
          <List.Item>A staging that failed, or that you canceled.</List.Item>
          <List.Item>A photo that was refused.</List.Item>
          <List.Item>A picture that did not pass our check that the house is unchanged. You never see one.</List.Item>
        </List>
      </section>
    </div>
  );
}
