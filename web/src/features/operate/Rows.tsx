import { ScrollArea, Table } from "@mantine/core";
import type { ReactNode } from "react";

/** A small table that scrolls by itself where a phone is too narrow for it. */
export function Rows({ name, heads, rows }: { name: string; heads: string[]; rows: ReactNode[][] }) {
  return (
    <ScrollArea type="auto" offsetScrollbars="x" viewportProps={{ tabIndex: 0, "aria-label": name, role: "region" }}>
      <Table fz="sm" verticalSpacing={6} style={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, number) => (
            <Table.Tr key={number}>
              {row.map((cell, place) => (
                <Table.Td key={place} className="cell" title={typeof cell === "string" ? cell : undefined}>{typeof cell === "number" ? cell.toLocaleString("en") : cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
