import { Button, Group, NumberInput, Skeleton, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Photo, Staging } from "../../api/client";
import { Linked } from "../../shared/Linked";
import { sources } from "../stagings/sources";
import {
  areaAt,
  cornerAt,
  correctionsOf,
  firstDraft,
  floorOf,
  MOST_AREAS,
  saysOther,
  saysSomething,
  withArea,
  withoutArea,
  type Draft,
} from "./corrections";
import { DragPoint } from "./DragPoint";
import "./editing.css";
import { EditingModal } from "./EditingModal";
import { inMetres, inUnit, lengthIn, unitOf } from "./length";
import type { PlanDocument, Point } from "./plan";
import { usePlan } from "./usePlan";
import { useStageAgain } from "./useStageAgain";

type Props = { photo: Photo; staging: Staging; onStaged: () => void; onClose: () => void };

/** Say where the floor is, how high the room is and what must stay free; then the photo is staged again. */
export function CorrectRoom({ photo, staging, onStaged, onClose }: Props) {
  const found = usePlan(staging);
  const [changed, setChanged] = useState(false);
  return (
    <EditingModal title={`Correct the room of ${photo.name}`} changed={changed} onClose={onClose}>
      {found.isLoading ? (
        <Skeleton style={{ aspectRatio: photo.width / photo.height }} radius="md" />
      ) : (
        <Correcting photo={photo} staging={staging} plan={found.data} onStaged={onStaged} onChanged={setChanged} />
      )}
    </EditingModal>
  );
}

type CorrectingProps = {
  photo: Photo;
  staging: Staging;
  plan: PlanDocument | undefined;
  onStaged: () => void;
  onChanged: (changed: boolean) => void;
};

function Correcting({ photo, staging, plan, onStaged, onChanged }: CorrectingProps) {
  const [first] = useState(() => firstDraft(plan?.room?.outline, staging.corrections));
  const [draft, setDraft] = useState(first);
  const changed = saysOther(first, draft);
  useEffect(() => onChanged(changed), [onChanged, changed]);
  const stage = useStageAgain(staging, onStaged);
  return (
    <div className="proof">
      <Stack gap="xs">
        <Over photo={photo} draft={draft} onChange={setDraft} />
        <Text size="sm" c="dimmed">
          Drag the four points to where the walls meet the floor. Where a corner is out of view, drag its point to the edge of
          the picture.
        </Text>
      </Stack>
      <Stack gap="lg">
        <CeilingHeight
          read={plan?.room?.ceiling}
          value={draft.ceiling}
          onChange={(ceiling) => setDraft({ ...draft, ceiling })}
        />
        <Areas draft={draft} onChange={setDraft} />
        <Button
          loading={stage.isPending}
          disabled={!saysSomething(draft)}
          onClick={() => stage.mutate({ corrections: correctionsOf(draft) })}
        >
          Stage again
        </Button>
      </Stack>
    </div>
  );
}

type DraftProps = { draft: Draft; onChange: (draft: Draft) => void };

/** The photo with the floor drawn over it, and the points that shape it. */
function Over({ photo, draft, onChange }: DraftProps & { photo: Photo }) {
  const [held, setHeld] = useState<Point | null>(null);
  const picture = sources(photo.urls, photo.width, photo.height);
  const follow = (point: Point, change: (to: Point) => Draft) => ({
    point,
    onMove: (to: Point) => {
      onChange(change(to));
      setHeld((before) => before && to);
    },
    onHold: (holding: boolean) => setHeld(holding ? point : null),
  });
  return (
    <div className="over" style={{ aspectRatio: photo.width / photo.height }}>
      <Linked {...picture} sizes="(width >= 900px) 720px, 100vw" alt={photo.name} draggable={false} />
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
        <polygon className="floor-area" points={floorOf(draft.corners).join(" ")} />
        <polyline className="floor-line" points={[...draft.corners].sort((a, b) => a[0] - b[0]).join(" ")} />
        {draft.areas.map((area, at) => (
          <polygon key={at} className="clear-area" points={area.join(" ")} />
        ))}
      </svg>
      {draft.corners.map((point, at) => (
        <DragPoint
          key={`corner ${at}`}
          kind="corner"
          name={`Floor corner ${at + 1} of ${draft.corners.length}`}
          {...follow(point, (to) => cornerAt(draft, at, to))}
        />
      ))}
      {draft.areas.flatMap((area, place) =>
        area.map((point, at) => (
          <DragPoint
            key={`area ${place} ${at}`}
            kind="area"
            name={`Area ${place + 1}, point ${at + 1}`}
            {...follow(point, (to) => areaAt(draft, place, at, to))}
          />
        )),
      )}
      {held && <Loupe address={photo.urls.web} at={held} ratio={photo.width / photo.height} />}
    </div>
  );
}

/** What lies under the finger, enlarged, in the corner that is farther away. */
function Loupe({ address, at: [x, y], ratio }: { address: string; at: Point; ratio: number }) {
  const side = x < 0.5 ? { right: 8 } : { left: 8 };
  const [width, height] = [900, 900 / ratio];
  return (
    <div
      className="loupe"
      aria-hidden
      style={{
        ...side,
        backgroundImage: `url("${address}")`,
        backgroundSize: `${width}px ${height}px`,
        backgroundPosition: `${64 - x * width}px ${64 - y * height}px`,
      }}
    />
  );
}

type CeilingProps = { read: number | undefined; value: number | null; onChange: (metres: number | null) => void };

function CeilingHeight({ read, value, onChange }: CeilingProps) {
  const unit = unitOf(navigator.language);
  return (
    <NumberInput
      label="Ceiling height"
      description="It sets the size of all furniture. Leave it empty if you don't know."
      placeholder={read ? `As read: ${lengthIn(read, unit)}` : undefined}
      suffix={` ${unit}`}
      decimalScale={2}
      step={unit === "ft" ? 0.5 : 0.1}
      min={inUnit(1.8, unit)}
      max={inUnit(10, unit)}
      value={value === null ? "" : inUnit(value, unit)}
      onChange={(entered) => onChange(typeof entered === "number" ? inMetres(entered, unit) : null)}
    />
  );
}

function Areas({ draft, onChange }: DraftProps) {
  return (
    <div>
      <Text fw={500} size="sm">
        Keep clear
      </Text>
      <Text size="xs" c="dimmed" mb={8}>
        Where nothing may stand: before a door, over a vent, on the way to the kitchen.
      </Text>
      {draft.areas.map((_, at) => (
        <Group key={at} justify="space-between" py={4}>
          <Text size="sm">Area {at + 1}</Text>
          <Button size="compact-sm" variant="subtle" color="red" onClick={() => onChange(withoutArea(draft, at))}>
            Remove
          </Button>
        </Group>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        disabled={draft.areas.length >= MOST_AREAS}
        onClick={() => onChange(withArea(draft))}
      >
        Add an area
      </Button>
    </div>
  );
}
