import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FocusBack } from "./FocusBack";

type Props = { title: string; verb: string; busy: boolean; onConfirm: () => void; onClose: () => void; children: ReactNode };

/** Asked before something is deleted for good. */
export function Confirm({ title, verb, busy, onConfirm, onClose, children }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <FocusBack />
      <Stack>
        <Text>{children}</Text>
        <Group justify="end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep
          </Button>
          <Button color="red.8" loading={busy} onClick={onConfirm}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
