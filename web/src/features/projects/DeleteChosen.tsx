import { useState } from "react";
import { api, unwrap, type Photo } from "../../api/client";
import { Confirm } from "../../shared/Confirm";
import { counted } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { sendInTurns } from "./turns";

type Props = { photos: Photo[]; onDeleted: () => void; onClose: () => void };

export function DeleteChosen({ photos: chosen, onDeleted, onClose }: Props) {
  const [deleted, setDeleted] = useState(0);
  const photos = chosen.slice(deleted);
  const remove = useSend({
    name: "delete chosen photos",
    send: () => sendInTurns(chosen.map((photo) => photo.id), deletePhotos, deleted, setDeleted),
    onSuccess: onDeleted,
  });
  const pictures = photos.reduce((sum, photo) => sum + photo.stagings.length, 0);
  return (
    <Confirm
      title={`Delete ${counted(photos.length, "photo")}?`}
      verb="Delete"
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {counted(photos.length, "photo")}
      {pictures > 0 && ` and ${counted(pictures, "picture")} made of ${photos.length === 1 ? "it" : "them"}`}{" "}
      {photos.length + pictures === 1 ? "is" : "are"} deleted for good.
    </Confirm>
  );
}

async function deletePhotos(ids: string[]): Promise<void> {
  await unwrap(api.POST("/api/v1/photos/deletions", { body: { photo_ids: ids } }));
}
