import { Button, Modal, NumberInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState, type FormEvent } from "react";
import { api, unwrap } from "../../api/client";
import { Secret } from "../../shared/Secret";
import { useSend } from "../../shared/useSend";
import { useForgetUploadLinks, useProjectsNamed, type Into } from "./queries";
import { FocusBack } from "../../shared/FocusBack";

const MOST_FILES = 500;
const LONGEST_NAME = 120;
const SEARCH_PAUSE_MS = 250;
const LIVES = [
  { value: "1", label: "Tomorrow" },
  { value: "7", label: "In a week" },
  { value: "14", label: "In two weeks" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
];
const SAYS = "Send it to whoever takes the photos. It opens a page where they choose and send them, without an account.";

type Props = { into?: Into; onClose: () => void };

/** A new upload link, into this project or one that is chosen here; shown once when it is made. */
export function UploadLinkForm({ into, onClose }: Props) {
  const [project, setProject] = useState<Into | null>(into ?? null);
  const [name, setName] = useState("");
  const [days, setDays] = useState("14");
  const [files, setFiles] = useState<number | string>(100);
  const [url, setUrl] = useState<string | null>(null);
  const forget = useForgetUploadLinks();
  const create = useSend({
    name: "new upload link",
    send: (projectId: string) =>
      unwrap(
        api.POST("/api/v1/projects/{project_id}/upload-links", {
          params: { path: { project_id: projectId } },
          body: { name: name.trim() || null, days: Number(days), files: Number(files) },
        }),
      ),
    onSuccess: (made) => {
      setUrl(made.url);
      forget();
    },
  });
  if (url) return <Secret title="Your upload link" label="Link" secret={url} says={SAYS} onClose={onClose} />;
  const incomplete = !project || !(Number(files) >= 1 && Number(files) <= MOST_FILES);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (project && !incomplete) create.mutate(project.id);
  };
  return (
    <Modal opened onClose={onClose} title="New upload link" centered>
      <FocusBack />
      <form onSubmit={submit}>
        <Stack>
          {into ? (
            <Text>
              Photos come into <b>{into.name}</b>.
            </Text>
          ) : (
            <ProjectSelect value={project} onChange={setProject} />
          )}
          <TextInput
            label="Who it is for"
            placeholder="Name of the photographer"
            description="They see it, and you in the list. You may leave it empty."
            maxLength={LONGEST_NAME}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus={into ? true : undefined}
          />
          <Select label="It ends" data={LIVES} value={days} allowDeselect={false} onChange={(chosen) => chosen && setDays(chosen)} />
          <NumberInput
            label="It takes at most"
            suffix=" files"
            min={1}
            max={MOST_FILES}
            clampBehavior="strict"
            allowDecimal={false}
            allowNegative={false}
            value={files}
            onChange={setFiles}
          />
          <Button type="submit" disabled={incomplete} loading={create.isPending}>
            {project ? "Make link" : "Choose a project"}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}

/** One of any number of projects, found by a part of its name. */
function ProjectSelect({ value, onChange }: { value: Into | null; onChange: (into: Into | null) => void }) {
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed.trim(), SEARCH_PAUSE_MS);
  // The field shows the name of what is chosen: that is nothing to search for.
  const found = useProjectsNamed(search === value?.name ? "" : search, true);
  const items: Into[] = found.data?.items ?? [];
  const offered = value && !items.some(({ id }) => id === value.id) ? [value, ...items] : items;
  return (
    <Select
      label="Project"
      placeholder="Type a part of its name"
      searchable
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      value={value?.id ?? null}
      onSearchChange={setTyped}
      onChange={(chosen) => onChange(offered.find(({ id }) => id === chosen) ?? null)}
      openOnFocus={false}
      comboboxProps={{ withinPortal: false }}
      nothingFoundMessage={found.isFetching ? "One moment …" : search ? "No project has this in its name." : "There is no project yet."}
      error={found.isError && found.error.message}
      data-autofocus
    />
  );
}
