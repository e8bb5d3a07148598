import { Button, Group, Modal, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Staging } from "../../api/client";
import { useStagingActions, type Reason } from "./actions";

const REASONS: [Reason, string][] = [
  ["house_changed", "The house was changed"],
  ["furniture_floats", "Furniture floats or stands wrong"],
  ["wrong_style", "It is the wrong style"],
  ["other", "Something else"],
];

/** A paid picture is given back: asked with its reason, since the picture is gone then. */
export function GiveBack({ staging, onClose }: { staging: Staging; onClose: () => void }) {
  const [reason, setReason] = useState<Reason | null>(null);
  const [words, setWords] = useState("");
  const { giveBack } = useStagingActions(staging.id);
  const ready = reason !== null && (reason !== "other" || words.trim() !== "");
  return (
    <Modal opened onClose={onClose} title="Give this picture back?" centered>
      <Stack>
        <Text size="sm">You get its price back as credit. The picture is withdrawn: nobody can download it any more, nor a ZIP with it.</Text>
        <Radio.Group label="What is wrong with it?" value={reason} onChange={(value) => setReason(value as Reason)}>
          <Stack gap="xs" mt="xs">
            {REASONS.map(([value, name]) => (
              <Radio key={value} value={value} label={name} />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label={reason === "other" ? "Say what is wrong" : "Say more, if you like"}
          maxLength={500}
          autosize
          minRows={2}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            Keep
          </Button>
          <Button
            color="red.8"
            disabled={!ready}
            loading={giveBack.isPending}
            onClick={() => reason && giveBack.mutate({ reason, words: words.trim() }, { onSuccess: onClose })}
          >
            Give back
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
