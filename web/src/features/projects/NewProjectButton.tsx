import { Button } from "@mantine/core";
import { Icon } from "../../shared/Icon";

export function NewProjectButton({ onClick }: { onClick: () => void }) {
  return (
    <Button leftSection={<Icon name="plus" />} onClick={onClick}>
      New project
    </Button>
  );
}
