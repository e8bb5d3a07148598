import { Anchor, Button, Group, Skeleton, Text } from "@mantine/core";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { day } from "../../shared/labels";
import { paid } from "../../shared/money";
import { useInvoices, type Invoice } from "./queries";
import { givenBackTold, invoiceState, stagedTold } from "./told";

/** What was paid, newest first, with Stripe's documents and what was staged for it. */
export function InvoicesBlock() {
  const found = useInvoices();
  const invoices = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Block title="Invoices and receipts">
      {found.isPending && <Skeleton h={80} />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && invoices.length === 0 && (
        <Text size="sm" c="dimmed">
          Nothing was paid yet.
        </Text>
      )}
      {invoices.map((invoice) => (
        <Row key={invoice.id} invoice={invoice} />
      ))}
      {found.hasNextPage && (
        <Button variant="default" mt="sm" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Block>
  );
}

function Row({ invoice }: { invoice: Invoice }) {
  const { number, description, currency } = invoice;
  const name = number ? `Invoice ${number}` : description;
  const staged = stagedTold(invoice);
  return (
    <article className="entry" aria-label={name}>
      <div className="grow name">
        <Text fw={500}>
          {description} <span className="chip" data-tone={invoice.state === "paid" ? "good" : undefined}>{invoiceState(invoice)}</span>
        </Text>
        <Text size="sm" c="dimmed">
          {[day(invoice.paid_at ?? invoice.created_at), number].filter(Boolean).join(" · ")}
          {staged && ` · Stagings: ${staged}`}
        </Text>
        {givenBackTold(invoice).map((words) => (
          <Text size="sm" key={words}>
            {words}
          </Text>
        ))}
      </div>
      <Text fw={500}>{paid(invoice.total_minor, currency, true)}</Text>
      <Group gap="sm">
        {invoice.state === "open" && invoice.hosted_url && (
          <Anchor href={invoice.hosted_url} target="_blank" rel="noreferrer" size="sm">
            Pay
          </Anchor>
        )}
        {invoice.pdf_url && (
          <Anchor href={invoice.pdf_url} target="_blank" rel="noreferrer" size="sm" aria-label={`PDF of ${name}`}>
            PDF
          </Anchor>
        )}
        {!invoice.pdf_url && invoice.hosted_url && invoice.state !== "open" && (
          <Anchor href={invoice.hosted_url} target="_blank" rel="noreferrer" size="sm" aria-label={`Receipt of ${name}`}>
            Receipt
          </Anchor>
        )}
      </Group>
    </article>
  );
}
