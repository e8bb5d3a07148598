import { Anchor, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, type ComponentType } from "react";
import { isGone, type Photo, type Project } from "../../api/client";
import { Failed } from "../../shared/Failed";
import { Icon } from "../../shared/Icon";
import { useMay } from "../../shared/me";
import { Nothing } from "../../shared/Nothing";
import { DownloadAll } from "../archives/DownloadAll";
import { UploadPanel } from "../photos/UploadPanel";
import type { EditorProps, Editors } from "../stagings/edit";
import { Gallery } from "../stagings/Gallery";
import { useGallery } from "../stagings/queries";
import { ChosenBar } from "./ChosenBar";
import { ProjectMenu } from "./ProjectMenu";

const EDITORS: Editors = {
  room: whenAsked(async () => ({ default: (await import("../editing/CorrectRoom")).CorrectRoom })),
  furniture: whenAsked(async () => ({ default: (await import("../editing/MoveFurniture")).MoveFurniture })),
};

function whenAsked(load: () => Promise<{ default: ComponentType<EditorProps> }>) {
  return { load, Editor: lazy(load) };
}

export function ProjectPage() {
  const { projectId } = useParams({ strict: false }) as { projectId: string };
  const found = useGallery(projectId);
  if (found.isPending) return <Loading />;
  if (isGone(found.error)) return <Nothing reason={found.error.message} />;
  if (found.isLoadingError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  return <Shown {...found.data} />;
}

/** The page's outline, until it is known what is on it. */
function Loading() {
  return (
    <Stack gap="xl" aria-busy>
      <Skeleton h={36} w="min(100%, 320px)" mt={26} />
      <Skeleton h={86} radius="lg" />
      <div className="photos">
        {[1, 2].map((one) => (
          <Skeleton key={one} h={420} radius="lg" />
        ))}
      </div>
    </Stack>
  );
}

function Shown({ project, photos }: { project: Project; photos: Photo[] }) {
  useDocumentTitle(`${project.name} · Real Staging`);
  const ready = photos.flatMap((photo) => photo.stagings).filter((staging) => staging.state === "ready");
  const may = useMay();
  return (
    <Stack gap="xl">
      <Head project={project} photos={photos.length} ready={ready.map((staging) => staging.id)} />
      {may("upload") && may("stage") && <UploadPanel key={project.id} project={project} compact={photos.length > 0} />}
      {photos.length === 0 && may("read") && !may("upload") && (
        <Text c="dimmed">No photos yet. They appear here as soon as a colleague adds some.</Text>
      )}
      <Gallery
        photos={photos}
        editors={EDITORS}
        bar={(chosen, onChoose, onDone) => (
          <ChosenBar project={project} photos={photos} chosen={chosen} onChoose={onChoose} onDone={onDone} />
        )}
      />
    </Stack>
  );
}

function Head({ project, photos, ready }: { project: Project; photos: number; ready: string[] }) {
  const navigate = useNavigate();
  return (
    <Group justify="space-between" align="end">
      <div className="title">
        <Anchor component={Link} to="/" size="sm" className="way-back">
          <Icon name="back" size={14} /> Projects
        </Anchor>
        <Title order={1} className="name">{project.name}</Title>
      </div>
      <Group gap="xs">
        {ready.length > 0 && <DownloadAll projectId={project.id} ready={ready} />}
        <ProjectMenu project={project} photos={photos} onDeleted={() => void navigate({ to: "/", ignoreBlocker: true })} />
      </Group>
    </Group>
  );
}
