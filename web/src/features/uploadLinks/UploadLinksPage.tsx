import { Anchor, Button, Skeleton, Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { Confirm } from "../../shared/Confirm";
import { Failed } from "../../shared/Failed";
import { Icon } from "../../shared/Icon";
import { day } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { useForgetUploadLinks, useUploadLinks, type UploadLink } from "./queries";
import { UploadLinkForm } from "./UploadLinkForm";

/** The links by which people without an account send photos: made, looked after, taken back. */
export function UploadLinksPage() {
  useDocumentTitle("Upload links · Real Staging");
  const found = useUploadLinks();
  const [adding, setAdding] = useState(false);
  const links = found.data?.pages.flatMap((page) => page.items) ?? [];
  const add = (
    <Button leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
      New link
    </Button>
  );
  return (
    <Block title="Upload links" action={links.length > 0 && add}>
      {found.isPending && <Skeleton h={120} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && links.length === 0 && <NoLinks add={add} />}
      {links.map((link) => (
        <LinkRow key={link.id} link={link} />
      ))}
      {found.hasNextPage && (
        <Button mt="sm" variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Show more
        </Button>
      )}
      {adding && <UploadLinkForm onClose={() => setAdding(false)} />}
    </Block>
  );
}

function NoLinks({ add }: { add: ReactNode }) {
  return (
    <Stack align="start" gap="sm">
      <Text c="dimmed">
        Give a photographer a link, and their photos come straight into a project of yours. They need no account and see nothing else.{" "}
        <Anchor href="/help/how-to/upload-links/" underline="always" inherit>
          How it works
        </Anchor>
      </Text>
      {add}
    </Stack>
  );
}

function LinkRow({ link }: { link: UploadLink }) {
  const [asked, setAsked] = useState(false);
  const forget = useForgetUploadLinks();
  const revoke = useSend({
    name: `revoke ${link.id}`,
    send: () =>
      unwrap(
        api.DELETE("/api/v1/projects/{project_id}/upload-links/{link_id}", {
          params: { path: { project_id: link.project_id, link_id: link.id } },
        }),
      ),
    onSuccess: () => {
      setAsked(false);
      forget();
    },
  });
  const name = link.name ?? `Link … ${link.ends_with}`;
  return (
    <div className="entry" role="group" aria-label={name}>
      <div className="grow name">
        <Text fw={500}>
          {name} {link.files_left === 0 && <span className="chip">Full</span>}
        </Text>
        <Text size="sm" c="dimmed">
          {link.name && `… ${link.ends_with} · `}into{" "}
          <Anchor component={Link} to={`/projects/${link.project_id}`} underline="always" inherit>
            {link.project_name}
          </Anchor>
        </Text>
        <Text size="sm" c="dimmed">
          {link.files - link.files_left} of {link.files} files used · ends {day(link.expires_at)} · made by {link.created_by},{" "}
          {day(link.created_at)}
        </Text>
      </div>
      <Button variant="default" size="compact-md" onClick={() => setAsked(true)} aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
      {asked && (
        <Confirm
          title="Revoke this link?"
          verb="Revoke"
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate()}
          onClose={() => setAsked(false)}
        >
          <b>{name}</b> takes no more photos, at once. What has come by it stays.
        </Confirm>
      )}
    </div>
  );
}
