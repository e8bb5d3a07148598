import { ActionIcon, Menu } from "@mantine/core";
import { useState } from "react";
import type { Photo, Staging } from "../../api/client";
import { useCatalog } from "../../shared/catalog";
import { Confirm } from "../../shared/Confirm";
import { Icon } from "../../shared/Icon";
import { counted, label } from "../../shared/labels";
import { useMay } from "../../shared/me";
import { useMoney } from "../usage/queries";
import { useRemovePhoto, useStagingActions } from "./actions";
import type { Edit } from "./edit";
import { GiveBack } from "./GiveBack";

type Props = { photo: Photo; staging: Staging | undefined; onEdit: (edit: Edit) => void };

/** What is done seldom with a photo, and asked about before it is done. */
export function PhotoMenu({ photo, staging, onEdit }: Props) {
  const [dialog, setDialog] = useState<"variant" | "photo" | "back" | null>(null);
  const { abilitiesOf } = useCatalog();
  const close = () => setDialog(null);
  const may = useMay();
  const money = useMoney();
  const paid = staging !== undefined && (money?.priceOf(staging.engine) ?? 0) > 0;
  const open = staging?.state === "queued" || staging?.state === "running";
  if (!may("edit")) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={`More for ${photo.name}`}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may("stage") && staging?.state === "ready" && abilitiesOf(staging.engine).plans && (
            <Menu.Item onClick={() => onEdit("room")}>Correct the room</Menu.Item>
          )}
          {may("stage") && staging?.state === "ready" && paid && (
            <Menu.Item onClick={() => setDialog("back")}>Give this picture back</Menu.Item>
          )}
          {staging && !open && (
            <Menu.Item color="red" onClick={() => setDialog("variant")}>
              Delete this variant
            </Menu.Item>
          )}
          <Menu.Item color="red" onClick={() => setDialog("photo")}>
            Delete photo
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === "variant" && staging && <DeleteVariant staging={staging} onClose={close} />}
      {dialog === "back" && staging && <GiveBack staging={staging} onClose={close} />}
      {dialog === "photo" && <DeletePhoto photo={photo} onClose={close} />}
    </>
  );
}

function DeleteVariant({ staging, onClose }: { staging: Staging; onClose: () => void }) {
  const { remove } = useStagingActions(staging.id);
  const confirm = () => remove.mutate(undefined, { onSuccess: onClose });
  return (
    <Confirm title="Delete this variant?" verb="Delete" busy={remove.isPending} onConfirm={confirm} onClose={onClose}>
      The {label(staging.style ?? staging.operation)} variant is deleted for good. The photo and its other variants stay.
    </Confirm>
  );
}

function DeletePhoto({ photo, onClose }: { photo: Photo; onClose: () => void }) {
  const remove = useRemovePhoto(photo.id);
  const confirm = () => remove.mutate(undefined, { onSuccess: onClose });
  const variants = photo.stagings.length;
  return (
    <Confirm title="Delete this photo?" verb="Delete" busy={remove.isPending} onConfirm={confirm} onClose={onClose}>
      <b>{photo.name}</b>
      {variants > 0 ? ` and ${counted(variants, "variant")} of it are deleted for good.` : " is deleted for good."}
    </Confirm>
  );
}
