import { Select } from "@mantine/core";

const TIMES = [
  { value: "7", label: "The last 7 days" },
  { value: "30", label: "The last 30 days" },
  { value: "92", label: "The last three months" },
  { value: "366", label: "The last year" },
];

/** How long operators look back. */
export function TimeSelect({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  return (
    <Select
      label="Time"
      className="choice"
      mb="md"
      data={TIMES}
      value={String(days)}
      allowDeselect={false}
      onChange={(to) => onChange(Number(to ?? days))}
    />
  );
}
