import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { FocusBack } from "./FocusBack";

type Props = {
  title: string;
  verb: string;
  /** What leaves everything as it is. */
  keep?: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** Asked before something is lost for good. */
export function Confirm({ title, verb, keep = "Keep", busy, onConfirm, onClose, children }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <FocusBack />
      <Stack>
        <Text>{children}</Text>
        <Group justify="end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {keep}
          </Button>
          <Button color="red.8" loading={busy} onClick={onConfirm}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
