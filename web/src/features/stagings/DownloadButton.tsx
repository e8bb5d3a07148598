import { Button, Group, Menu } from "@mantine/core";
import type { Staging } from "../../api/client";
import { Icon } from "../../shared/Icon";
import { useStagingActions, type Format } from "./actions";

const FORMATS: [Format, string][] = [
  ["jpg", "JPEG, full size"],
  ["png", "PNG, full size, lossless"],
  ["mls", "For the MLS: JPEG as it wants it"],
];

/** The picture as a file: the full JPEG at once, other formats from the menu. */
export function DownloadButton({ staging }: { staging: Staging }) {
  const { download } = useStagingActions(staging.id);
  return (
    <Group gap={1} wrap="nowrap">
      <Button
        leftSection={<Icon name="download" />}
        loading={download.isPending}
        onClick={() => download.mutate("jpg")}
        className="joined-left"
      >
        Download
      </Button>
      <Menu position="bottom-end" zIndex={400}>
        <Menu.Target>
          <Button px={10} className="joined-right" aria-label="Other formats">
            <Icon name="down" size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMATS.map(([format, name]) => (
            <Menu.Item key={format} onClick={() => download.mutate(format)}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
