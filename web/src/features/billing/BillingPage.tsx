import { Alert, Skeleton, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useSearch } from "@tanstack/react-router";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { useMay, useMe } from "../../shared/me";
import { BudgetBlock } from "../usage/BudgetBlock";
import { DaysBlock } from "../usage/DaysBlock";
import { useUsage } from "../usage/queries";
import { CreditBlock } from "./CreditBlock";
import { InvoicesBlock } from "./InvoicesBlock";
import { PlanBlock } from "./PlanBlock";
import { useBilling, type Billing } from "./queries";
import { returnedIn } from "./returned";
import { ReturnedNote } from "./ReturnedNote";

/** What the account pays for, has, spends and has paid. */
export function BillingPage() {
  useDocumentTitle("Billing · Real Staging");
  const me = useMe();
  const may = useMay();
  const found = useBilling();
  const returned = returnedIn(useSearch({ strict: false }));
  if (me && !may("billing")) return <NotYours account={me.account.name} />;
  if (found.isLoadingError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton h={240} radius="lg" />;
  return (
    <>
      <ReturnedNote {...returned} />
      <Standing billing={found.data} />
      <PlanBlock billing={found.data} />
      <CreditBlock billing={found.data} />
      <Budget />
      <DaysBlock />
      <InvoicesBlock />
    </>
  );
}

function NotYours({ account }: { account: string }) {
  return (
    <Block title="Billing">
      <Text size="sm">The owners of {account} look after its plan and what it pays. Ask one of them.</Text>
    </Block>
  );
}

/** Whether something is wrong with what was paid, and what to do. */
function Standing({ billing: { standing, standing_reason: reason } }: { billing: Billing }) {
  if (standing === "good") return null;
  return (
    <Alert
      role="alert"
      color={standing === "stopped" ? "red" : "yellow"}
      className={standing === "stopped" ? undefined : "aside"}
      title={standing === "stopped" ? "Nothing new is paid for" : "A payment is late"}
    >
      {reason}
    </Alert>
  );
}

function Budget() {
  const usage = useUsage().data;
  return usage ? <BudgetBlock usage={usage} /> : null;
}
