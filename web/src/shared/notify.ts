import { notifications } from "@mantine/notifications";

/** Tell a failure in its own words. */
export function showError(error: unknown): void {
  const message = error instanceof Error ? error.message : "Something went wrong. Try again.";
  notifications.show({ message, color: "red", autoClose: 8000, role: "alert" });
}

/** Tell something a person should know. */
export function showNotice(message: string): void {
  notifications.show({ message, color: "yellow", autoClose: 12000, role: "status" });
}

/** Tell that the service has much to do and that what was asked goes on by itself; told once for all that wait. */
export function showBusy(seconds: number): void {
  const message = `The service has much to do. Trying again in ${seconds} s.`;
  notifications.show({ id: "busy", message, color: "yellow", autoClose: seconds * 1000, role: "status" });
}
