import { Alert, Button, Card, Fieldset, Group, Stack, Text, Title } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useState } from "react";
import type { Project } from "../../api/client";
import { useCatalog } from "../../shared/catalog";
import { Icon } from "../../shared/Icon";
import { counted, label } from "../../shared/labels";
import { showError } from "../../shared/notify";
import { useSend } from "../../shared/useSend";
import { Cost } from "../orders/Cost";
import { requestStagings } from "../orders/request";
import { takeIn } from "./intake";
import { choiceOf, fitting, pictures, picturesOf, type Order } from "../orders/order";
import { foreseen, predictionOf, told } from "../orders/prediction";
import { useStarting } from "../orders/useStarting";
import { LeavingAsked } from "./LeavingAsked";
import { usePaste } from "./paste";
import { QueueRow } from "./QueueRow";
import { TaskForm } from "../orders/TaskForm";
import { useQueue, type Queue } from "./queue";
import { turns } from "./transfer";
import { itemsOf, MOST_FILES, placesTaken, requestedOf, sendAll, sentOf, type Item } from "./upload";

/** Drop photos, choose what the rooms are to become, stage them all. */
export function UploadPanel({ project, compact }: { project: Project; compact: boolean }) {
  const [queue, items] = useQueue<Item>();
  const first = useStarting();
  const [changed, setOrder] = useState<Order | null>(null);
  const order = changed ?? first;
  const { abilitiesOf, predicts } = useCatalog();
  const reorder = (next: Order) => {
    const able = abilitiesOf(next.task.engine);
    setOrder(next);
    const kept = ({ named }: Item) => (named && next.all.room === order.all.room && able.room_types.includes(named) ? named : null);
    queue.changeAll((item) => ({ named: kept(item), choice: item.choice && fitting(item.choice, able) }));
  };
  // Only the engine that computes reads rooms; who pays others has them look.
  const reads = predicts && order.task.operation === "stage" && abilitiesOf(order.task.engine).plans;
  const foresee = async (item: Item, photoId: string) => {
    if (!reads) return [];
    const prediction = await predictionOf(photoId);
    queue.change(item.key, { seen: prediction ? told(prediction) : "" });
    return foreseen(prediction, choiceOf(item, order).room);
  };
  const { add, looking, told: leftOut, forget } = useIntake(queue);
  const become = (state: Item["state"], some: Item[]) => some.forEach(({ key }) => queue.change(key, { state }));
  const stage = useSend({
    name: `stage photos of ${project.id}`,
    send: async () => {
      await sendAll(project, queue, foresee);
      const { decided, undecided } = sentOf(queue.all(), order);
      become("chosen", undecided);
      if (decided.length === 0) return;
      become("asked", decided);
      const refusals = await requestStagings(requestedOf(decided, order)).catch((error: unknown) => {
        // The photos are there; only asking for their stagings failed, so that is what can be tried again.
        become("chosen", decided);
        throw error;
      });
      [...new Set(refusals)].forEach((reason) => showError(new Error(reason)));
      queue.remove(decided.map(({ key }) => key));
    },
  });
  const small = compact || items.length > 0;
  usePaste(add, stage.isPending);
  return (
    <Stack gap="md">
      <LeavingAsked queue={queue} items={items} />
      <Dropzone
        onDrop={() => undefined}
        onDropAny={add}
        radius="lg"
        p={small ? "md" : "xl"}
        useFsAccessApi={false}
        disabled={stage.isPending}
        className={small ? undefined : "invitation"}
        aria-label="Photos of empty rooms"
      >
        <Invitation compact={small} />
      </Dropzone>
      {looking > 0 && (
        <Text size="sm" c="dimmed" role="status">
          Looking through {counted(looking, "file")} …
        </Text>
      )}
      {leftOut.length > 0 && (
        <Alert color="yellow" className="aside" role="status" withCloseButton closeButtonLabel="Close" onClose={forget}>
          {leftOut.map((sentence) => (
            <Text size="sm" key={sentence}>
              {sentence}
            </Text>
          ))}
        </Alert>
      )}
      {items.length > 0 && (
        <Stack gap="sm">
          {(stage.isPending || items.some((item) => item.state === "chosen")) && (
            <OrderForm items={items} order={order} busy={stage.isPending} onChange={reorder} onStage={() => stage.mutate()} />
          )}
          {items.map((item) => (
            <QueueRow
              key={item.key}
              item={item}
              choice={choiceOf(item, order)}
              task={order.task}
              onChoice={(choice) => queue.change(item.key, { choice })}
              onRemove={() => queue.remove([item.key])}
              onInsist={() => queue.change(item.key, { state: "chosen", insist: true })}
              onRetry={() => queue.change(item.key, { state: "chosen", reason: null, sent: 0 })}
            />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

/** Files become items, one armful after the other; what was left out is told until it is closed or more is given. */
function useIntake(queue: Queue<Item>) {
  const [looking, setLooking] = useState(0);
  const [told, setTold] = useState<string[]>([]);
  const [inTurn] = useState(turns);
  const { limitsWhenTold, roomIn } = useCatalog();
  const add = (files: File[]) =>
    void inTurn(async () => {
      setLooking(files.length);
      const limits = await limitsWhenTold();
      const taken = await takeIn(files, Math.max(0, (limits?.max_files ?? MOST_FILES) - placesTaken(queue.all())), limits);
      queue.add(itemsOf(taken, roomIn));
      setTold(taken.told);
    })
      .catch(showError)
      .finally(() => setLooking(0));
  return { add, looking, told, forget: () => setTold([]) };
}

function Invitation({ compact }: { compact: boolean }) {
  const { limits } = useCatalog();
  const each = limits ? `, ${limits.max_bytes / 2 ** 20} MB and ${limits.max_pixels / 1e6} megapixels each` : "";
  const most = `up to ${limits?.max_files ?? MOST_FILES} at once${each}`;
  return (
    <Stack align="center" gap={6} style={{ pointerEvents: "none" }}>
      {!compact && (
        <span className="invitation-icon">
          <Icon name="upload" size={56} />
        </span>
      )}
      <Title order={2} size={compact ? "h4" : "h2"} ta="center">
        {compact ? "Add more photos" : "Drop photos of empty rooms here"}
      </Title>
      <Text c="dimmed" size="sm" ta="center">
        {compact ? "Drop them here, paste, or click to choose." : `Or paste, or click to choose: ${most}, JPEG, PNG, WebP or HEIC.`}
      </Text>
    </Stack>
  );
}

type FormProps = { items: Item[]; order: Order; busy: boolean; onChange: (order: Order) => void; onStage: () => void };

/** What all the photos are to become, and the button that begins; once it has, it stays as it was told. */
function OrderForm({ items, order, busy, onChange, onStage }: FormProps) {
  const going = items.filter(({ state }) => state === "chosen" || (busy && state !== "noted" && state !== "refused"));
  const count = pictures(going, order);
  const undecided = going.some((item) => picturesOf(choiceOf(item, order), order.task) === 0);
  return (
    <Card radius="lg" p="lg" withBorder className="panel">
      <Stack gap="md">
        <Fieldset variant="unstyled" m={0} disabled={busy}>
          <TaskForm task={order.task} choice={order.all} onChange={(task, all) => onChange({ task, all })} />
        </Fieldset>
        <Group gap="md" align="start">
          <Button size="md" loading={busy} disabled={going.length === 0 || undecided} onClick={onStage}>
            {label(order.task.operation)} {counted(going.length, "photo")}
          </Button>
          {undecided ? (
            <Text size="sm" c="dimmed">
              Choose at least one style.
            </Text>
          ) : (
            <div className="field">
              <Cost
                task={order.task}
                choice={order.all}
                pictures={count}
                onChange={busy ? undefined : (task, all) => onChange({ task, all })}
              />
            </div>
          )}
        </Group>
      </Stack>
    </Card>
  );
}
