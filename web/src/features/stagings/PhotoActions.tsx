import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { Photo, Staging } from "../../api/client";
import { useCatalog } from "../../shared/catalog";
import { useMay } from "../../shared/me";
import { useStagingActions } from "./actions";
import { DownloadButton } from "./DownloadButton";
import { NewVariant } from "./NewVariant";
import type { Edit } from "./edit";

type Props = { photo: Photo; staging: Staging | undefined; onEdit: (edit: Edit) => void; onAsked: () => void };

/** What can be done next with a photo and its chosen variant. */
export function PhotoActions({ photo, staging, onEdit, onAsked }: Props) {
  const may = useMay();
  return (
    <Group gap="xs" className="actions">
      {staging?.state === "ready" && <DownloadButton staging={staging} />}
      {may("stage") && <StageActions {...{ photo, staging, onEdit, onAsked }} />}
    </Group>
  );
}

/** Of these, what makes pictures. */
function StageActions({ photo, staging, onEdit, onAsked }: Props) {
  const [asking, setAsking] = useState(false);
  const { retry, cancel } = useStagingActions(staging?.id ?? "");
  const { abilitiesOf } = useCatalog();
  const plans = staging !== undefined && abilitiesOf(staging.engine).plans;
  const open = staging?.state === "queued" || staging?.state === "running";
  const over = staging?.state === "failed" || staging?.state === "canceled";
  return (
    <>
      {staging?.state === "failed" && plans && <Button onClick={() => onEdit("room")}>Correct the room</Button>}
      {over && (
        <Button
          variant={plans && staging?.state === "failed" ? "default" : "filled"}
          loading={retry.isPending}
          onClick={() => retry.mutate()}
        >
          Try again
        </Button>
      )}
      {staging?.state === "ready" && plans && (
        <Button variant="default" onClick={() => onEdit("furniture")}>
          Move furniture
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
      {asking && <NewVariant photo={photo} onAsked={onAsked} onClose={() => setAsking(false)} />}
    </>
  );
}
