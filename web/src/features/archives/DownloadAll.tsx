import { Button, Menu } from "@mantine/core";
import { Fragment, useCallback } from "react";
import { Icon } from "../../shared/Icon";
import { goUnasked } from "../../shared/leaving";
import { showError, showNotice } from "../../shared/notify";
import { MOST_PICTURES, packing, partsOf, type FileKind } from "./archive";
import { useArchive } from "./queries";

const KINDS: { kind: FileKind; says: string }[] = [
  { kind: "jpg", says: "JPEG, full size" },
  { kind: "mls", says: "JPEG for listing services" },
  { kind: "png", says: "PNG, lossless" },
];

/** `ready`: the finished pictures; `some`: they are not all that the project has. */
type Props = { projectId: string; ready: string[]; some?: boolean; verb?: string };

/** Finished pictures of a project as a ZIP, or as several where they are too many: packed by the service, then downloaded by the
 * browser, which can resume it.
 */
export function DownloadAll({ projectId, ready, some = false, verb = "Download all" }: Props) {
  const save = useCallback((url: string, leftOut: number) => {
    goUnasked(url);
    if (leftOut > 0) showNotice(`${leftOut} of the pictures were deleted meanwhile and are not in the ZIP.`);
  }, []);
  const parts = partsOf(ready);
  const { archive, busy, ask } = useArchive(projectId, { onReady: save, onFailed: showError });
  return (
    <Menu position="bottom-end" disabled={busy || ready.length === 0}>
      <Menu.Target>
        <Button variant="default" leftSection={<Icon name="download" />} disabled={busy || ready.length === 0} aria-busy={busy}>
          {busy ? packing(archive) : `${verb} (${ready.length})`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {parts.length > 1 && <Menu.Label>A ZIP holds {MOST_PICTURES.toLocaleString("en")} pictures at most.</Menu.Label>}
        {parts.map((part) => (
          <Fragment key={part.says}>
            {parts.length > 1 && <Menu.Label>{part.says}</Menu.Label>}
            {KINDS.map(({ kind, says }) => (
              <Menu.Item key={kind} onClick={() => ask({ files: kind, stagingIds: some || parts.length > 1 ? part.ids : undefined })}>
                {says}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
