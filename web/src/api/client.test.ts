import { expect, test } from "vitest";
import { problemOf } from "./client";

test("a refusal of fields says what is wrong with each, and where", () => {
  const phone = { message: "This is no telephone number.", key: "phone", source: "body" };
  const country = { message: "This is no country.", key: "billing_address.country", source: "body" };
  const problem = problemOf({ detail: "The request is not valid.", code: "invalid_input", errors: [phone, country] }, 422);
  expect(problem.message).toBe("This is no telephone number. This is no country.");
  expect(problem.fields).toEqual({ phone: phone.message, "billing_address.country": country.message });
});

test("every other refusal is told in the words of the service, or in ours where it has none", () => {
  expect(problemOf({ detail: "There is no such project.", code: "not_found" }, 404).message).toBe("There is no such project.");
  expect(problemOf(null, 502)).toMatchObject({ message: "Something went wrong. Try again.", code: "unknown", fields: {} });
});
