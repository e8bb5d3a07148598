import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, unwrap } from "../../api/client";
import { useMay } from "../../shared/me";
import { useSend } from "../../shared/useSend";
import { useStarting } from "../orders/useStarting";
import { stageDemo } from "../photos/demo";
import { NewProjectButton } from "./NewProjectButton";
import { forgetProjects } from "./queries";

const NAME = "A first look";

/** Nothing is here yet: begin with photos of one's own, or see it done with one of ours. */
export function First({ onBegin }: { onBegin: () => void }) {
  const may = useMay();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { task, all } = useStarting();
  const look = useSend({
    name: "a first look",
    send: async () => {
      const project = await unwrap(api.POST("/api/v1/projects", { body: { name: NAME } }));
      // What is in the way is told; the project is there all the same, with the place for photos of their own.
      await stageDemo(project, { task: { ...task, engine: "local" }, all }).finally(() => {
        forgetProjects(cache);
        void navigate({ to: "/projects/$projectId", params: { projectId: project.id } });
      });
    },
  });
  if (!may("read")) return null;
  if (!may("upload") || !may("stage"))
    return (
      <Stack align="center" py={80} gap="sm">
        <Title order={2}>No projects yet</Title>
        <Text c="dimmed">They appear here as soon as a colleague makes one.</Text>
      </Stack>
    );
  return (
    <Stack align="center" py={60} gap="md">
      <img className="first" src="/example/empty.webp" width={420} height={280} alt="An empty living room" />
      <Title order={2}>Stage your first room</Title>
      <Text c="dimmed" ta="center">
        A project holds the photos of one property. No photo at hand? See it done with this one, which we drew.
      </Text>
      <Group gap="sm" justify="center">
        <NewProjectButton onClick={onBegin} />
        <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
          Try it with a photo of ours
        </Button>
      </Group>
    </Stack>
  );
}
