import { Alert, Button, Progress, Stack, Text } from "@mantine/core";
import type { Photo, Staging } from "../../api/client";
import { Icon } from "../../shared/Icon";
import { stepLabel } from "../../shared/labels";
import { Linked } from "../../shared/Linked";
import { Compare } from "./Compare";
import { sources, SIZES } from "./sources";

type Props = {
  photo: Photo;
  staging: Staging | undefined;
  /** Whether it is on the screen before anybody scrolls. */
  first: boolean;
  onEnlarge: () => void;
};

/** The chosen variant: to compare when it is ready, as a draft while it is made, the photo itself until then. */
export function Picture({ photo, staging, first, onEnlarge }: Props) {
  const ratio = photo.width / photo.height;
  const before = sources(photo.urls, photo.width, photo.height);
  if (!staging?.urls)
    return (
      <div className="frame" style={{ aspectRatio: ratio }}>
        <Linked {...before} sizes={SIZES} alt={photo.name} loading={first ? "eager" : "lazy"} />
        {staging?.draft_url && <Draft address={staging.draft_url} name={photo.name} />}
        {staging && <Waiting staging={staging} />}
      </div>
    );
  return (
    <div className="frame">
      <Compare
        before={before}
        after={sources(staging.urls, photo.width, photo.height)}
        ratio={ratio}
        name={photo.name}
        sizes={SIZES}
        loading={first ? "eager" : "lazy"}
      />
      <Button
        variant="white"
        size="compact-sm"
        leftSection={<Icon name="enlarge" size={15} />}
        onClick={onEnlarge}
        className="enlarge"
      >
        Enlarge
      </Button>
    </div>
  );
}

function Draft({ address, name }: { address: string; name: string }) {
  return (
    <>
      <Linked className="draft" src={address} alt={`${name}, draft`} />
      <span className="badge">Draft</span>
    </>
  );
}

function Waiting({ staging }: { staging: Staging }) {
  if (staging.state === "withdrawn")
    return (
      <Alert color="gray" title="Given back" className="told">
        This picture was withdrawn, and its price is credit of yours again.
      </Alert>
    );
  if (staging.state === "failed" || staging.state === "canceled") {
    const failed = staging.state === "failed";
    return (
      <Alert
        color={failed ? "red" : "gray"}
        title={failed ? "Not staged" : "Canceled"}
        className="told"
        data-failed={failed}
      >
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
