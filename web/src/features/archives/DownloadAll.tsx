import { Button, Menu } from "@mantine/core";
import { useCallback } from "react";
import { Icon } from "../../shared/Icon";
import { showError, showNotice } from "../../shared/notify";
import { packing, type FileKind } from "./archive";
import { useArchive } from "./queries";

const KINDS: { kind: FileKind; says: string }[] = [
  { kind: "jpg", says: "JPEG, full size" },
  { kind: "mls", says: "JPEG for listing services" },
  { kind: "png", says: "PNG, lossless" },
];

/** Every finished picture of a project as one ZIP: packed by the service, then downloaded by the browser, which can resume it. */
export function DownloadAll({ projectId, ready }: { projectId: string; ready: number }) {
  const save = useCallback((url: string, leftOut: number) => {
    location.assign(url);
    if (leftOut > 0) showNotice(`${leftOut} of the pictures were deleted meanwhile and are not in the ZIP.`);
  }, []);
  const { archive, busy, ask } = useArchive(projectId, { onReady: save, onFailed: showError });
  return (
    <Menu position="bottom-end" disabled={busy}>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />} disabled={busy} aria-busy={busy}>
          {busy ? packing(archive) : `Download all (${ready})`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map(({ kind, says }) => (
          <Menu.Item key={kind} onClick={() => ask(kind)}>
            {says}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
