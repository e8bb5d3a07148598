import { Button, Menu } from "@mantine/core";
import { useCallback } from "react";
import { Icon } from "../../shared/Icon";
import { goUnasked } from "../../shared/leaving";
import { showError, showNotice } from "../../shared/notify";
import { packing, type FileKind } from "./archive";
import { useArchive } from "./queries";

const KINDS: { kind: FileKind; says: string }[] = [
  { kind: "jpg", says: "JPEG, full size" },
  { kind: "mls", says: "JPEG for listing services" },
  { kind: "png", says: "PNG, lossless" },
];

/** `ready`: how many pictures; `stagingIds`: which, where it is not all of them. */
type Props = { projectId: string; ready: number; stagingIds?: string[]; verb?: string };

/** Every finished picture of a project as one ZIP: packed by the service, then downloaded by the browser, which can resume it. */
export function DownloadAll({ projectId, ready, stagingIds, verb = "Download all" }: Props) {
  const save = useCallback((url: string, leftOut: number) => {
    goUnasked(url);
    if (leftOut > 0) showNotice(`${leftOut} of the pictures were deleted meanwhile and are not in the ZIP.`);
  }, []);
  const { archive, busy, ask } = useArchive(projectId, { onReady: save, onFailed: showError });
  return (
    <Menu position="bottom-end" disabled={busy || ready === 0}>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />} disabled={busy || ready === 0} aria-busy={busy}>
          {busy ? packing(archive) : `${verb} (${ready})`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map(({ kind, says }) => (
          <Menu.Item key={kind} onClick={() => ask({ files: kind, stagingIds })}>
            {says}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
