import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, unwrap } from "../../api/client";
import { counted, day } from "../../shared/labels";
import { useChange, type PaidPlan } from "./queries";

const LENGTHS = [1, 2, 3, 4, 5, 6];

/** The plan rests for some months once what is paid for is over. */
export function PausePlan({ subscription, onClose }: { subscription: PaidPlan; onClose: () => void }) {
  const [months, setMonths] = useState(1);
  const pause = useChange(
    "pause plan",
    (length: number) => unwrap(api.POST("/api/v1/billing/subscription/pause", { body: { months: length } })),
    onClose,
  );
  return (
    <Modal opened onClose={onClose} title="Pause the plan" centered>
      <Stack>
        <Text>
          From {day(subscription.period_end)} nothing is charged and the account is on the free plan. After the months that you choose the plan
          goes on by itself, and is charged again. You can end the pause at any time.
        </Text>
        <Select
          label="For how long"
          className="choice"
          data={LENGTHS.map((length) => ({ value: String(length), label: counted(length, "month") }))}
          value={String(months)}
          allowDeselect={false}
          onChange={(length) => length && setMonths(Number(length))}
        />
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            Keep
          </Button>
          <Button loading={pause.isPending} onClick={() => pause.mutate(months)}>
            Pause
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
