import { Skeleton } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { Failed } from "../../shared/Failed";
import { useMay, useMe } from "../../shared/me";
import { AccountBlock } from "./AccountBlock";
import { InvitationsBlock } from "./InvitationsBlock";
import { LeaveBlock } from "./LeaveBlock";
import { MembersBlock } from "./MembersBlock";
import { NewOffice } from "./NewOffice";
import { useAccount } from "./queries";

/** The account that one works in: its name, who is in it, and the ways in and out. */
export function OfficePage() {
  useDocumentTitle("Office · Real Staging");
  const may = useMay();
  const me = useMe();
  const found = useAccount();
  if (found.isLoadingError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || !me) return <Skeleton h={240} radius="lg" />;
  return (
    <>
      <AccountBlock key={found.data.name + found.data.kind} account={found.data} />
      {may("members") && <MembersBlock me={me} />}
      {may("members") && <InvitationsBlock me={me} />}
      <LeaveBlock me={me} />
      <NewOffice />
    </>
  );
}
