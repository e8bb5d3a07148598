import { Button, Stack, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { Block } from "../../shared/Block";
import { useDraft } from "../../shared/draft";
import { useChangeProfile, type Profile } from "./queries";

const LONGEST_NAME = 120;
const LONGEST_PHONE = 30;
const FIELDS = ["name", "company", "phone"];

/** Who somebody is. */
export function PersonBlock({ profile }: { profile: Profile }) {
  const kept = { name: profile.name, company: profile.company ?? "", phone: profile.phone ?? "" };
  const [{ name, company, phone }, set] = useDraft(kept);
  const change = useChangeProfile(FIELDS);
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ name: name.trim(), company: company.trim() || null, phone: phone.trim() || null });
  };
  return (
    <Block title="You">
      <form onSubmit={save}>
        <Stack gap="sm" align="start">
          <TextInput
            label="Name"
            value={name}
            error={change.wrong.name}
            maxLength={LONGEST_NAME}
            onChange={(event) => set({ name: event.currentTarget.value })}
            w="min(100%, 420px)"
          />
          <TextInput
            label="Company"
            value={company}
            error={change.wrong.company}
            maxLength={LONGEST_NAME}
            onChange={(event) => set({ company: event.currentTarget.value })}
            w="min(100%, 420px)"
          />
          <TextInput
            label="Phone"
            type="tel"
            value={phone}
            error={change.wrong.phone}
            maxLength={LONGEST_PHONE}
            onChange={(event) => set({ phone: event.currentTarget.value })}
            w="min(100%, 420px)"
          />
          <TextInput
            label="E-mail"
            description="It is your sign-in's, and changed there."
            value={profile.email}
            readOnly
            w="min(100%, 420px)"
          />
          <Button type="submit" disabled={!name.trim()} loading={change.isPending}>
            Save
          </Button>
        </Stack>
      </form>
    </Block>
  );
}
