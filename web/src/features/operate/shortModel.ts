/** A model without its maker, for a table on a phone: "black-forest-labs/flux-2-pro" is "flux-2-pro". Pure. */
export function shortModel(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
