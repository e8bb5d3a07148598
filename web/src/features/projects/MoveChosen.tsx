import { Button, Modal, ScrollArea, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap, type Photo, type Project } from "../../api/client";
import { counted } from "../../shared/labels";
import { showNotice } from "../../shared/notify";
import { useSend } from "../../shared/useSend";
import { forgetProjects, LONGEST_SEARCH, SEARCH_PAUSE_MS, useProjects, wantedIn } from "./queries";
import { sendInTurns } from "./turns";

type Props = { from: Project; photos: Photo[]; onMoved: () => void; onClose: () => void };

/** Choose the project that photos come into, with everything that was made of them. */
export function MoveChosen({ from, photos, onMoved, onClose }: Props) {
  const [moved, setMoved] = useState(0);
  const left = counted(photos.length - moved, "photo");
  const [search, setSearch] = useState("");
  const [wanted] = useDebouncedValue(search.trim(), SEARCH_PAUSE_MS);
  const found = useProjects(wantedIn({ search: wanted, order: "name" }));
  const projects = (found.data?.pages.flatMap((page) => page.items) ?? []).filter((project) => project.id !== from.id);
  const cache = useQueryClient();
  const move = useSend({
    name: "move chosen photos",
    send: async (into: Project) => {
      await sendInTurns(photos.map((photo) => photo.id), (ids) => movePhotos(ids, into), moved, setMoved);
      return left;
    },
    onSuccess: (told, into) => {
      forgetProjects(cache);
      showNotice(`${told} moved to ${into.name}.`);
      onMoved();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Move ${left} to`} centered>
      <Stack>
        <TextInput
          type="search"
          aria-label="Search projects"
          placeholder="Search"
          maxLength={LONGEST_SEARCH}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          data-autofocus
        />
        <ScrollArea.Autosize mah={320} aria-busy={found.isFetching}>
          <Stack gap={4}>
            {projects.map((project) => (
              <UnstyledButton
                key={project.id}
                className="into"
                disabled={move.isPending}
                onClick={() => move.mutate(project)}
              >
                <Text truncate>{project.name}</Text>
                <Text size="sm" c="dimmed">
                  {counted(project.photo_count, "photo")}
                </Text>
              </UnstyledButton>
            ))}
            {found.data && projects.length === 0 && (
              <Text c="dimmed" role="status">
                {wanted ? "No other project has this in its name." : "There is no other project yet."}
              </Text>
            )}
          </Stack>
        </ScrollArea.Autosize>
        {found.hasNextPage && (
          <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        )}
      </Stack>
    </Modal>
  );
}

async function movePhotos(ids: string[], into: Project): Promise<void> {
  await unwrap(api.POST("/api/v1/photos/moves", { body: { photo_ids: ids, project_id: into.id } }));
}
