/** Amounts as people read them. Pure. */

/** A price: "$24", "€8.90"; `minor` in hundredths of the currency. Exact, as an invoice is: "$24.00". */
export function paid(minor: number, currency: string, exact = false): string {
  const style = { style: "currency", currency: currency.toUpperCase() } as const;
  const digits = exact || minor % 100 !== 0 ? 2 : 0;
  return (minor / 100).toLocaleString("en", { ...style, minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Credit, which is told in dollars at list price: "$2.50", "−$1.00". */
export function credit(dollars: number | string): string {
  const amount = Number(dollars);
  const sign = amount < 0 ? "−" : "";
  return `${sign}$${Math.abs(amount).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}
