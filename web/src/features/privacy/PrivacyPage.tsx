import { useDocumentTitle } from "@mantine/hooks";
import { useMay, useMe } from "../../shared/me";
import { EraseBlock } from "./EraseBlock";
import { ExportsBlock } from "./ExportsBlock";
import { RetentionBlock } from "./RetentionBlock";

/** What is kept: taken along, or erased. */
export function PrivacyPage() {
  useDocumentTitle("Privacy · Real Staging");
  const me = useMe();
  const may = useMay();
  if (!me) return null;
  return (
    <>
      {may("settings") && (
        <ExportsBlock of="account" title={`All of ${me.account.name}`}>
          Projects, photos, pictures and everything else that is kept of this account, in one ZIP. You are written to when it is ready.
        </ExportsBlock>
      )}
      <ExportsBlock of="me" title="What is kept of you">
        Your profile, your memberships, letters to you and what you did, in one ZIP.
      </ExportsBlock>
      {may("read") && <RetentionBlock mayChange={may("settings")} />}
      <EraseBlock me={me} mayErase={may("erase")} />
    </>
  );
}
