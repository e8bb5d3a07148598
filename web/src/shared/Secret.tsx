import { Button, CopyButton, Group, Modal, Stack, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { FocusBack } from "./FocusBack";

type Props = { title: string; label?: string; secret: string; says: string; onClose: () => void };

/** A secret that is shown this once; closed by its button alone, so that no slip loses it. */
export function Secret({ title, label = "Secret", secret, says, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} centered size="lg" closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false}>
      <FocusBack />
      <Stack>
        <Text>{says} It is shown now and never again.</Text>
        <Group gap="xs" align="end">
          <TextInput
            className="grow secret"
            label={label}
            value={secret}
            readOnly
            spellCheck={false}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <>
                <Button variant="default" onClick={copy} data-autofocus>
                  {copied ? "Copied" : "Copy"}
                </Button>
                <VisuallyHidden role="status">{copied ? "Copied" : ""}</VisuallyHidden>
              </>
            )}
          </CopyButton>
        </Group>
        <Group justify="end">
          <Button onClick={onClose}>I have kept it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
