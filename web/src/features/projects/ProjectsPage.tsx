import { Button, Group, Modal, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { memo, useDeferredValue, useState, type FormEvent } from "react";
import { api, unwrap, type Project } from "../../api/client";
import { Failed } from "../../shared/Failed";
import { Linked } from "../../shared/Linked";
import { NearEnd } from "../../shared/NearEnd";
import { counted } from "../../shared/labels";
import { useMay } from "../../shared/me";
import { useSend } from "../../shared/useSend";
import { First } from "./First";
import { NewProjectButton } from "./NewProjectButton";
import { ProjectMenu } from "./ProjectMenu";
import { FIRST_SEEN, forgetProjects, useProjects, wantedIn, type Wanted } from "./queries";
import { WantedForm } from "./WantedForm";

/** Cards that are drawn first: more than a screen has room for. */
const FIRST = 12;

export function ProjectsPage() {
  useDocumentTitle("Projects · Real Staging");
  const [naming, setNaming] = useState(false);
  const wanted = wantedIn(useSearch({ strict: false }));
  const found = useProjects(wanted);
  const projects = found.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = wanted.search !== undefined || wanted.archived === true;
  const none = found.data && projects.length === 0;
  const may = useMay();
  const begin = () => setNaming(true);
  // What a screen has room for is drawn first, and is not kept waiting by what comes below it.
  const later = useDeferredValue(projects.length);
  const drawn = Math.min(projects.length, Math.max(FIRST, later));
  return (
    <Stack gap="xl">
      <Group justify="space-between">
        <Title order={1}>Projects</Title>
        {may("upload") && <NewProjectButton onClick={begin} />}
      </Group>
      {found.data && (narrowed || !none) && <WantedForm wanted={wanted} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Loading />}
      {none && (narrowed ? <NoneFound wanted={wanted} /> : <First onBegin={begin} />)}
      <div className="cards" aria-busy={found.isPlaceholderData}>
        {projects.slice(0, drawn).map((project, place) => (
          <ProjectCard key={project.id} project={project} first={place < FIRST_SEEN} />
        ))}
      </div>
      {/* Made anew after each reading: an event may have ended one that was on its way. */}
      {found.hasNextPage && !found.isFetching && <NearEnd shown={projects.length} onNear={() => void found.fetchNextPage()} />}
      {found.hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Show more
        </Button>
      )}
      <NewProject opened={naming} onClose={() => setNaming(false)} />
    </Stack>
  );
}

function Loading() {
  return (
    <div className="cards">
      {[1, 2, 3].map((one) => (
        <Skeleton key={one} h={260} radius="lg" />
      ))}
    </div>
  );
}

function NoneFound({ wanted }: { wanted: Wanted }) {
  return (
    <Stack align="center" py={80} gap="sm" role="status">
      <Text c="dimmed">{wanted.search ? `No project has “${wanted.search}” in its name.` : "Nothing is archived."}</Text>
      <Button variant="default" component={Link} to="/">
        See all projects
      </Button>
    </Stack>
  );
}

const ProjectCard = memo(function ProjectCard({ project, first }: { project: Project; first: boolean }) {
  return (
    <article className="card" aria-label={project.name}>
      <Link to="/projects/$projectId" params={{ projectId: project.id }}>
        {project.cover_url ? (
          <Linked className="cover" src={project.cover_url} alt="" loading={first ? "eager" : "lazy"} />
        ) : (
          <div className="cover empty">No photos yet</div>
        )}
        <Stack gap={2} p="md" pr={60}>
          <Text fw={600} truncate>
            {project.name}
          </Text>
          <Text size="sm" c="dimmed">
            {counted(project.photo_count, "photo")} · {counted(project.ready_count, "staged picture")}
          </Text>
        </Stack>
      </Link>
      <div className="card-menu">
        <ProjectMenu project={project} photos={project.photo_count} />
      </div>
    </article>
  );
});

function NewProject({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [name, setName] = useState("");
  const navigate = useNavigate();
  const cache = useQueryClient();
  const create = useSend({
    name: "create project",
    send: () => unwrap(api.POST("/api/v1/projects", { body: { name: name.trim() } })),
    onSuccess: (project) => {
      forgetProjects(cache);
      void navigate({ to: "/projects/$projectId", params: { projectId: project.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) create.mutate();
  };
  return (
    <Modal opened={opened} onClose={onClose} title="New project" centered>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Property"
            placeholder="12 Elm Street"
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" loading={create.isPending} disabled={!name.trim()}>
            Create
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
