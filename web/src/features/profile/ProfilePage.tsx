import { Skeleton } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Failed } from "../../shared/Failed";
import { AddressBlock } from "./AddressBlock";
import { PersonBlock } from "./PersonBlock";
import { PhotoBlock } from "./PhotoBlock";
import { PreferencesBlock } from "./PreferencesBlock";
import { PROFILE } from "./queries";

/** Who somebody is, and what they would rather have. */
export function ProfilePage() {
  useDocumentTitle("Profile · Real Staging");
  const found = useQuery(PROFILE);
  if (found.isLoadingError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={240} />;
  return (
    <>
      <PersonBlock profile={found.data} />
      <PhotoBlock address={found.data.photo_url} />
      <AddressBlock address={found.data.billing_address} />
      <PreferencesBlock preferences={found.data.preferences} />
    </>
  );
}
