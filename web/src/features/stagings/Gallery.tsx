import { Button, Group } from "@mantine/core";
import { useCallback, useState, type ReactNode } from "react";
import type { Photo } from "../../api/client";
import { NearEnd } from "../../shared/NearEnd";
import type { Editors } from "./edit";
import { FidelityPanel } from "./FidelityPanel";
import { Lightbox } from "./Lightbox";
import { PhotoCard } from "./PhotoCard";
import { finished } from "./sequence";
import "./stagings.css";

/** Photos that are put on the page at once: more than a screen has room for. */
const AT_ONCE = 24;

type Props = {
  photos: Photo[];
  editors: Editors;
  /** What can be done with several photos that were chosen. */
  bar: (chosen: Photo[], onChoose: (photos: Photo[]) => void, onDone: () => void) => ReactNode;
};

/** A project's photos with their stagings; any can be enlarged, any proof opened, several chosen. */
export function Gallery({ photos, editors, bar }: Props) {
  const [enlarged, setEnlarged] = useState<string | null>(null);
  const [examined, setExamined] = useState<string | null>(null);
  const [shown, setShown] = useState(AT_ONCE);
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string> | null>(null);
  const close = useCallback(() => setEnlarged(null), []);
  const choose = useCallback(
    (id: string) => setChosenIds((now) => (now ? new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]) : now)),
    [],
  );
  const proof = finished(photos).find((one) => one.staging.id === examined);
  return (
    <>
      {photos.length > 1 && (
        <Group justify="end" mb={-20}>
          <Button variant="subtle" aria-pressed={chosenIds !== null} onClick={() => setChosenIds(chosenIds ? null : new Set())}>
            {chosenIds ? "Done" : "Choose several"}
          </Button>
        </Group>
      )}
      <div className="photos">
        {photos.slice(0, shown).map((photo) => (
          <PhotoCard
            key={photo.id}
            photo={photo}
            editors={editors}
            chosen={chosenIds ? chosenIds.has(photo.id) : null}
            onChoose={choose}
            onEnlarge={setEnlarged}
            onExamine={setExamined}
          />
        ))}
      </div>
      {shown < photos.length && <NearEnd shown={shown} onNear={() => setShown((now) => now + AT_ONCE)} />}
      {chosenIds &&
        bar(
          photos.filter((photo) => chosenIds.has(photo.id)),
          (now) => setChosenIds(new Set(now.map((photo) => photo.id))),
          () => setChosenIds(null),
        )}
      {enlarged && (
        <Lightbox
          photos={photos}
          id={enlarged}
          behind={proof !== undefined}
          onShow={setEnlarged}
          onClose={close}
          onExamine={setExamined}
        />
      )}
      {proof && <FidelityPanel {...proof} onClose={() => setExamined(null)} />}
    </>
  );
}
