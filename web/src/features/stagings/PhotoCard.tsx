import { Alert, Button, Checkbox, Group, Loader, Stack, Text, Title } from "@mantine/core";
import { memo, Suspense, useState } from "react";
import type { Photo, Staging } from "../../api/client";
import { useCatalog } from "../../shared/catalog";
import { label } from "../../shared/labels";
import { Linked } from "../../shared/Linked";
import { useMay } from "../../shared/me";
import { showError } from "../../shared/notify";
import { told } from "../orders/prediction";
import type { Edit, Editors } from "./edit";
import { FidelityBadge } from "./FidelityBadge";
import { PhotoActions } from "./PhotoActions";
import { PhotoMenu } from "./PhotoMenu";
import { Picture } from "./Picture";
import { variantNames } from "./variants";

const UNLOADED = "This part of the page can't be loaded now. Check your connection and try again.";

type Props = {
  photo: Photo;
  editors: Editors;
  /** Whether it is on the screen before anybody scrolls. */
  first: boolean;
  /** Whether it is among several that are being chosen; null while none are. */
  chosen: boolean | null;
  onChoose: (photoId: string) => void;
  onEnlarge: (stagingId: string) => void;
  onExamine: (stagingId: string) => void;
};

/** One photo with its variants: the chosen one large, the others to choose from. */
export const PhotoCard = memo(function PhotoCard({ photo, editors, first, chosen: among, onChoose, onEnlarge, onExamine }: Props) {
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [editing, setEditing] = useState<{ edit: Edit; staging: Staging } | null>(null);
  const chosen = photo.stagings.find((staging) => staging.id === chosenId) ?? photo.stagings.at(-1);
  const edit = (kind: Edit) => {
    if (!chosen) return;
    editors[kind].load().then(
      () => setEditing({ edit: kind, staging: chosen }),
      () => showError(new Error(UNLOADED)),
    );
  };
  const close = () => setEditing(null);
  const Editor = editing && editors[editing.edit].Editor;
  // The new variant is the last, which is shown where none was chosen.
  const showNewest = () => {
    setChosenId(null);
    close();
  };
  return (
    <section className="room" aria-label={photo.name} data-chosen={among ?? undefined}>
      {among !== null && (
        <label className="pick">
          <Checkbox checked={among} aria-label={`Choose ${photo.name}`} onChange={() => onChoose(photo.id)} />
        </label>
      )}
      <Picture photo={photo} staging={chosen} first={first} onEnlarge={() => chosen && onEnlarge(chosen.id)} />
      <Stack p="md" gap={4}>
        <Group justify="space-between" wrap="nowrap">
          <Title order={3} className="name">
            {photo.name}
          </Title>
          <PhotoMenu photo={photo} staging={chosen} onEdit={edit} />
        </Group>
        <Text size="sm" c="dimmed">
          {photo.width} × {photo.height}
          {photo.sent_by && ` · sent by ${photo.sent_by}`}
          {chosen && ` · ${label(chosen.room_type)}, ${label(chosen.style ?? chosen.operation)}`}
        </Text>
        {photo.prediction && (
          <Text size="sm" c="dimmed" className="seen">
            {told(photo.prediction)}
          </Text>
        )}
        {photo.prediction?.refused && !chosen && (
          <Text size="sm" className="note">
            {photo.prediction.reasons[0]}
          </Text>
        )}
        <Group justify="space-between" mt="xs" gap="xs">
          {chosen?.fidelity ? <FidelityBadge fidelity={chosen.fidelity} onOpen={() => onExamine(chosen.id)} /> : <span />}
          <PhotoActions photo={photo} staging={chosen} onEdit={edit} onAsked={() => setChosenId(null)} />
        </Group>
      </Stack>
      {chosen && chosen.warnings.length > 0 && <Doubts staging={chosen} onCorrect={() => edit("room")} />}
      <Variants photo={photo} chosen={chosen} onChoose={setChosenId} />
      <Suspense fallback={null}>
        {Editor && <Editor photo={photo} staging={editing.staging} onStaged={showNewest} onClose={close} />}
      </Suspense>
    </section>
  );
});

/** What to look at before the picture is used, and the way to put it right. */
function Doubts({ staging, onCorrect }: { staging: Staging; onCorrect: () => void }) {
  const { abilitiesOf } = useCatalog();
  const may = useMay();
  return (
    <Alert color="yellow" className="aside" mx="md" mb="md">
      <Stack gap="xs" align="start">
        {staging.warnings.map((warning) => (
          <Text size="sm" key={warning}>
            {warning}
          </Text>
        ))}
        {may("stage") && abilitiesOf(staging.engine).plans && (
          <Button size="compact-sm" variant="default" onClick={onCorrect}>
            Correct the room
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

type VariantsProps = { photo: Photo; chosen: Staging | undefined; onChoose: (id: string) => void };

function Variants({ photo, chosen, onChoose }: VariantsProps) {
  if (photo.stagings.length < 2) return null;
  const names = variantNames(photo.stagings);
  return (
    <div className="variants">
      {photo.stagings.map((staging) => (
        <button
          key={staging.id}
          type="button"
          className="variant"
          aria-pressed={staging.id === chosen?.id}
          onClick={() => onChoose(staging.id)}
        >
          <VariantPicture staging={staging} />
          <span>{names.get(staging.id)}</span>
        </button>
      ))}
    </div>
  );
}

function VariantPicture({ staging }: { staging: Staging }) {
  if (staging.urls) return <Linked src={staging.urls.thumb} alt="" loading="lazy" />;
  const over = ["failed", "canceled", "withdrawn"].includes(staging.state);
  return <div className="waiting">{over ? "–" : <Loader size="xs" />}</div>;
}
