import { Button, FileButton, Group, Text } from "@mantine/core";
import { useRef } from "react";
import { api, Problem, putFile, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { OwnPhoto } from "../../shared/OwnPhoto";
import { useSend } from "../../shared/useSend";
import { useKeepProfile, type Profile } from "./queries";

/** Bytes that the service takes of one. */
const MOST_BYTES = 12_000_000;
const KINDS = "image/jpeg,image/png,image/webp,image/heic,.heic";

/** `told`: what tells one file from another. */
type Chosen = { file: File; told: string };

/** The photo of somebody: chosen, shown as the small square that is kept of it, taken away. */
export function PhotoBlock({ address }: { address: string | null }) {
  const keep = useKeepProfile();
  const again = useRef<() => void>(null);
  const set = useSend({ name: "own photo", send: ({ file }: Chosen) => put(file), onSuccess: keep });
  const remove = useSend({
    name: "no own photo",
    send: () => unwrap(api.DELETE("/api/v1/me/profile/photo")),
    onSuccess: keep,
  });
  const choose = (file: File | null) => {
    // The same file may be chosen once more.
    again.current?.();
    if (file) set.mutate({ file, told: `${file.name} ${file.size} ${file.lastModified}` });
  };
  return (
    <Block title="Photo">
      <Group gap="md">
        {address && <OwnPhoto address={address} size={96} />}
        <Group gap="xs">
          <FileButton onChange={choose} accept={KINDS} resetRef={again}>
            {(button) => (
              <Button variant="default" loading={set.isPending} {...button}>
                {address ? "Choose another" : "Choose a photo"}
              </Button>
            )}
          </FileButton>
          {address && (
            <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
              Remove
            </Button>
          )}
        </Group>
      </Group>
      <Text size="sm" c="dimmed" mt="sm">
        Its middle is kept as a small square, and nothing of where or when it was taken. Only you see it, beside your name above.
      </Text>
    </Block>
  );
}

async function put(file: File): Promise<Profile> {
  if (file.size > MOST_BYTES) throw new Problem("This photo is larger than 12 MB. Choose a smaller one.", 413, "too_large");
  return putFile<Profile>("/api/v1/me/profile/photo", file);
}
