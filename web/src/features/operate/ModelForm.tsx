import { Button, Group, NumberInput, PasswordInput, Select, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { label } from "../../shared/labels";
import { useSend } from "../../shared/useSend";

type Model = components["schemas"]["ModelSettings"];
type Value = string | number | boolean | null;
/** What a provider says of one value (JSON Schema), as far as it is asked for here. */
type Rule = { type?: string; enum?: unknown[]; format?: string; minimum?: number; maximum?: number; default?: unknown };

/** Everything that may be set for a model. What is left empty is the provider's own; a secret that is left empty stays as it is. */
export function ModelForm({ model }: { model: Model }) {
  const cache = useQueryClient();
  const [values, setValues] = useState<Record<string, Value>>(model.configuration as Record<string, Value>);
  const save = useSend({
    name: `set up ${model.id}`,
    send: (wanted: Record<string, Value>) =>
      unwrap(api.PUT("/api/v1/operator/models", { body: { configurations: { [model.id]: wanted as Record<string, never> } } })),
    onSuccess: (answer) => cache.setQueryData(["operate", "models"], answer),
  });
  const put = (name: string, value: Value) => setValues({ ...values, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // What was emptied is left out: but of secrets null takes away what is kept.
    const given = Object.entries(values).filter(([name, value]) => (isSecret(model, name) ? value !== "" : value !== "" && value !== null));
    save.mutate(Object.fromEntries(given));
  };
  const names = Object.keys(model.accepts);
  if (names.length === 0) return <Text c="dimmed">Nothing may be set for it.</Text>;
  return (
    <form onSubmit={submit} className="wide-form">
      <Group align="end" gap="sm">
        {names.map((name) => (
          <Field key={name} name={name} rule={model.accepts[name] as Rule} kept={model.secrets.includes(name)} value={values[name]} onChange={(to) => put(name, to)} />
        ))}
        <Button type="submit" loading={save.isPending}>
          Save
        </Button>
      </Group>
    </form>
  );
}

function isSecret(model: Model, name: string): boolean {
  return (model.accepts[name] as Rule | undefined)?.format === "password";
}

type Props = { name: string; rule: Rule; kept: boolean; value: Value | undefined; onChange: (to: Value) => void };

function Field({ name, rule, kept, value, onChange }: Props) {
  const own = rule.default === undefined ? "" : `Its own: ${String(rule.default)}`;
  const shown = { label: label(name).replace("Openai api", "OpenAI API"), className: "field", description: own || undefined };
  if (rule.format === "password") {
    return (
      <Group align="end" gap="xs">
        <PasswordInput
          {...shown}
          description={value === null ? "Will be taken away" : kept ? "Set" : "Not set"}
          miw={220}
          autoComplete="off"
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        {kept && (
          <Button variant="default" onClick={() => onChange(null)}>
            Take away
          </Button>
        )}
      </Group>
    );
  }
  if (rule.type === "boolean" || rule.enum) {
    const choices = rule.enum ?? [true, false];
    return (
      <Select
        {...shown}
        data={choices.map((one) => ({ value: String(one), label: rule.enum ? String(one) : one ? "Yes" : "No" }))}
        value={value === undefined || value === null ? null : String(value)}
        clearable
        onChange={(to) => onChange((choices.find((one) => String(one) === to) as Value | undefined) ?? null)}
      />
    );
  }
  if (rule.type === "integer" || rule.type === "number") {
    return (
      <NumberInput
        {...shown}
        min={rule.minimum}
        max={rule.maximum}
        allowDecimal={rule.type === "number"}
        value={typeof value === "number" ? value : ""}
        onChange={(to) => onChange(typeof to === "number" ? to : null)}
      />
    );
  }
  return <TextInput {...shown} value={typeof value === "string" ? value : ""} maxLength={2000} onChange={(event) => onChange(event.currentTarget.value)} />;
}
