import { Skeleton, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failed } from "../../shared/Failed";

type Props<T> = { found: UseQueryResult<T>; nothing: string; items: (data: T) => unknown[]; children: (data: T) => ReactNode };

/** What was asked for: on its way, failed, nothing, or there. */
export function Found<T>({ found, nothing, items, children }: Props<T>) {
  if (found.isPending) return <Skeleton h={80} />;
  if (found.isLoadingError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  return items(found.data).length === 0 ? <Text c="dimmed">{nothing}</Text> : <>{children(found.data)}</>;
}
