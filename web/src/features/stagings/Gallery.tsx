import { Button, Group } from "@mantine/core";
import { useCallback, useDeferredValue, useState, type ReactNode } from "react";
import type { Photo } from "../../api/client";
import { NearEnd } from "../../shared/NearEnd";
import { besides, toggled, type Chosen } from "./chosen";
import type { Editors } from "./edit";
import { FidelityPanel } from "./FidelityPanel";
import { Lightbox } from "./Lightbox";
import { PhotoCard } from "./PhotoCard";
import { finished } from "./sequence";
import { FIRST_SEEN } from "./sources";
import "./stagings.css";

/** Photos that are put on the page first: what a screen has room for, so that it is drawn soon. */
const FIRST = 6;
/** Photos that come right after that, and that each more is. */
const AT_ONCE = 24;

type Props = {
  photos: Photo[];
  editors: Editors;
  /** What can be done with several photos that were chosen. */
  bar: (chosen: Photo[], onChoose: (photos: Photo[]) => void, onDone: (photos: Photo[]) => void) => ReactNode;
};

/** A project's photos with their stagings; any can be enlarged, any proof opened, several chosen. */
export function Gallery({ photos, editors, bar }: Props) {
  const [enlarged, setEnlarged] = useState<string | null>(null);
  const [examined, setExamined] = useState<string | null>(null);
  const [shown, setShown] = useState(AT_ONCE);
  const [chosenIds, setChosenIds] = useState<Chosen>(null);
  const close = useCallback(() => setEnlarged(null), []);
  const choose = useCallback((id: string) => setChosenIds((now) => toggled(now, id)), []);
  // What is on the screen is never kept waiting by what comes below it.
  const drawn = useDeferredValue(shown, FIRST);
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
        {photos.slice(0, drawn).map((photo, place) => (
          <PhotoCard
            key={photo.id}
            photo={photo}
            editors={editors}
            first={place < FIRST_SEEN}
            chosen={chosenIds ? chosenIds.has(photo.id) : null}
            onChoose={choose}
            onEnlarge={setEnlarged}
            onExamine={setExamined}
          />
        ))}
      </div>
      {drawn < photos.length && <NearEnd shown={drawn} onNear={() => setShown((now) => Math.max(now, drawn + AT_ONCE))} />}
      {chosenIds &&
        bar(
          photos.filter((photo) => chosenIds.has(photo.id)),
          (now) => setChosenIds(new Set(now.map((photo) => photo.id))),
          (done) => setChosenIds((now) => besides(now, done)),
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
