import { Button, Fieldset, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Photo } from "../../api/client";
import { counted } from "../../shared/labels";
import { showNotice } from "../../shared/notify";
import { useSend } from "../../shared/useSend";
import { Cost } from "../orders/Cost";
import { inTurns, NOTHING_ASKED, notAsked, ordered } from "../orders/many";
import { pictures, requested, type Choice, type Order, type Task } from "../orders/order";
import { requestStagings } from "../orders/request";
import { TaskForm } from "../orders/TaskForm";
import { useStarting } from "../orders/useStarting";

/** `onClose` is given the photos for which nothing was asked; it is called while nothing is being asked. */
type Props = { photos: Photo[]; onStaged: () => void; onClose: (left: Photo[]) => void };

/** The same task for several photos; each becomes the room that it seems to be, where that is known. */
export function StageChosen({ photos, onStaged, onClose }: Props) {
  const first = useStarting();
  const [changed, setOrder] = useState<Order | null>(null);
  const order = changed ?? first;
  const { task, all } = order;
  const [progress, setProgress] = useState(NOTHING_ASKED);
  const items = ordered(photos);
  const count = pictures(items.slice(progress.asked), order);
  const named = photos.filter((photo) => photo.suggested_room_type).length;
  const wanted = requested(items, new Map(photos.map(({ id }) => [id, id])), order);
  const change = (nextTask: Task, nextChoice: Choice) => setOrder({ task: nextTask, all: nextChoice });
  const request = useSend({
    name: "stage chosen photos",
    send: () => {
      setOrder(order);
      return inTurns(wanted, requestStagings, progress, setProgress);
    },
    onSuccess: ({ asked, refused }) => {
      if (refused.length > 0) showNotice(`${counted(refused.length, "photo")} of ${asked} not staged: ${refused[0]}`);
      onStaged();
    },
  });
  const frozen = request.isPending || progress.asked > 0;
  // While it is asked for, nobody knows yet what is left.
  const close = () => !request.isPending && onClose(notAsked(photos, wanted, progress));
  return (
    <Modal
      opened
      onClose={close}
      title={`Stage ${counted(photos.length, "photo")}`}
      withCloseButton={!request.isPending}
      centered
      size="lg"
    >
      <Stack>
        <Fieldset variant="unstyled" m={0} disabled={frozen}>
          <TaskForm task={task} choice={all} onChange={change} />
        </Fieldset>
        {named > 0 && task.operation === "stage" && (
          <Text size="sm" c="dimmed">
            {named === photos.length
              ? "Each becomes the room that its name or its picture tells."
              : `${counted(named, "photo")} become the room that ${named === 1 ? "its" : "their"} name or picture tells; the room above is for the others.`}
          </Text>
        )}
        {progress.asked > 0 && (
          <Text size="sm" role="status">
            {progress.asked} of {counted(photos.length, "photo")} are asked for{!request.isPending && "; the others are not yet"}.
          </Text>
        )}
        <Button disabled={count === 0} loading={request.isPending} onClick={() => request.mutate()}>
          {count ? `Make ${counted(count, "picture")}` : "Choose a style"}
        </Button>
        {count > 0 && (
          <Cost task={task} choice={all} pictures={count} items={wanted.slice(progress.asked)} onChange={frozen ? undefined : change} />
        )}
      </Stack>
    </Modal>
  );
}
