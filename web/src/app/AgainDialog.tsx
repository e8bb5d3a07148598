import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { keep } from "../shared/kept";
import { showError } from "../shared/notify";
import { signInAgain } from "./auth";

/** What was asked for is given to nobody but who showed a moment ago who they are. */
export function AgainDialog({ onClose }: { onClose: () => void }) {
  const [leaving, setLeaving] = useState(false);
  const leave = () => {
    setLeaving(true);
    keep();
    signInAgain().catch((error: unknown) => {
      setLeaving(false);
      showError(error);
    });
  };
  return (
    <Modal opened onClose={onClose} title="Sign in once more" centered zIndex={400}>
      <Stack>
        <Text>
          For this, you must have signed in within the last ten minutes. You come back to this page, with what you typed; then do it
          again.
        </Text>
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            Not now
          </Button>
          <Button loading={leaving} onClick={leave} data-autofocus>
            Sign in
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
