import { Alert, Button, Card, Group, Stack, Text, Title } from "@mantine/core";
import { Dropzone } from "@mantine/dropzone";
import { useEffect, useRef, useState } from "react";
import type { Project } from "../../api/client";
import { useCatalog } from "../../shared/catalog";
import { Icon } from "../../shared/Icon";
import { counted, label } from "../../shared/labels";
import { showError } from "../../shared/notify";
import { useSend } from "../../shared/useSend";
import { Cost } from "../orders/Cost";
import { requestStagings } from "../orders/request";
import { takeIn } from "./intake";
import { choiceOf, fitting, pictures, picturesOf, requested, type Order } from "../orders/order";
import { foreseen, predictionOf, told } from "../orders/prediction";
import { useStarting } from "../orders/useStarting";
import { QueueRow } from "./QueueRow";
import { TaskForm } from "../orders/TaskForm";
import { turns } from "./transfer";
import { itemsOf, MOST_FILES, placesTaken, sendAll, type Item } from "./upload";

/** Drop photos, choose what the rooms are to become, stage them all. */
export function UploadPanel({ project, compact }: { project: Project; compact: boolean }) {
  const [items, setItems] = useState<Item[]>([]);
  const first = useStarting();
  const [changed, setOrder] = useState<Order | null>(null);
  const order = changed ?? first;
  const change = (key: string, part: Partial<Item>) =>
    setItems((now) => now.map((item) => (item.key === key ? { ...item, ...part } : item)));
  const { abilitiesOf, predicts } = useCatalog();
  const reorder = (next: Order) => {
    const able = abilitiesOf(next.task.engine);
    setOrder(next);
    const kept = ({ named }: Item) => (named && next.all.room === order.all.room && able.room_types.includes(named) ? named : null);
    setItems((now) => now.map((item) => ({ ...item, named: kept(item), choice: item.choice && fitting(item.choice, able) })));
  };
  // Only the engine that computes reads rooms; who pays others has them look.
  const reads = predicts && order.task.operation === "stage" && abilitiesOf(order.task.engine).plans;
  const foresee = async (item: Item, photoId: string) => {
    if (!reads) return [];
    const prediction = await predictionOf(photoId);
    change(item.key, { seen: prediction ? told(prediction) : "" });
    return foreseen(prediction, choiceOf(item, order).room);
  };
  const { add, looking, told: leftOut, forget } = useIntake(items, setItems);
  const stage = useSend({
    name: `stage photos of ${project.id}`,
    send: async () => {
      const chosen = items.filter((item) => item.state === "chosen");
      const made = await sendAll(project, chosen, change, foresee);
      const wanted = requested(chosen, made, order);
      const refusals = wanted.length ? await requestStagings(wanted).catch((error: unknown) => again(made, error)) : [];
      [...new Set(refusals)].forEach((reason) => showError(new Error(reason)));
      setItems((now) => now.filter((item) => !made.has(item.key)));
    },
  });
  // The photos are there; only asking for their stagings failed, so that is what can be tried again.
  const again = (made: Map<string, string>, error: unknown): never => {
    made.forEach((photoId, key) => change(key, { state: "chosen", photoId }));
    throw error;
  };
  const small = compact || items.length > 0;
  usePaste(add);
  useStayWhile(stage.isPending);
  return (
    <Stack gap="md">
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
              onChoice={(choice) => change(item.key, { choice })}
              onRemove={() => setItems((now) => now.filter((one) => one.key !== item.key))}
              onInsist={() => change(item.key, { state: "chosen", insist: true })}
              onRetry={() => change(item.key, { state: "chosen", reason: null, sent: 0 })}
            />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

/** Files become items, one armful after the other; what was left out is told until it is closed or more is given. */
function useIntake(items: Item[], setItems: (change: (now: Item[]) => Item[]) => void) {
  const [looking, setLooking] = useState(0);
  const [told, setTold] = useState<string[]>([]);
  const [inTurn] = useState(turns);
  const { limitsWhenTold, roomIn } = useCatalog();
  const places = useRef(0);
  useEffect(() => {
    places.current = placesTaken(items);
  }, [items]);
  const add = (files: File[]) =>
    void inTurn(async () => {
      setLooking(files.length);
      const limits = await limitsWhenTold();
      const taken = await takeIn(files, Math.max(0, (limits?.max_files ?? MOST_FILES) - places.current), limits);
      const more = itemsOf(taken, roomIn);
      places.current += placesTaken(more);
      setItems((now) => [...now, ...more]);
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

/** What all the photos are to become, and the button that begins. */
function OrderForm({ items, order, busy, onChange, onStage }: FormProps) {
  const chosen = items.filter((item) => item.state === "chosen");
  const count = pictures(chosen, order);
  const undecided = chosen.some((item) => picturesOf(choiceOf(item, order), order.task) === 0);
  return (
    <Card radius="lg" p="lg" withBorder className="panel">
      <Stack gap="md">
        <TaskForm task={order.task} choice={order.all} onChange={(task, all) => onChange({ task, all })} />
        <Group gap="md" align="start">
          <Button size="md" loading={busy} disabled={chosen.length === 0 || undecided} onClick={onStage}>
            {label(order.task.operation)} {counted(chosen.length, "photo")}
          </Button>
          {undecided ? (
            <Text size="sm" c="dimmed">
              Choose at least one style.
            </Text>
          ) : (
            <div className="field">
              <Cost task={order.task} choice={order.all} pictures={count} onChange={(task, all) => onChange({ task, all })} />
            </div>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

/** Ask before the page is closed while photos are on their way. */
function useStayWhile(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [busy]);
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
