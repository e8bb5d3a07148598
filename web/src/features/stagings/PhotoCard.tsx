import { Alert, Button, Group, Loader, Modal, Progress, Select, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap, type Photo, type RoomType, type Staging, type Style } from "../../api/client";
import { label, stepLabel } from "../../shared/labels";
import { showError } from "../../shared/notify";
import { useCatalog } from "../../shared/catalog";
import { requestStagings, useStagingActions } from "./actions";
import { Compare } from "./Compare";

/** One photo with its variants: the chosen one large, the others to choose from. */
export function PhotoCard({ photo }: { photo: Photo }) {
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = photo.stagings.find((staging) => staging.id === chosenId) ?? photo.stagings.at(-1);
  return (
    <section className="room" aria-label={photo.name}>
      <Picture photo={photo} staging={chosen} />
      <Group justify="space-between" px="md" pt="md">
        <div>
          <Title order={3}>{photo.name}</Title>
          <Text size="sm" c="dimmed">
            {photo.width} × {photo.height}
            {chosen && ` · ${label(chosen.room_type)}, ${label(chosen.style ?? chosen.operation)}`}
            {chosen?.untouched_share != null && ` · ${Math.round(chosen.untouched_share * 100)} % of the photo untouched`}
          </Text>
        </div>
        <Actions photo={photo} staging={chosen} />
      </Group>
      {chosen?.warnings.map((warning) => (
        <Alert key={warning} color="yellow" mx="md" mt="sm">
          {warning}
        </Alert>
      ))}
      <Variants photo={photo} chosen={chosen} onChoose={setChosenId} />
    </section>
  );
}

function Picture({ photo, staging }: { photo: Photo; staging: Staging | undefined }) {
  const [large, setLarge] = useState(false);
  const ratio = photo.width / photo.height;
  if (!staging?.urls)
    return (
      <div style={{ position: "relative" }}>
        <img src={photo.urls.web} alt={photo.name} style={{ display: "block", width: "100%", aspectRatio: ratio }} />
        {staging && <Waiting staging={staging} />}
      </div>
    );
  const compare = <Compare before={photo.urls.web} after={staging.urls.web} ratio={ratio} name={photo.name} />;
  return (
    <div style={{ position: "relative" }}>
      {compare}
      <Button
        variant="white"
        size="compact-sm"
        onClick={() => setLarge(true)}
        style={{ position: "absolute", top: 12, right: 12 }}
      >
        Enlarge
      </Button>
      <Modal opened={large} onClose={() => setLarge(false)} fullScreen title={photo.name} padding="sm">
        <div style={{ maxWidth: `calc((100dvh - 90px) * ${ratio})`, margin: "0 auto" }}>{compare}</div>
      </Modal>
    </div>
  );
}

function Waiting({ staging }: { staging: Staging }) {
  if (staging.state === "failed" || staging.state === "canceled")
    return (
      <Alert
        color={staging.state === "failed" ? "red" : "gray"}
        title={staging.state === "failed" ? "Not staged" : "Canceled"}
        style={{ position: "absolute", insetInline: 16, bottom: 16 }}
      >
        {staging.error?.message ?? "You canceled this staging."}
      </Alert>
    );
  return (
    <Stack
      gap={6}
      p="md"
      style={{ position: "absolute", insetInline: 0, bottom: 0, background: "rgb(0 0 0 / 60%)", color: "#fff" }}
      role="status"
    >
      <Text size="sm">{stepLabel(staging.step)} …</Text>
      <Progress value={Math.max(4, staging.progress * 100)} animated aria-label="Progress" />
    </Stack>
  );
}

function Actions({ photo, staging }: { photo: Photo; staging: Staging | undefined }) {
  const [asking, setAsking] = useState(false);
  const actions = useStagingActions(staging?.id ?? "");
  const removePhoto = useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/photos/{photo_id}", { params: { path: { photo_id: photo.id } } })),
    onError: showError,
  });
  const open = staging?.state === "queued" || staging?.state === "running";
  const over = staging?.state === "failed" || staging?.state === "canceled";
  return (
    <Group gap="xs">
      {staging?.state === "ready" && (
        <Button loading={actions.download.isPending} onClick={() => actions.download.mutate()}>
          Download
        </Button>
      )}
      {over && <Button onClick={() => actions.retry.mutate()}>Try again</Button>}
      {open && (
        <Button variant="default" onClick={() => actions.cancel.mutate()}>
          Cancel
        </Button>
      )}
      <Button variant="default" onClick={() => setAsking(true)}>
        {photo.stagings.length ? "Another variant" : "Stage"}
      </Button>
      {staging && !open && (
        <Button variant="subtle" color="red" onClick={() => actions.remove.mutate()}>
          Delete variant
        </Button>
      )}
      {!staging && (
        <Button variant="subtle" color="red" loading={removePhoto.isPending} onClick={() => removePhoto.mutate()}>
          Delete photo
        </Button>
      )}
      {asking && <NewVariant photo={photo} onClose={() => setAsking(false)} />}
    </Group>
  );
}

function NewVariant({ photo, onClose }: { photo: Photo; onClose: () => void }) {
  const last = photo.stagings.at(-1);
  const catalog = useCatalog();
  const [room, setRoom] = useState<RoomType>((last?.room_type as RoomType | undefined) ?? "living_room");
  const [style, setStyle] = useState<Style>((last?.style as Style | undefined) ?? "modern");
  const [engine, setEngine] = useState(last?.engine ?? catalog.engines[0]?.value ?? "local");
  const request = useMutation({
    mutationFn: () =>
      requestStagings([
        { photo_id: photo.id, room_type: room, styles: [style], engine, wishes: "", seed: Math.floor(Math.random() * 2 ** 31) },
      ]),
    onSuccess: ([refusal]) => (refusal ? showError(new Error(refusal)) : onClose()),
    onError: showError,
  });
  return (
    <Modal opened onClose={onClose} title="Another variant" centered>
      <Stack>
        <Select label="Room" data={catalog.roomsOf(engine)} value={room} onChange={(value) => value && setRoom(value as RoomType)} allowDeselect={false} />
        <Select label="Style" data={catalog.styles} value={style} onChange={(value) => value && setStyle(value as Style)} allowDeselect={false} />
        {catalog.engines.length > 1 && (
          <Select label="Engine" data={catalog.engines} value={engine} onChange={(value) => value && setEngine(value)} allowDeselect={false} />
        )}
        <Button loading={request.isPending} onClick={() => request.mutate()}>
          Stage
        </Button>
      </Stack>
    </Modal>
  );
}

function Variants({ photo, chosen, onChoose }: { photo: Photo; chosen: Staging | undefined; onChoose: (id: string) => void }) {
  if (photo.stagings.length < 2) return <div style={{ height: 16 }} />;
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
          {staging.urls ? (
            <img src={staging.urls.thumb} alt="" loading="lazy" />
          ) : (
            <div className="waiting">{staging.state === "failed" || staging.state === "canceled" ? "–" : <Loader size="xs" />}</div>
          )}
          <span>{label(staging.style ?? staging.operation)}</span>
        </button>
      ))}
    </div>
  );
}
