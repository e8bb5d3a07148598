import { Button, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Photo, RoomType, Staging, Style } from "../../api/client";
import { useCatalog, type Operation } from "../../shared/catalog";
import { counted } from "../../shared/labels";
import { showError } from "../../shared/notify";
import { useSend } from "../../shared/useSend";
import { Cost } from "../orders/Cost";
import { givesWay, inTheWay } from "../orders/notes";
import { asked, picturesOf, type Choice, type Task } from "../orders/order";
import { foreseen, told } from "../orders/prediction";
import { requestStagings } from "../orders/request";
import { TaskForm } from "../orders/TaskForm";
import { useStarting } from "../orders/useStarting";
import { roomOf } from "./corrected";

type Props = { photo: Photo; onAsked: () => void; onClose: () => void };

/** More pictures of a photo: each in a style, all with a new arrangement. */
export function NewVariant({ photo, onAsked, onClose }: Props) {
  const last = photo.stagings.at(-1);
  // Drawn once, so that a request that is sent again asks for the same.
  const [seed] = useState(() => Math.floor(Math.random() * 2 ** 31));
  const first = useStarting();
  const [task, setTask] = useState<Task>({
    engine: last?.engine ?? first.task.engine,
    operation: (last?.operation as Operation | undefined) ?? "stage",
    instructions: last?.instructions ?? "",
  });
  const [choice, setChoice] = useState<Choice>({
    room: (last?.room_type as RoomType | undefined) ?? photo.suggested_room_type ?? first.all.room,
    styles: firstStyles(last, first.all.styles),
  });
  const { plans } = useCatalog().abilitiesOf(task.engine);
  const known = roomOf(photo.stagings, plans);
  const count = picturesOf(choice, task);
  const corrected = "corrections" in known;
  const reads = plans && task.operation === "stage" && !corrected;
  const notes = [...inTheWay(photo.notes), ...(reads ? foreseen(photo.prediction, choice.room) : [])];
  const wanted = { ...asked(photo.id, choice, task), ...known, seed, ...(notes.length > 0 && { insist: true }) };
  const request = useSend({
    name: `stage ${photo.id}`,
    send: () => requestStagings([wanted]),
    onSuccess: ([refusal]) => {
      if (refusal) return showError(new Error(refusal));
      onAsked();
      onClose();
    },
  });
  const change = (nextTask: Task, nextChoice: Choice) => {
    setTask(nextTask);
    setChoice(nextChoice);
  };
  return (
    <Modal opened onClose={onClose} title={`New picture of ${photo.name}`} centered size="lg">
      <Stack>
        <TaskForm task={task} choice={choice} onChange={change} />
        {photo.prediction && (
          <Text size="sm" c="dimmed">
            {told(photo.prediction)}
          </Text>
        )}
        {notes.map(({ code, message }) => (
          <Text size="sm" className="note" role="status" key={code}>
            {message}
          </Text>
        ))}
        <Button
          disabled={count === 0 || !givesWay(notes)}
          loading={request.isPending}
          onClick={() => request.mutate()}
        >
          {count ? `Make ${counted(count, "picture")}${notes.length > 0 ? " anyway" : ""}` : "Choose a style"}
        </Button>
        {count > 0 && <Cost task={task} choice={choice} pictures={count} items={[wanted]} onChange={change} />}
      </Stack>
    </Modal>
  );
}

/** What failed is to be changed; where there is a result already, other styles are wanted. */
function firstStyles(last: Staging | undefined, liked: Style[]): Style[] {
  if (!last) return liked;
  const over = last.state === "failed" || last.state === "canceled";
  return over && last.style ? [last.style as Style] : [];
}
