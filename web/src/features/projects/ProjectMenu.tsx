import { ActionIcon, Button, Menu, Modal, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api, unwrap, type Project } from "../../api/client";
import { Confirm } from "../../shared/Confirm";
import { Icon } from "../../shared/Icon";
import { counted } from "../../shared/labels";
import { useMay } from "../../shared/me";
import { showNotice } from "../../shared/notify";
import { useSend } from "../../shared/useSend";
import { forgetGallery } from "../stagings/queries";
import { UploadLinkForm } from "../uploadLinks/UploadLinkForm";
import { forgetProjects } from "./queries";

type Props = { project: Project; photos: number; size?: number; onDeleted?: () => void };

/** Rename, archive or delete a project, from its page and from the list. */
export function ProjectMenu({ project, photos, size = 36, onDeleted }: Props) {
  const [dialog, setDialog] = useState<"rename" | "link" | "delete" | null>(null);
  const close = () => setDialog(null);
  const archive = useArchiveProject(project);
  const may = useMay();
  if (!may("edit")) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={size} aria-label={`More for ${project.name}`}>
            <Icon name="more" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog("rename")}>Rename</Menu.Item>
          {may("upload") && <Menu.Item onClick={() => setDialog("link")}>Upload link for a photographer</Menu.Item>}
          <Menu.Item onClick={() => archive.mutate(!project.archived)}>{project.archived ? "Bring back" : "Archive"}</Menu.Item>
          <Menu.Item color="red" onClick={() => setDialog("delete")}>
            Delete project
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === "rename" && <Rename project={project} onClose={close} />}
      {dialog === "link" && <UploadLinkForm into={project} onClose={close} />}
      {dialog === "delete" && <Delete project={project} photos={photos} onClose={close} onDeleted={onDeleted} />}
    </>
  );
}

/** An archived project is left out of the list; everything in it stays. */
function useArchiveProject(project: Project) {
  const cache = useQueryClient();
  return useSend({
    name: `archive ${project.id}`,
    send: (archived: boolean) =>
      unwrap(api.PATCH("/api/v1/projects/{project_id}", { params: { path: { project_id: project.id } }, body: { archived } })),
    onSuccess: (_, archived) => {
      forgetGallery(cache, project.id);
      forgetProjects(cache);
      showNotice(archived ? `${project.name} is archived. You find it under “Archived”.` : `${project.name} is in the list again.`);
    },
  });
}

function Rename({ project, onClose }: { project: Project; onClose: () => void }) {
  const [name, setName] = useState(project.name);
  const cache = useQueryClient();
  const rename = useSend({
    name: `rename ${project.id}`,
    send: () =>
      unwrap(
        api.PATCH("/api/v1/projects/{project_id}", {
          params: { path: { project_id: project.id } },
          body: { name: name.trim() },
        }),
      ),
    onSuccess: () => {
      forgetGallery(cache, project.id);
      forgetProjects(cache);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) rename.mutate();
  };
  return (
    <Modal opened onClose={onClose} title="Rename project" centered>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Property"
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" disabled={!name.trim()} loading={rename.isPending}>
            Rename
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

type DeleteProps = { project: Project; photos: number; onClose: () => void; onDeleted?: () => void };

function Delete({ project, photos, onClose, onDeleted }: DeleteProps) {
  const cache = useQueryClient();
  const remove = useSend({
    name: `delete ${project.id}`,
    send: () => unwrap(api.DELETE("/api/v1/projects/{project_id}", { params: { path: { project_id: project.id } } })),
    onSuccess: () => {
      onClose();
      onDeleted?.();
      forgetProjects(cache);
    },
  });
  return (
    <Confirm title="Delete project?" verb="Delete" busy={remove.isPending} onConfirm={() => remove.mutate()} onClose={onClose}>
      <b>{project.name}</b>
      {photos > 0 && ` with ${counted(photos, "photo")} and everything staged from ${photos === 1 ? "it" : "them"}`} is deleted for
      good.
    </Confirm>
  );
}
