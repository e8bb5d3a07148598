import { Button, Group, Select, Skeleton, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { saveAs } from "../../shared/files";
import { Icon } from "../../shared/Icon";
import { counted } from "../../shared/labels";
import { credit } from "../../shared/money";
import { useSend } from "../../shared/useSend";
import { dayName, daysOf, monthName, monthsBefore, type Day, type Line } from "./days";
import { DAYS } from "./queries";
import "./usage.css";

const MONTHS = 13;
/** Pages of lines that are read for the graph; the file has all. */
const MOST_PAGES = 10;

/** What was spent on each day of a month: as a graph, and as a table for who would rather read. */
export function DaysBlock() {
  const [months] = useState(() => monthsBefore(new Date(), MONTHS));
  const [month, setMonth] = useState(months[0] ?? "");
  const found = useDays(month);
  return (
    <Block title="Day by day" action={<File month={month} />}>
      <Select
        label="Month"
        className="choice"
        data={months.map((one) => ({ value: one, label: monthName(one) }))}
        value={month}
        allowDeselect={false}
        onChange={(chosen) => chosen && setMonth(chosen)}
        mb="md"
      />
      {found.isPending && <Skeleton h={160} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Days month={month} days={daysOf(month, found.data)} />}
    </Block>
  );
}

function useDays(month: string) {
  return useQuery({ queryKey: [...DAYS, month], queryFn: () => lines(month) });
}

async function lines(month: string): Promise<Line[]> {
  const all: Line[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, more } = await unwrap(api.GET("/api/v1/usage/days", { params: { query: { month, page } } }));
    all.push(...items);
    if (!more) break;
  }
  return all;
}

function Days({ month, days }: { month: string; days: Day[] }) {
  const busy = days.filter((day) => day.stagings > 0 || day.givenBack > 0);
  const stagings = busy.reduce((sum, day) => sum + day.stagings, 0);
  const dollars = busy.reduce((sum, day) => sum + day.dollars, 0);
  if (busy.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing was charged in {monthName(month)}. What our own engine makes costs nothing and is not counted here.
      </Text>
    );
  return (
    <>
      <Bars days={days} told={`${counted(stagings, "staging")} charged in ${monthName(month)}, ${credit(dollars)}`} />
      <Text size="sm" mb="sm">
        {counted(stagings, "staging")} charged, {credit(dollars)} of credit.
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Day (UTC)</Table.Th>
            <Table.Th ta="right">Charged</Table.Th>
            <Table.Th ta="right">Given back</Table.Th>
            <Table.Th ta="right">Credit</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {busy.map((day) => (
            <Table.Tr key={day.day}>
              <Table.Td>{dayName(day.day)}</Table.Td>
              <Table.Td ta="right">{day.stagings}</Table.Td>
              <Table.Td ta="right">{day.givenBack}</Table.Td>
              <Table.Td ta="right">{credit(day.dollars)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

const HEIGHT = 100;

/** One bar for each day; what they say is in the table below, too. */
function Bars({ days, told }: { days: Day[]; told: string }) {
  const most = Math.max(...days.map((day) => day.dollars), 0.01);
  return (
    <svg className="bars" viewBox={`0 0 ${days.length * 10} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={told}>
      {days.map(({ day, dollars }, place) => {
        const height = dollars > 0 ? Math.max(2, (dollars / most) * HEIGHT) : 1;
        return <rect key={day} data-empty={dollars === 0} x={place * 10 + 1} y={HEIGHT - height} width={8} height={height} />;
      })}
    </svg>
  );
}

/** The month's stagings one by one, as a file. */
function File({ month }: { month: string }) {
  const save = useSend({
    name: "usage file",
    send: async (wanted: string) => {
      const query = { params: { query: { month: wanted } }, parseAs: "blob" } as const;
      return (await unwrap(api.GET("/api/v1/usage.csv", query))) as unknown as Blob;
    },
    onSuccess: (file, wanted) => saveAs(file, `usage-${wanted}.csv`),
  });
  return (
    <Group gap="xs">
      <Button variant="default" leftSection={<Icon name="download" />} loading={save.isPending} onClick={() => save.mutate(month)}>
        CSV
      </Button>
    </Group>
  );
}
