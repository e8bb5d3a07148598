import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import type { Photo, Project } from "../../api/client";
import { counted } from "../../shared/labels";
import { useMay } from "../../shared/me";
import { DownloadAll } from "../archives/DownloadAll";
import { DeleteChosen } from "./DeleteChosen";
import { MoveChosen } from "./MoveChosen";
import { StageChosen } from "./StageChosen";

type Props = {
  project: Project;
  photos: Photo[];
  chosen: Photo[];
  onChoose: (photos: Photo[]) => void;
  /** Something was done with these. */
  onDone: (photos: Photo[]) => void;
};

/** What is done with photos, and those that were chosen when it was begun: they may be gone from the page before the answer comes. */
type Dialog = { kind: "stage" | "move" | "delete"; photos: Photo[] };

/** What can be done with the photos that were chosen, at the foot of the page. */
export function ChosenBar({ project, photos, chosen, onChoose, onDone }: Props) {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const begin = (kind: Dialog["kind"]) => setDialog({ kind, photos: chosen });
  const close = () => setDialog(null);
  const leftOf = (photos: Photo[]) => {
    // What was asked for is not asked for again by who begins anew.
    onChoose(photos);
    close();
  };
  const done = (photos: Photo[]) => () => {
    onDone(photos);
    // Another may have been begun before the answer to this one came.
    setDialog((now) => (now?.photos === photos ? null : now));
  };
  const may = useMay();
  const ready = chosen.flatMap((photo) => photo.stagings).filter((staging) => staging.state === "ready");
  const all = chosen.length === photos.length;
  const none = chosen.length === 0;
  return (
    <div className="chosen-bar" role="region" aria-label="Chosen photos">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600} role="status">
            {none ? "Choose photos" : `${counted(chosen.length, "photo")} chosen`}
          </Text>
          <Button variant="subtle" size="compact-md" onClick={() => onChoose(all ? [] : photos)}>
            {all ? "None" : `All ${photos.length}`}
          </Button>
        </Group>
        <Group gap="xs">
          {may("stage") && (
            <Button disabled={none} onClick={() => begin("stage")}>
              Stage
            </Button>
          )}
          <DownloadAll
            projectId={project.id}
            ready={ready.map((staging) => staging.id)}
            some
            verb="Download"
          />
          {may("edit") && (
            <>
              <Button variant="default" disabled={none} onClick={() => begin("move")}>
                Move
              </Button>
              <Button variant="default" disabled={none} onClick={() => begin("delete")}>
                Delete
              </Button>
            </>
          )}
        </Group>
      </Group>
      {dialog?.kind === "stage" && <StageChosen photos={dialog.photos} onStaged={done(dialog.photos)} onClose={leftOf} />}
      {dialog?.kind === "move" && <MoveChosen from={project} photos={dialog.photos} onMoved={done(dialog.photos)} onClose={close} />}
      {dialog?.kind === "delete" && <DeleteChosen photos={dialog.photos} onDeleted={done(dialog.photos)} onClose={close} />}
    </div>
  );
}
