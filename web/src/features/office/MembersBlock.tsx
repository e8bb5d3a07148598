import { ActionIcon, Menu, Select, Skeleton, Text } from "@mantine/core";
import { api, unwrap, type Me, type Role } from "../../api/client";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { Icon } from "../../shared/Icon";
import { useKept } from "../../shared/kept";
import { day, label } from "../../shared/labels";
import { useMay } from "../../shared/me";
import { useSend } from "../../shared/useSend";
import { MemberDialog, type Asked } from "./MemberDialog";
import { useForgetOffice, useMembers, type Colleague, type MemberChange } from "./queries";
import { mayChange, rolesBelow } from "./roles";

/** Everybody in the account, and what they may. */
export function MembersBlock({ me }: { me: Me }) {
  const found = useMembers();
  const [asked, setAsked] = useKept<Asked | null>("member", null);
  const members = found.data?.items ?? [];
  const about = members.find((member) => member.id === asked?.id);
  return (
    <Block title="Members">
      {found.isPending && <Skeleton h={120} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {members.map((member) => (
        <MemberRow key={member.id} me={me} member={member} onAsk={(what) => setAsked({ what, id: member.id })} />
      ))}
      {asked && about && <MemberDialog what={asked.what} member={about} onClose={() => setAsked(null)} />}
    </Block>
  );
}

type RowProps = { me: Me; member: Colleague; onAsk: (what: Asked["what"]) => void };

function MemberRow({ me, member, onAsk }: RowProps) {
  const mine = me.id === member.id;
  const forget = useForgetOffice();
  const change = useSend({
    name: `member ${member.id}`,
    send: (body: MemberChange) =>
      unwrap(api.PATCH("/api/v1/members/{member_id}", { params: { path: { member_id: member.id } }, body })),
    onSuccess: forget,
  });
  const changeable = mayChange(me.role, member.role);
  return (
    <div className="entry" role="group" aria-label={member.name}>
      <div className="grow name">
        <Text fw={500}>
          {member.name}
          {mine && " (you)"} {member.suspended && <span className="chip">Suspended</span>}
        </Text>
        <Text size="sm" c="dimmed">
          {member.email || "Without an address"} · since {day(member.since)}
          {member.monthly_limit_usd !== null && ` · at most $${member.monthly_limit_usd} a month`}
        </Text>
      </div>
      <Select
        aria-label={`Role of ${member.name}`}
        w={130}
        data={(changeable ? rolesBelow(me.role) : [member.role]).map((role) => ({ value: role, label: label(role) }))}
        value={member.role}
        allowDeselect={false}
        disabled={!changeable || change.isPending}
        onChange={(role) => role && role !== member.role && change.mutate({ role: role as Role })}
      />
      <MemberMenu
        member={member}
        mine={mine}
        changeable={changeable}
        onSuspend={(suspended) => change.mutate({ suspended })}
        onAsk={onAsk}
      />
    </div>
  );
}

type MenuProps = {
  member: Colleague;
  mine: boolean;
  changeable: boolean;
  onSuspend: (suspended: boolean) => void;
  onAsk: (what: Asked["what"]) => void;
};

function MemberMenu({ member, mine, changeable, onSuspend, onAsk }: MenuProps) {
  const may = useMay();
  return (
    <Menu position="bottom-end" disabled={!changeable}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} disabled={!changeable} aria-label={`More for ${member.name}`}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onAsk("limit")}>Monthly limit</Menu.Item>
        {!mine && member.suspended && <Menu.Item onClick={() => onSuspend(false)}>Let in again</Menu.Item>}
        {!mine && !member.suspended && <Menu.Item onClick={() => onAsk("suspend")}>Suspend</Menu.Item>}
        {!mine && may("transfer") && !member.suspended && <Menu.Item onClick={() => onAsk("transfer")}>Hand over the account</Menu.Item>}
        {!mine && (
          <Menu.Item color="red" onClick={() => onAsk("remove")}>
            Remove
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
