import { Group, SegmentedControl, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { LONGEST_SEARCH, SEARCH_PAUSE_MS, wantedIn, type Wanted } from "./queries";

/** Which projects are shown: kept in the address, so that the way back leads to the same list. */
export function WantedForm({ wanted }: { wanted: Wanted }) {
  const navigate = useNavigate();
  const [search, setSearch] = useState(wanted.search ?? "");
  const want = (change: Record<string, unknown>) => void navigate({ to: "/", search: wantedIn({ ...wanted, ...change }), replace: true });
  const searched = useDebouncedCallback((text: string) => want({ search: text.trim() }), SEARCH_PAUSE_MS);
  useEffect(() => {
    if (!wanted.search) setSearch("");
  }, [wanted.search]);
  return (
    <Group gap="sm">
      <TextInput
        type="search"
        aria-label="Search projects"
        placeholder="Search"
        maxLength={LONGEST_SEARCH}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          searched(event.currentTarget.value);
        }}
        className="grow search"
      />
      <SegmentedControl
        aria-label="Order"
        data={[
          { value: "newest", label: "Newest" },
          { value: "name", label: "A to Z" },
        ]}
        value={wanted.order ?? "newest"}
        onChange={(order) => want({ order })}
      />
      <SegmentedControl
        aria-label="Which projects"
        data={[
          { value: "active", label: "Active" },
          { value: "archived", label: "Archived" },
        ]}
        value={wanted.archived ? "archived" : "active"}
        onChange={(which) => want({ archived: which === "archived" })}
      />
    </Group>
  );
}
