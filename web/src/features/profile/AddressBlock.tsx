import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { Block } from "../../shared/Block";
import { useDraft } from "../../shared/draft";
import { addressOf, EMPTY, missing, type Line } from "./address";
import { countries } from "./countries";
import { useChangeProfile, type Profile } from "./queries";

const LONGEST_LINE = 120;
const LINES: { name: Line; label: string; complete: string }[] = [
  { name: "line1", label: "Street and number", complete: "billing address-line1" },
  { name: "line2", label: "Second line", complete: "billing address-line2" },
  { name: "postal_code", label: "Postal code", complete: "billing postal-code" },
  { name: "city", label: "City", complete: "billing address-level2" },
  { name: "region", label: "State or region", complete: "billing address-level1" },
];
const COUNTRIES = countries();
const FIELDS = [...LINES.map(({ name }) => fieldOf(name)), fieldOf("country")];

function fieldOf(name: Line): string {
  return `billing_address.${name}`;
}

/** Where invoices go: a whole address, or none. */
export function AddressBlock({ address }: { address: Profile["billing_address"] }) {
  const [lines, set] = useDraft({ ...EMPTY, ...address });
  const [told, setTold] = useState(false);
  const change = useChangeProfile(FIELDS);
  const lacking = missing(lines);
  const problem = (name: Line) => (told && lacking.includes(name) && "An address needs this.") || change.wrong[fieldOf(name)];
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (lacking.length === 0) change.mutate({ billing_address: addressOf(lines) });
  };
  return (
    <Block title="Billing address">
      <form onSubmit={save} noValidate>
        <Stack gap="sm" align="start">
          {LINES.map(({ name, label, complete }) => (
            <TextInput
              key={name}
              label={label}
              autoComplete={complete}
              maxLength={LONGEST_LINE}
              value={lines[name] ?? ""}
              error={problem(name)}
              onChange={(event) => set({ [name]: event.currentTarget.value })}
              w="min(100%, 420px)"
            />
          ))}
          <Select
            label="Country"
            autoComplete="billing country"
            searchable
            clearable
            openOnFocus={false}
            data={COUNTRIES}
            value={lines.country}
            error={problem("country")}
            onChange={(country) => set({ country })}
            w="min(100%, 420px)"
          />
          <Group gap="xs">
            <Button type="submit" loading={change.isPending}>
              Save address
            </Button>
            <Button variant="default" onClick={() => set(EMPTY)}>
              Clear
            </Button>
          </Group>
        </Stack>
      </form>
    </Block>
  );
}
