import { Alert, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { Photo, Staging } from "../../api/client";
import { Failed } from "../../shared/Failed";
import { Icon } from "../../shared/Icon";
import { Linked } from "../../shared/Linked";
import { sources } from "../stagings/sources";
import "./editing.css";
import { EditingModal } from "./EditingModal";
import { FloorPlan } from "./FloorPlan";
import { lengthIn, unitOf } from "./length";
import {
  edited,
  inView,
  overlapping,
  rearranged,
  removed,
  shifted,
  standing,
  turned,
  type PlanDocument,
  type Room,
  type Standing,
} from "./plan";
import { usePlan } from "./usePlan";
import { useStageAgain } from "./useStageAgain";
import { outlines } from "./view";

const TURN = Math.PI / 12;
const OLD = "This picture's plan was kept before plans could be edited. Make a new picture to move its furniture.";

type Props = { photo: Photo; staging: Staging; onStaged: () => void; onClose: () => void };

/** The furniture of a picture from above, to be moved, turned and removed; then it is rendered again as a new variant. */
export function MoveFurniture({ photo, staging, onStaged, onClose }: Props) {
  const found = usePlan(staging);
  const [changed, setChanged] = useState(false);
  return (
    <EditingModal title={`Move the furniture of ${photo.name}`} changed={changed} onClose={onClose}>
      {found.isPending && <Skeleton h={420} radius="md" />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && !found.data.room?.camera && <Alert color="yellow">{OLD}</Alert>}
      {found.data && found.data.room?.camera && (
        <Arranging photo={photo} staging={staging} plan={found.data} onStaged={onStaged} onChanged={setChanged} />
      )}
    </EditingModal>
  );
}

type ArrangingProps = {
  photo: Photo;
  staging: Staging;
  plan: PlanDocument;
  onStaged: () => void;
  onChanged: (changed: boolean) => void;
};

function Arranging({ photo, staging, plan, onStaged, onChanged }: ArrangingProps) {
  const { pieces, change, begin, undo, canUndo } = useUndo(() => standing(plan));
  const changed = rearranged(plan, pieces);
  useEffect(() => onChanged(changed), [onChanged, changed]);
  const [room] = useState(() => inView(plan.room, pieces));
  const [chosen, setChosen] = useState<number | null>(null);
  const stage = useStageAgain(staging, onStaged);
  useHotkeys([["mod+Z", undo]]);
  const conflicts = overlapping(pieces);
  const turn = (id: number, steps: number) => {
    begin();
    change((now) => turned(now, room, id, steps * TURN));
  };
  const remove = (id: number) => {
    begin();
    change((now) => removed(now, id));
  };
  const piece = pieces.find((one) => one.id === chosen);
  const render = () => stage.mutate({ plan: edited(plan, pieces), corrections: staging.corrections });
  return (
    <div className="arranging">
      <FloorPlan
        room={room}
        pieces={pieces}
        chosen={chosen}
        conflicts={conflicts}
        onChoose={setChosen}
        onShift={(id, by) => change((now) => shifted(now, room, id, by))}
        onTurn={turn}
        onRemove={remove}
        onBegin={begin}
      />
      <Stack gap="md">
        <InPhoto photo={photo} room={room} pieces={pieces} chosen={chosen} />
        {piece ? (
          <Chosen piece={piece} onTurn={(steps) => turn(piece.id, steps)} onRemove={() => remove(piece.id)} />
        ) : (
          <Text size="sm" c="dimmed">
            Drag a piece, or choose it to turn or remove it. The camera looks from the triangle; the lighter floor is what
            the photo shows.
          </Text>
        )}
        {conflicts.size > 0 && (
          <Alert color="yellow" role="status">
            {conflicts.size} pieces overlap. They are rendered where they are.
          </Alert>
        )}
        <Group gap="xs">
          <Button loading={stage.isPending} disabled={!canUndo || pieces.length === 0} onClick={render}>
            Render again
          </Button>
          <Button variant="default" disabled={!canUndo} onClick={undo}>
            Undo
          </Button>
        </Group>
      </Stack>
    </div>
  );
}

type InPhotoProps = { photo: Photo; room: Room; pieces: Standing[]; chosen: number | null };

/** Where the pieces will be in the picture, as far as their boxes tell. */
function InPhoto({ photo, room, pieces, chosen }: InPhotoProps) {
  return (
    <div className="over in-photo" style={{ aspectRatio: photo.width / photo.height }}>
      <Linked
        {...sources(photo.urls, photo.width, photo.height)}
        sizes="(width >= 900px) 420px, 100vw"
        alt={`${photo.name}, with the places of the furniture`}
      />
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
        {outlines(room.camera, pieces).map(({ id, floor, hull }) => (
          <g key={id} className="in-photo-piece" data-chosen={id === chosen}>
            <polygon points={hull.join(" ")} />
            <polygon points={floor.join(" ")} />
          </g>
        ))}
      </svg>
    </div>
  );
}

type ChosenProps = { piece: Standing; onTurn: (steps: number) => void; onRemove: () => void };

function Chosen({ piece, onTurn, onRemove }: ChosenProps) {
  const unit = unitOf(navigator.language);
  return (
    <div className="chosen-piece">
      <Text fw={600}>{piece.label}</Text>
      <Text size="sm" c="dimmed" mb="xs">
        {lengthIn(piece.width, unit)} × {lengthIn(piece.depth, unit)}
        {piece.mount === "wall" && " · slides along its wall"}
      </Text>
      <Group gap={6}>
        {piece.mount !== "wall" && (
          <>
            <Button size="compact-md" variant="default" onClick={() => onTurn(1)} aria-label="Turn left">
              <Icon name="turnLeft" />
            </Button>
            <Button size="compact-md" variant="default" onClick={() => onTurn(-1)} aria-label="Turn right">
              <Icon name="turnRight" />
            </Button>
          </>
        )}
        <Button size="compact-md" variant="light" color="red" onClick={onRemove}>
          Remove
        </Button>
      </Group>
    </div>
  );
}

type History = { now: Standing[]; past: Standing[][] };

/** Pieces that can be changed and put back, step by step; `begin` says where a step begins. */
function useUndo(first: () => Standing[]) {
  const [{ now, past }, set] = useState<History>(() => ({ now: first(), past: [] }));
  return {
    pieces: now,
    canUndo: past.length > 0,
    begin: () => set((before) => ({ ...before, past: [...before.past, before.now] })),
    change: (make: (pieces: Standing[]) => Standing[]) => set((before) => ({ ...before, now: make(before.now) })),
    undo: () => set(({ past: steps, now: pieces }) => ({ now: steps.at(-1) ?? pieces, past: steps.slice(0, -1) })),
  };
}
