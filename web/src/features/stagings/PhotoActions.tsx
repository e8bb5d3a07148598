import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { Photo, Staging } from "../../api/client";
import { useStagingActions } from "./actions";
import { DownloadButton } from "./DownloadButton";
import { NewVariant } from "./NewVariant";

type Props = { photo: Photo; staging: Staging | undefined };

/** What can be done next with a photo and its chosen variant. */
export function PhotoActions({ photo, staging }: Props) {
  const [asking, setAsking] = useState(false);
  const { retry, cancel } = useStagingActions(staging?.id ?? "");
  const open = staging?.state === "queued" || staging?.state === "running";
  const over = staging?.state === "failed" || staging?.state === "canceled";
  return (
    <Group gap="xs">
      {staging?.state === "ready" && <DownloadButton staging={staging} />}
      {over && (
        <Button loading={retry.isPending} onClick={() => retry.mutate()}>
          Try again
        </Button>
      )}
      {open && (
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      )}
      <Button variant="default" onClick={() => setAsking(true)}>
        {over ? "Change" : photo.stagings.length ? "More styles" : "Stage"}
      </Button>
      {asking && <NewVariant photo={photo} onClose={() => setAsking(false)} />}
    </Group>
  );
}
