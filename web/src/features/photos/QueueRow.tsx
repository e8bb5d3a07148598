import { Button, CloseButton, Group, Progress, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { roomChoices, useCatalog } from "../../shared/catalog";
import { label } from "../../shared/labels";
import { RoomChoice, StyleChips } from "../orders/choices";
import { smallNote } from "./intake";
import { givesWay } from "../orders/notes";
import type { Choice, Task } from "../orders/order";
import { useThumbnail } from "./thumbnails";
import type { Item } from "./upload";

type Props = {
  item: Item;
  choice: Choice;
  task: Task;
  onChoice: (choice: Choice) => void;
  onRemove: () => void;
  onRetry: () => void;
  /** Stage it in spite of what was said of it. */
  onInsist: () => void;
};

/** One chosen file: its picture, what it will become, how far it is. */
export function QueueRow({ item, choice, task, onChoice, onRemove, onRetry, onInsist }: Props) {
  const [choosing, setChoosing] = useState(false);
  const moving = item.state === "sending" || item.state === "checking" || item.state === "looking";
  const waiting = item.state === "chosen";
  const small = smallNote(item.size, useCatalog().limits);
  return (
    <div className="room queued">
      <Group wrap="nowrap" gap="md">
        <Thumbnail file={item.file} />
        <div className="grow">
          <Text truncate fw={500}>
            {item.file.name}
          </Text>
          {item.reason ? (
            <Text size="sm" className="refusal" role="alert">
              {item.reason}
            </Text>
          ) : (
            <Text size="sm" c="dimmed" lineClamp={2}>
              {waiting ? described(choice, task, item) : progress(item)}
            </Text>
          )}
          {moving && <Progress mt={6} value={item.sent * 100} aria-label={`${item.file.name} sent`} />}
        </div>
        {waiting && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={choosing}
            aria-label={`${choosing ? "Done with" : "Change"} ${item.file.name}`}
            onClick={() => setChoosing(!choosing)}
          >
            {choosing ? "Done" : "Change"}
          </Button>
        )}
        {item.state === "refused" && item.retry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
        {item.state !== "asked" && <CloseButton onClick={onRemove} aria-label={`${moving ? "Cancel" : "Remove"} ${item.file.name}`} />}
      </Group>
      {item.state === "noted" && (
        <Group justify="space-between" gap="sm" mt={6} role="status">
          <div className="grow said">
            {item.seen && (
              <Text size="sm" c="dimmed">
                {item.seen}
              </Text>
            )}
            {item.notes.map(({ code, message }) => (
              <Text size="sm" className="note" key={code}>
                {message}
              </Text>
            ))}
          </div>
          {givesWay(item.notes) && (
            <Button size="compact-sm" variant="default" onClick={onInsist} aria-label={`Stage ${item.file.name} anyway`}>
              Stage anyway
            </Button>
          )}
        </Group>
      )}
      {small && (
        <Text size="sm" className="note" mt={6}>
          {small}
        </Text>
      )}
      {waiting && choosing && <OwnChoice choice={choice} task={task} onChoice={onChoice} />}
    </div>
  );
}

type OwnProps = { choice: Choice; task: Task; onChoice: (choice: Choice) => void };

function OwnChoice({ choice, task, onChoice }: OwnProps) {
  const catalog = useCatalog();
  return (
    <Stack gap="sm" pt="md">
      <RoomChoice
        label="Room"
        data={roomChoices(catalog.abilitiesOf(task.engine).room_types)}
        value={choice.room}
        onChange={(room) => onChoice({ ...choice, room })}
      />
      {task.operation === "stage" && (
        <StyleChips value={choice.styles} onChange={(styles) => onChoice({ ...choice, styles })} />
      )}
    </Stack>
  );
}

function Thumbnail({ file }: { file: File }) {
  const address = useThumbnail(file);
  return address ? <img className="thumbnail" src={address} alt="" /> : <div className="thumbnail" />;
}

function described({ room, styles }: Choice, { operation }: Task, { named, choice }: Item): string {
  const by = named && !choice ? " · by its name" : "";
  if (operation !== "stage") return `${label(room)} · ${label(operation)}${by}`;
  return `${label(room)} · ${styles.map(label).join(", ") || "no style chosen"}${by}`;
}

function progress(item: Item): string {
  if (item.state === "checking") return "Checking …";
  if (item.state === "looking") return "Looking at the room …";
  if (item.state === "done") return "Sent; waits for the others.";
  if (item.state === "asked") return "Sent; its pictures are being asked for …";
  if (item.state === "noted") return `In the project; not staged${givesWay(item.notes) ? " yet" : ""}, and nothing is charged.`;
  const megabytes = `${(item.file.size / 2 ** 20).toFixed(1)} MB`;
  return item.state === "sending" ? `${Math.round(item.sent * 100)} % of ${megabytes}` : megabytes;
}
