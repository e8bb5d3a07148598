import { Alert, Button, Group, Stack, Table, Text } from "@mantine/core";
import { Block } from "../../shared/Block";
import { counted } from "../../shared/labels";
import { credit, paid } from "../../shared/money";
import { useOffers } from "../pricing/offers";
import { useUsage } from "../usage/queries";
import type { Billing } from "./queries";
import { heaps, kindName, lapseTold } from "./told";
import { useCheckout } from "./useCheckout";

/** What is left to stage with: of which kind, and until when. */
export function CreditBlock({ billing }: { billing: Billing }) {
  const owed = Number(billing.available_usd) < 0;
  return (
    <Block title="Credit">
      <Stack gap="sm">
        <div>
          <Text className="amount">{counted(billing.stagings_left, "staging")} left</Text>
          <Text size="sm" c="dimmed">
            {credit(billing.available_usd)} of credit. Our own engine takes none.
          </Text>
        </div>
        {owed && (
          <Alert color="yellow" className="aside">
            A payment was taken back after some of its credit was spent. What you buy or are given next makes up for that first.
          </Alert>
        )}
        <Heaps />
        {billing.payable && <Packs billing={billing} />}
      </Stack>
    </Block>
  );
}

/** What credit is made of, and when it lapses. */
function Heaps() {
  const lots = useUsage().data?.credit ?? [];
  const price = Number(useOffers().data?.staging_usd ?? 0);
  if (lots.length === 0) return null;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>In the order it is used</Table.Th>
          <Table.Th ta="right">Stagings</Table.Th>
          <Table.Th ta="right">Credit</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {heaps(lots).map(({ kind, lapses, dollars }) => (
          <Table.Tr key={`${kind} ${lapses}`}>
            <Table.Td>
              {kindName(kind)}
              <Text size="sm" c="dimmed">
                {lapseTold(lapses)}
              </Text>
            </Table.Td>
            <Table.Td ta="right">{price > 0 && Math.floor(dollars / price + 1e-6)}</Table.Td>
            <Table.Td ta="right">{credit(dollars)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Packs({ billing }: { billing: Billing }) {
  const offers = useOffers().data;
  const { buy, isPending } = useCheckout({ beside: false });
  const currency = billing.currency ?? "usd";
  if (!offers) return null;
  return (
    <Stack gap={4}>
      <Group gap="xs" role="group" aria-label="Packs">
        {offers.packs.map((pack) => (
          <Button key={pack.id} variant="default" disabled={isPending} onClick={() => buy({ pack: pack.id, currency })}>
            {pack.name} for {paid(pack.amounts_minor[currency] ?? 0, currency)}
          </Button>
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        Packs never lapse. {offers.tax[currency] === "exclusive" ? "Tax is added where it is due." : "VAT is included."}
      </Text>
    </Stack>
  );
}
