import { Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { counted, label, minute } from "../../shared/labels";
import { bytes } from "./bytes";
import { Found } from "./Found";
import { Rows } from "./Rows";

type Storage = components["schemas"]["StorageNow"];

/** What is kept of whom, whether files and rows agree, and what is set aside. */
export function StoragePage() {
  useDocumentTitle("Storage · Operate · Real Staging");
  const found = useQuery({ queryKey: ["operate", "storage"], queryFn: () => unwrap(api.GET("/api/v1/operator/storage")) });
  return (
    <>
      <Block title="What is kept">
        <Found found={found} items={(now) => now.kinds} nothing="Nothing is kept yet.">
          {(now) => <Rows name="By kind" heads={["Kind", "How many", "Size"]} rows={now.kinds.map((one) => [label(one.kind), one.count, bytes(one.bytes)])} />}
        </Found>
      </Block>
      <Block title="Files and rows">
        <Found found={found} items={(now) => [now]} nothing="">
          {(now) => (
            <>
              <Inventory inventory={now.inventory} />
              <Text mt="xs">{quarantine(now)}</Text>
            </>
          )}
        </Found>
      </Block>
      <Block title="Who keeps most">
        <Found found={found} items={(now) => now.accounts} nothing="Nobody keeps anything yet.">
          {(now) => (
            <Rows
              name="By account"
              heads={["Account", "Photos", "Results", "Together"]}
              rows={now.accounts.map((one) => [one.account, bytes(one.originals), bytes(one.results), bytes(one.originals + one.results)])}
            />
          )}
        </Found>
      </Block>
    </>
  );
}

function Inventory({ inventory }: { inventory: Storage["inventory"] }) {
  if (inventory === null) {
    return (
      <Text>
        Files and the database were not held against each other yet. <code>realstaging operate storage check</code> does it.
      </Text>
    );
  }
  const wrong = inventory.no_row + inventory.no_file;
  return (
    <>
      <Text>
        {minute(inventory.done_at)}: {wrong === 0 ? "every file had its row, and every row its files." : `${counted(wrong, "thing")} did not agree, ${inventory.mended} of them put right.`}
      </Text>
      {wrong > 0 && (
        <Text c="dimmed" size="sm">
          {counted(inventory.no_row, "file")} without a row ({bytes(inventory.no_row_bytes)}), {counted(inventory.no_file, "file")} of rows not there.
        </Text>
      )}
    </>
  );
}

function quarantine({ quarantine: aside }: Storage): string {
  if (aside === null) return "The storage did not say in time what is set aside.";
  if (aside.files === 0) return "Nothing is set aside in quarantine.";
  return `${aside.more ? "More than " : ""}${counted(aside.files, "file")} set aside in quarantine, ${bytes(aside.bytes)}. Each goes after seven days.`;
}
