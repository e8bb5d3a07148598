import { Badge, Button, Group, Text, TextInput } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { day } from "../../shared/labels";
import { Found } from "./Found";

/** People found by name or address. That somebody looked is put down, so it is done by a button and not while typing. */
export function PeoplePage() {
  useDocumentTitle("People · Operate · Real Staging");
  const [words, setWords] = useState("");
  const [search, setSearch] = useState("");
  const found = useQuery({
    queryKey: ["operate", "people", search],
    queryFn: () => unwrap(api.GET("/api/v1/operator/people", { params: { query: { search } } })),
    enabled: search !== "",
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSearch(words.trim());
  };
  return (
    <Block title="People">
      <form onSubmit={submit}>
        <Group align="end" gap="sm">
          <TextInput
            className="grow"
            label="Name, address or id"
            description="That you looked is put down."
            value={words}
            minLength={3}
            maxLength={120}
            required
            type="search"
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          <Button type="submit">Find</Button>
        </Group>
      </form>
      <div className="entries">
        {search !== "" && (
          <Found found={found} items={(people) => people.items} nothing="Nobody is called so.">
            {(people) =>
              people.items.map((one) => (
                <section key={one.id} className="entry" aria-label={one.name}>
                  <div className="grow">
                    <Text fw={600} className="name">
                      {one.name}
                    </Text>
                    <Text size="sm" className="name">
                      {one.email} {!one.email_verified && <Badge color="gray.7">Not confirmed</Badge>}
                    </Text>
                    <Text size="sm" c="dimmed" className="name">
                      {one.accounts.map((account) => `${account.account} (${account.role})`).join(", ") || "In no account"}; since {day(one.created_at)}
                    </Text>
                  </div>
                </section>
              ))
            }
          </Found>
        )}
      </div>
    </Block>
  );
}
