import { Stack, Text } from "@mantine/core";
import type { NewStaging } from "../../api/client";
import { useCatalog } from "../../shared/catalog";
import { Paywall } from "../billing/Paywall";
import { useMoney } from "../usage/queries";
import { costs, inTheWayOf, leaves, quoted, total, type Purse } from "./bill";
import { fitting, within, type Choice, type Task } from "./order";
import { useQuote } from "./useQuote";

type Props = {
  task: Task;
  choice: Choice;
  /** How many are made. */
  pictures: number;
  /** What would be asked for, where its photos are there already: then the service says what it would answer. */
  items?: NewStaging[];
  /** None where the order can't be changed any more. */
  onChange?: (task: Task, choice: Choice) => void;
};

const UNKNOWN: Purse = { credit: Infinity, budgetLeft: null, ownLeft: null, stopped: null };

/** What an order costs before it is ordered; and where it can't be paid, the ways out. */
export function Cost({ task, choice, pictures, items = [], onChange }: Props) {
  const money = useMoney();
  const free = useFreeEngine(choice);
  const bill = { pictures, price: money?.priceOf(task.engine) ?? 0 };
  const quote = useQuote(items, bill.price);
  const { purse, refused } = quote ? quoted(money ?? UNKNOWN, quote) : { purse: money ?? UNKNOWN, refused: null };
  const way = inTheWayOf(bill, purse, refused);
  const stageFree = () => {
    if (free) onChange?.(within({ ...task, engine: free.engine }, free.abilities), fitting(choice, free.abilities));
  };
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {costs(bill)}
        {bill.price > 0 && ", charged only for pictures that pass the check"}
      </Text>
      {bill.price > 0 && !way && money && (
        <Text size="sm" c="dimmed">
          {leaves(bill, purse)}
          {free && ` The engine ${free.label} is free.`}
        </Text>
      )}
      {way && (
        <Paywall
          way={way}
          price={bill.price}
          sum={total(bill)}
          pictures={pictures}
          free={free && onChange && task.operation === "stage" ? { label: free.label, onChoose: stageFree } : null}
        />
      )}
    </Stack>
  );
}

/** An engine that costs nothing and stages the chosen room; null where there is none, or none of which it is known. */
function useFreeEngine({ room }: Choice) {
  const money = useMoney();
  const { engines, abilitiesOf } = useCatalog();
  if (!money) return null;
  const found = engines.find(({ value }) => money.priceOf(value) === 0 && abilitiesOf(value).room_types.includes(room));
  return found ? { engine: found.value, label: found.label, abilities: abilitiesOf(found.value) } : null;
}
