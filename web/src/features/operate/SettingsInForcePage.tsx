import { Switch, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { Found } from "./Found";

const TONES = { default: undefined, set: "good", "not set": undefined } as const;

/** Every setting of the process that answers: its value, or whether a secret is set. */
export function SettingsInForcePage() {
  useDocumentTitle("Settings · Operate · Real Staging");
  const [all, setAll] = useState(false);
  const found = useQuery({ queryKey: ["operate", "settings"], queryFn: () => unwrap(api.GET("/api/v1/operator/settings")) });
  return (
    <Block
      title="Settings"
      action={<Switch label="Defaults, too" checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />}
    >
      <Text size="sm" c="dimmed">
        Of the process that answered, as its environment says. Secrets are told by whether they are set, addresses without users and passwords.
      </Text>
      <div className="entries">
        <Found found={found} items={(now) => now.items} nothing="">
          {(now) =>
            now.items
              .filter((one) => all || one.state === "set")
              .map((one) => (
                <section key={one.name} className="entry" aria-label={one.name}>
                  <div className="grow">
                    <Text fw={600} size="sm" className="name">
                      {one.name}
                    </Text>
                    <Text size="sm" className="name">
                      {one.value === null ? "Secret" : one.value === "" ? "Empty" : one.value}
                    </Text>
                  </div>
                  <span className="chip" data-tone={TONES[one.state]}>
                    {one.state === "default" ? "By default" : one.state === "set" ? "Set" : "Not set"}
                  </span>
                </section>
              ))
          }
        </Found>
      </div>
    </Block>
  );
}
