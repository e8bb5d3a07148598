import { ActionIcon, Group, Modal, Text } from "@mantine/core";
import { useEffect } from "react";
import type { Photo } from "../../api/client";
import { Icon } from "../../shared/Icon";
import { Compare } from "./Compare";
import { DownloadButton } from "./DownloadButton";
import { FidelityBadge } from "./FidelityBadge";
import { finished, further } from "./sequence";
import { sources } from "./sources";
import { variantNames } from "./variants";

type Props = {
  photos: Photo[];
  id: string;
  /** Something lies over it that the keys belong to. */
  behind: boolean;
  onShow: (id: string) => void;
  onClose: () => void;
  onExamine: (id: string) => void;
};

/** One finished picture as large as the window; buttons, arrow keys and swipes leaf through the project's others. */
export function Lightbox({ photos, id, behind, onShow, onClose, onExamine }: Props) {
  const pictures = finished(photos);
  const at = pictures.findIndex((one) => one.staging.id === id);
  const shown = pictures[at];
  const leaf = (by: number) => onShow(further(pictures, id, by));
  const many = pictures.length > 1;
  useArrowKeys(many && !behind ? leaf : null);
  useEffect(() => {
    if (!shown) onClose();
  }, [shown, onClose]);
  if (!shown) return null;
  const { photo, staging } = shown;
  const ratio = photo.width / photo.height;
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      padding={0}
      withCloseButton={false}
      closeOnEscape={!behind}
      attributes={{ content: { "aria-label": `${photo.name}, enlarged` } }}
      classNames={{ body: "lightbox", content: "lightbox-window" }}
    >
      <Group className="lightbox-bar" justify="space-between" wrap="nowrap">
        <div className="grow">
          <Text truncate fw={600}>
            {photo.name}
          </Text>
          <Text size="sm" truncate className="faint">
            {variantNames(photo.stagings).get(staging.id)}
            {many && ` · ${at + 1} of ${pictures.length}`}
          </Text>
        </div>
        <ActionIcon variant="subtle" color="gray.1" size="lg" onClick={onClose} aria-label="Close">
          <Icon name="close" />
        </ActionIcon>
      </Group>
      <div className="lightbox-stage">
        <div style={{ width: `min(100%, calc((100dvh - 150px) * ${ratio}))` }}>
          <Compare
            key={staging.id}
            before={sources(photo.urls, photo.width, photo.height)}
            after={sources(staging.urls, photo.width, photo.height)}
            sizes="100vw"
            ratio={ratio}
            name={photo.name}
            onSwipe={many ? leaf : undefined}
          />
        </div>
        {many && (
          <>
            <Leaf side="left" name="Previous picture" onClick={() => leaf(-1)} />
            <Leaf side="right" name="Next picture" onClick={() => leaf(1)} />
          </>
        )}
      </div>
      <Group className="lightbox-bar" justify="space-between" gap="xs" wrap="nowrap">
        {staging.fidelity && <FidelityBadge fidelity={staging.fidelity} onOpen={() => onExamine(staging.id)} />}
        <DownloadButton staging={staging} />
      </Group>
    </Modal>
  );
}

function Leaf({ side, name, onClick }: { side: "left" | "right"; name: string; onClick: () => void }) {
  return (
    <button type="button" className="leaf" style={{ [side]: 12 }} aria-label={name} onClick={onClick}>
      <Icon name={side} size={24} />
    </button>
  );
}

function useArrowKeys(leaf: ((by: number) => void) | null): void {
  useEffect(() => {
    if (!leaf) return;
    const press = (event: KeyboardEvent) => {
      // The divider keeps the keys that it has used.
      if (event.defaultPrevented || (event.target as Element | null)?.closest?.("[role=menu]")) return;
      if (event.key === "ArrowLeft") leaf(-1);
      if (event.key === "ArrowRight") leaf(1);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}
