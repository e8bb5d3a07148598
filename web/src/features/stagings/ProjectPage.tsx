import { ActionIcon, Alert, Anchor, Button, Group, Menu, Modal, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap, type Gallery, type Project } from "../../api/client";
import { showError } from "../../shared/notify";
import { UploadPanel } from "../photos/UploadPanel";
import { PhotoCard } from "./PhotoCard";
import { galleryKey, useGallery } from "./queries";

export function ProjectPage({ projectId }: { projectId: string }) {
  const found = useGallery(projectId);
  if (found.isPending) return <Skeleton h={420} radius="lg" />;
  if (found.isError)
    return (
      <Alert color="red" role="alert">
        {found.error.message} <Link to="/">See your projects</Link>
      </Alert>
    );
  const { project, photos } = found.data;
  const ready = photos.flatMap((photo) => photo.stagings).filter((staging) => staging.state === "ready").length;
  return (
    <Stack gap="xl">
      <Head project={project} ready={ready} />
      <UploadPanel project={project} compact={photos.length > 0} />
      {photos.map((photo) => (
        <PhotoCard key={photo.id} photo={photo} />
      ))}
    </Stack>
  );
}

function Head({ project, ready }: { project: Project; ready: number }) {
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const download = useMutation({
    mutationFn: () =>
      unwrap(
        api.POST("/api/v1/projects/{project_id}/download-link", { params: { path: { project_id: project.id } } }),
      ),
    onSuccess: ({ url }) => location.assign(url),
    onError: showError,
  });
  return (
    <Group justify="space-between" align="end">
      <div>
        <Anchor component={Link} to="/" size="sm">
          ← Projects
        </Anchor>
        <Title order={1}>{project.name}</Title>
      </div>
      <Group gap="xs">
        <Button variant="default" disabled={!ready} loading={download.isPending} onClick={() => download.mutate()}>
          Download all{ready ? ` (${ready})` : ""}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label="More">
              ⋯
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setDialog("rename")}>Rename</Menu.Item>
            <Menu.Item color="red" onClick={() => setDialog("delete")}>
              Delete project
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {dialog === "rename" && <Rename project={project} onClose={() => setDialog(null)} />}
      {dialog === "delete" && <Delete project={project} onClose={() => setDialog(null)} />}
    </Group>
  );
}

function Rename({ project, onClose }: { project: Project; onClose: () => void }) {
  const [name, setName] = useState(project.name);
  const cache = useQueryClient();
  const rename = useMutation({
    mutationFn: () =>
      unwrap(
        api.PATCH("/api/v1/projects/{project_id}", {
          params: { path: { project_id: project.id } },
          body: { name: name.trim() },
        }),
      ),
    onSuccess: (renamed) => {
      cache.setQueryData<Gallery>(galleryKey(project.id), (now) => now && { ...now, project: renamed });
      void cache.invalidateQueries({ queryKey: ["projects"] });
      onClose();
    },
    onError: showError,
  });
  return (
    <Modal opened onClose={onClose} title="Rename project" centered>
      <Stack>
        <TextInput label="Property" maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button disabled={!name.trim()} loading={rename.isPending} onClick={() => rename.mutate()}>
          Rename
        </Button>
      </Stack>
    </Modal>
  );
}

function Delete({ project, onClose }: { project: Project; onClose: () => void }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => unwrap(api.DELETE("/api/v1/projects/{project_id}", { params: { path: { project_id: project.id } } })),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: ["projects"] });
      void navigate({ to: "/" });
    },
    onError: showError,
  });
  return (
    <Modal opened onClose={onClose} title="Delete project?" centered>
      <Stack>
        <Text>
          All photos and staged pictures of <b>{project.name}</b> are deleted for good.
        </Text>
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
