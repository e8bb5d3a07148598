import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { useState } from "react";
import type { Photo, Staging } from "../../api/client";
import { Confirm } from "../../shared/Confirm";
import { counted, label } from "../../shared/labels";
import { useRemovePhoto, useStagingActions } from "./actions";
import { DownloadButton } from "./DownloadButton";
import { NewVariant } from "./NewVariant";

type Dialog = "variant" | "delete variant" | "delete photo";

/** What can be done with a photo and its chosen variant. */
export function PhotoActions({ photo, staging }: { photo: Photo; staging: Staging | undefined }) {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { retry, cancel } = useStagingActions(staging?.id ?? "");
  const open = staging?.state === "queued" || staging?.state === "running";
  const over = staging?.state === "failed" || staging?.state === "canceled";
  const close = () => setDialog(null);
  return (
    <Group gap="xs">
      {staging?.state === "ready" && <DownloadButton staging={staging} />}
      {over && (
        <Button loading={retry.isPending} onClick={() => retry.mutate()}>
          Try again
        </Button>
      )}
      {open && (
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel
        </Button>
      )}
      <Button variant="default" onClick={() => setDialog("variant")}>
        {photo.stagings.length ? "More styles" : "Stage"}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={`More for ${photo.name}`}>
            ⋯
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {staging && !open && (
            <Menu.Item color="red" onClick={() => setDialog("delete variant")}>
              Delete this variant
            </Menu.Item>
          )}
          <Menu.Item color="red" onClick={() => setDialog("delete photo")}>
            Delete photo
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === "variant" && <NewVariant photo={photo} onClose={close} />}
      {dialog === "delete variant" && staging && <DeleteVariant staging={staging} onClose={close} />}
      {dialog === "delete photo" && <DeletePhoto photo={photo} onClose={close} />}
    </Group>
  );
}

function DeleteVariant({ staging, onClose }: { staging: Staging; onClose: () => void }) {
  const { remove } = useStagingActions(staging.id);
  const done = { onSuccess: onClose };
  return (
    <Confirm title="Delete this variant?" verb="Delete" busy={remove.isPending} onConfirm={() => remove.mutate(undefined, done)} onClose={onClose}>
      The {label(staging.style ?? staging.operation)} variant is deleted for good. The photo and its other variants stay.
    </Confirm>
  );
}

function DeletePhoto({ photo, onClose }: { photo: Photo; onClose: () => void }) {
  const remove = useRemovePhoto(photo.id);
  const variants = photo.stagings.length;
  const done = { onSuccess: onClose };
  return (
    <Confirm title="Delete this photo?" verb="Delete" busy={remove.isPending} onConfirm={() => remove.mutate(undefined, done)} onClose={onClose}>
      <b>{photo.name}</b> {variants > 0 && `and its ${counted(variants, "variant")} `}
      {variants > 0 ? "are" : "is"} deleted for good.
    </Confirm>
  );
}
