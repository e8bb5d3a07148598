import { Button, Group, Progress, Select, Stack, Text, Title } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Project, RoomType, Style } from "../../api/client";
import { useCatalog } from "../../shared/catalog";
import { showError } from "../../shared/notify";
import { requestStagings } from "../stagings/actions";
import { MOST_FILES, queued, refusal, sendAll, type Choice, type Item } from "./upload";

/** Drop photos, choose what the rooms are to become, stage them all. */
export function UploadPanel({ project, compact }: { project: Project; compact: boolean }) {
  const [items, setItems] = useState<Item[]>([]);
  const [defaults, setDefaults] = useState<Choice>({ room: "living_room", style: "modern" });
  const change = (key: string, part: Partial<Item>) =>
    setItems((now) => now.map((item) => (item.key === key ? { ...item, ...part } : item)));
  const add = (files: File[]) => {
    const left = items.length + files.length - MOST_FILES;
    if (left > 0) showError(new Error(`At most ${MOST_FILES} photos at once; ${left} were left out.`));
    setItems((now) => [...now, ...queued(files, now)]);
  };
  const stage = useMutation({
    mutationFn: async () => {
      const chosen = items.filter((item) => item.state === "chosen");
      const made = await sendAll(project, chosen, change);
      const wanted = chosen.flatMap((item) => {
        const photo = made.get(item.key);
        const { room, style } = item.choice ?? defaults;
        return photo ? [{ photo_id: photo, room_type: room, styles: [style], engine: "local", wishes: "" }] : [];
      });
      const refusals = wanted.length ? await requestStagings(wanted).catch((error: unknown) => again(made, error)) : [];
      refusals.forEach((reason) => showError(new Error(reason)));
      setItems((now) => now.filter((item) => !made.has(item.key)));
    },
    onError: showError,
  });
  // The photos are there; only asking for their stagings failed, so that is what can be tried again.
  const again = (made: Map<string, string>, error: unknown): never => {
    made.forEach((photoId, key) => change(key, { state: "chosen", photoId }));
    throw error;
  };
  usePaste(add);
  const waiting = items.filter((item) => item.state === "chosen").length;
  return (
    <Stack gap="md">
      <Dropzone
        onDrop={add}
        radius="lg"
        p={compact ? "md" : 48}
        useFsAccessApi={false}
        aria-label="Photos of empty rooms"
      >
        <Stack align="center" gap={4} style={{ pointerEvents: "none" }}>
          <Title order={compact ? 4 : 2} ta="center">
            {compact ? "Add more photos" : "Drop photos of empty rooms here"}
          </Title>
          <Text c="dimmed" size="sm" ta="center">
            Up to 50 at once. JPEG, PNG, WebP or HEIC, up to 50 MB each. Click to choose, or paste.
          </Text>
        </Stack>
      </Dropzone>
      {items.length > 0 && (
        <Stack gap="sm">
          <Group align="end">
            <Choices choice={defaults} onChange={setDefaults} labelled />
            <Button loading={stage.isPending} disabled={waiting === 0} onClick={() => stage.mutate()}>
              Stage {waiting} {waiting === 1 ? "photo" : "photos"}
            </Button>
          </Group>
          {items.map((item) => (
            <Row
              key={item.key}
              item={item}
              defaults={defaults}
              onChoice={(choice) => change(item.key, { choice })}
              onRemove={() => setItems((now) => now.filter((one) => one.key !== item.key))}
              onRetry={() => change(item.key, { state: "chosen", reason: null, sent: 0 })}
            />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

type RowProps = {
  item: Item;
  defaults: Choice;
  onChoice: (choice: Choice) => void;
  onRemove: () => void;
  onRetry: () => void;
};

function Row({ item, defaults, onChoice, onRemove, onRetry }: RowProps) {
  const moving = item.state === "sending" || item.state === "checking";
  return (
    <Group wrap="wrap" justify="space-between" className="room" p="sm">
      <div style={{ flex: "1 1 180px", minWidth: 0 }}>
        <Text truncate fw={500}>
          {item.file.name}
        </Text>
        {item.reason ? (
          <Text size="sm" c="red" role="alert">
            {item.reason}
          </Text>
        ) : (
          <Text size="sm" c="dimmed">
            {item.state === "checking" ? "Checking …" : `${(item.file.size / 2 ** 20).toFixed(1)} MB`}
          </Text>
        )}
        {moving && <Progress mt={6} value={item.sent * 100} aria-label={`${item.file.name} sent`} />}
      </div>
      {item.state === "chosen" && <Choices choice={item.choice ?? defaults} onChange={onChoice} />}
      {item.state === "refused" && refusal(item.file) === null && (
        <Button size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
      {!moving && (
        <Button size="xs" variant="subtle" color="gray" onClick={onRemove} aria-label={`Remove ${item.file.name}`}>
          Remove
        </Button>
      )}
    </Group>
  );
}

type ChoicesProps = { choice: Choice; onChange: (choice: Choice) => void; labelled?: boolean };

function Choices({ choice, onChange, labelled = false }: ChoicesProps) {
  const catalog = useCatalog();
  const common = { allowDeselect: false, w: 170 } as const;
  return (
    <Group gap="xs">
      <Select
        {...common}
        {...(labelled ? { label: "All rooms are a" } : { "aria-label": "Room" })}
        data={catalog.roomsOf("local")}
        value={choice.room}
        onChange={(value) => value && onChange({ ...choice, room: value as RoomType })}
      />
      <Select
        {...common}
        {...(labelled ? { label: "in the style" } : { "aria-label": "Style" })}
        data={catalog.styles}
        value={choice.style}
        onChange={(value) => value && onChange({ ...choice, style: value as Style })}
      />
    </Group>
  );
}

function usePaste(add: (files: File[]) => void): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length) add(files);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  });
}
