import type { Photo } from "../../api/client";
import { api, unwrap } from "../../api/client";
import { Confirm } from "../../shared/Confirm";
import { counted } from "../../shared/labels";
import { useSend } from "../../shared/useSend";

type Props = { photos: Photo[]; onDeleted: () => void; onClose: () => void };

export function DeleteChosen({ photos, onDeleted, onClose }: Props) {
  const remove = useSend({
    name: "delete chosen photos",
    send: () => unwrap(api.POST("/api/v1/photos/deletions", { body: { photo_ids: photos.map((photo) => photo.id) } })),
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
