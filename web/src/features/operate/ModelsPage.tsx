import { Button, Group, Select, Skeleton, Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { label, minute } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { earlier, same, without } from "./chain";
import { ModelForm } from "./ModelForm";

type InForce = components["schemas"]["ModelsInForce"];
type Model = components["schemas"]["ModelSettings"];

const MODELS = ["operate", "models"];

/** Which models are asked, in which order; what each costs, how it is set up, and whether its provider says the same of it as we. */
export function ModelsPage() {
  useDocumentTitle("Models · Operate · Real Staging");
  const found = useQuery({ queryKey: MODELS, queryFn: () => unwrap(api.GET("/api/v1/operator/models")) });
  if (found.isPending) return <Skeleton h={240} />;
  if (found.isLoadingError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <Chain key={found.data.chain.set_at ?? ""} inForce={found.data} />
      <Block title="Models">
        {found.data.models.map((model) => (
          <Entry key={model.id} model={model} />
        ))}
      </Block>
    </>
  );
}

function Chain({ inForce }: { inForce: InForce }) {
  const cache = useQueryClient();
  const { models: asked, author, set_at } = inForce.chain;
  const [chain, setChain] = useState(asked);
  const save = useSend({
    name: "chain of models",
    send: (wanted: string[]) => unwrap(api.PUT("/api/v1/operator/models", { body: { chain: wanted } })),
    onSuccess: (answer) => cache.setQueryData(MODELS, answer),
  });
  const others = inForce.models.filter((model) => !chain.includes(model.id));
  return (
    <Block title="Asked in this order">
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          The first is asked; the others where it does not serve. For stagings that are requested from now on.{" "}
          {author && set_at ? `Set by ${author}, ${minute(set_at)}.` : "As in the setting REPLICATE_MODELS."}
        </Text>
        <div>
          {chain.map((model, place) => (
            <section key={model} className="entry" aria-label={model}>
              <Text className="grow name">
                {place + 1}. {model}
              </Text>
              <Group gap="xs">
                <Button variant="default" disabled={place === 0} onClick={() => setChain(earlier(chain, model))}>
                  Earlier
                </Button>
                <Button variant="default" disabled={chain.length === 1} onClick={() => setChain(without(chain, model))}>
                  Take out
                </Button>
              </Group>
            </section>
          ))}
          {chain.length === 0 && <Text c="dimmed">No model is asked.</Text>}
        </div>
        <Group align="end" gap="sm">
          <Select
            label="Ask another one, last"
            placeholder="Choose a model"
            className="field"
            data={others.map((model) => ({ value: model.id, label: `${model.name}, $${model.price_usd}` }))}
            value={null}
            onChange={(model) => model && setChain([...chain, model])}
          />
          <Button disabled={same(chain, asked)} loading={save.isPending} onClick={() => save.mutate(chain)}>
            Save this order
          </Button>
        </Group>
      </Stack>
    </Block>
  );
}

function Entry({ model }: { model: Model }) {
  const [open, setOpen] = useState(false);
  const [differences, setDifferences] = useState<string[] | null>(null);
  const check = useSend({
    name: `check ${model.id}`,
    send: () => unwrap(api.GET("/api/v1/operator/models/check", { params: { query: { model: model.id } } })),
    onSuccess: (checked) => setDifferences(checked.differences),
  });
  return (
    <section className="entry" aria-label={model.name}>
      <div className="grow">
        <Text fw={600} className="name">
          {model.name}, ${model.price_usd} a picture
        </Text>
        <Text size="sm" c="dimmed" className="name">
          {model.id}; the price is {label(model.price_confidence).toLowerCase()}; {model.operations.map((one) => label(one).toLowerCase()).join(", ")}
        </Text>
        {model.author && model.set_at && (
          <Text size="sm" c="dimmed" className="name">
            Set up by {model.author}, {minute(model.set_at)}
          </Text>
        )}
        {differences && (
          <div role="status">
            {differences.length === 0 && <Text size="sm">Its provider says the same of it.</Text>}
            {differences.map((one) => (
              <Text key={one} size="sm" className="refusal name">
                {one}
              </Text>
            ))}
          </div>
        )}
      </div>
      <Group gap="xs">
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
          Check
        </Button>
        <Button variant="default" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? "Close" : "Set up"}
        </Button>
      </Group>
      {open && <ModelForm key={model.set_at ?? ""} model={model} />}
    </section>
  );
}
