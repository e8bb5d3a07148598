import { useCallback, useState } from "react";
import type { Photo } from "../../api/client";
import type { Editors } from "./edit";
import { FidelityPanel } from "./FidelityPanel";
import { Lightbox } from "./Lightbox";
import { PhotoCard } from "./PhotoCard";
import { finished } from "./sequence";
import "./stagings.css";

/** A project's photos with their stagings; any can be enlarged, any proof opened. */
export function Gallery({ photos, editors }: { photos: Photo[]; editors: Editors }) {
  const [enlarged, setEnlarged] = useState<string | null>(null);
  const [examined, setExamined] = useState<string | null>(null);
  const close = useCallback(() => setEnlarged(null), []);
  const proof = finished(photos).find((one) => one.staging.id === examined);
  return (
    <>
      <div className="photos">
        {photos.map((photo) => (
          <PhotoCard key={photo.id} photo={photo} editors={editors} onEnlarge={setEnlarged} onExamine={setExamined} />
        ))}
      </div>
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
