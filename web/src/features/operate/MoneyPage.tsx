import { Button, Group, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { saveAs } from "../../shared/files";
import { Icon } from "../../shared/Icon";
import { counted, label } from "../../shared/labels";
import { credit } from "../../shared/money";
import { useSend } from "../../shared/useSend";
import { Found } from "./Found";
import { Rows } from "./Rows";
import { shortModel } from "./shortModel";
import { TimeSelect } from "./TimeSelect";

type Costs = components["schemas"]["Costs"];

/** What customers were charged, what providers took, and what is left of it. */
export function MoneyPage() {
  useDocumentTitle("Money · Operate · Real Staging");
  const [days, setDays] = useState(30);
  const found = useQuery({
    queryKey: ["operate", "costs", days],
    queryFn: () => unwrap(api.GET("/api/v1/operator/costs", { params: { query: { days } } })),
  });
  return (
    <Block title="Costs and margins" action={<File days={days} />}>
      <TimeSelect days={days} onChange={setDays} />
      <Found found={found} items={(costs) => costs.items} nothing="Nothing was charged and nothing was paid in this time.">
        {(costs) => (
          <>
            <Sums total={costs.total} />
            <Rows
              name="Costs and margins by day"
              heads={["Day", "Model", "Charged", "Given back", "Provider took", "Left", "Without pay", "Pictures", "Asked", "Passed"]}
              rows={costs.items.map((one) => [
                shortDay(one.day),
                one.model ? shortModel(one.model) : label(one.engine),
                credit(one.charged_usd),
                credit(one.credited_back_usd),
                credit(one.cost_usd),
                credit(one.margin_usd),
                credit(one.unpaid_usd),
                one.charged,
                one.asked,
                one.passed,
              ])}
            />
            <Text size="sm" c="dimmed" mt="sm">
              Days are those of UTC. Charged is credit at list price, whoever gave it. Without pay is what providers took for pictures that nobody paid for in
              the end.
            </Text>
          </>
        )}
      </Found>
    </Block>
  );
}

/** A day of UTC, wherever it is read. */
function shortDay(date: string): string {
  return new Date(date).toLocaleDateString("en", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
}

function Sums({ total }: { total: Costs }) {
  const sums: [string, string, string][] = [
    ["Charged", credit(total.charged_usd), counted(total.charged, "picture")],
    ["Given back", credit(total.credited_back_usd), "to customers"],
    ["Providers took", credit(total.cost_usd), `${credit(total.unpaid_usd)} of it without pay`],
    ["Left", credit(total.margin_usd), "charged, less both"],
  ];
  return (
    <div className="figures small">
      {sums.map(([name, amount, more]) => (
        <div key={name}>
          <Text size="sm">{name}</Text>
          <Text className="amount">{amount}</Text>
          <Text size="sm" c="dimmed">
            {more}
          </Text>
        </div>
      ))}
    </div>
  );
}

function File({ days }: { days: number }) {
  const save = useSend({
    name: "costs file",
    send: async (wanted: number) => {
      const query = { params: { query: { days: wanted } }, parseAs: "blob" } as const;
      return (await unwrap(api.GET("/api/v1/operator/costs.csv", query))) as unknown as Blob;
    },
    onSuccess: (file, wanted) => saveAs(file, `costs-${wanted}-days.csv`),
  });
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<Icon name="download" />} loading={save.isPending} onClick={() => save.mutate(days)}>
        CSV
      </Button>
    </Group>
  );
}
