import { Alert, Button, Progress, Stack, Text } from "@mantine/core";
import type { Photo, Staging } from "../../api/client";
import { stepLabel } from "../../shared/labels";
import { Compare } from "./Compare";

type Props = { photo: Photo; staging: Staging | undefined; onEnlarge: () => void };

/** The chosen variant: to compare when it is ready, as a draft while it is made, the photo itself until then. */
export function Picture({ photo, staging, onEnlarge }: Props) {
  const ratio = photo.width / photo.height;
  if (!staging?.urls)
    return (
      <div className="frame" style={{ aspectRatio: ratio }}>
        <img src={photo.urls.web} alt={photo.name} />
        {staging?.draft_url && <Draft address={staging.draft_url} name={photo.name} />}
        {staging && <Waiting staging={staging} />}
      </div>
    );
  return (
    <div className="frame">
      <Compare before={photo.urls.web} after={staging.urls.web} ratio={ratio} name={photo.name} />
      <Button variant="white" size="compact-sm" onClick={onEnlarge} className="enlarge">
        Enlarge
      </Button>
    </div>
  );
}

function Draft({ address, name }: { address: string; name: string }) {
  return (
    <>
      <img className="draft" src={address} alt={`${name}, draft`} />
      <span className="badge">Draft</span>
    </>
  );
}

function Waiting({ staging }: { staging: Staging }) {
  if (staging.state === "failed" || staging.state === "canceled") {
    const failed = staging.state === "failed";
    return (
      <Alert color={failed ? "red" : "gray"} title={failed ? "Not staged" : "Canceled"} className="told">
        {staging.error?.message ?? "You canceled this staging."}
      </Alert>
    );
  }
  return (
    <Stack gap={6} p="md" className="under-way" role="status">
      <Text size="sm">{stepLabel(staging.step)} …</Text>
      <Progress value={Math.max(4, staging.progress * 100)} animated aria-label="Progress" />
    </Stack>
  );
}
