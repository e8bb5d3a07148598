import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api, Problem, unwrap, type Me } from "../../api/client";
import { Block } from "../../shared/Block";
import { Failed } from "../../shared/Failed";
import { day } from "../../shared/labels";
import { useSend } from "../../shared/useSend";
import { FocusBack } from "../../shared/FocusBack";

const NOT_FOUND = 404;

/** The erasure that an account waits for; null where it waits for none. */
function useErasure(accountId: string) {
  return useQuery({
    queryKey: ["erasure", accountId],
    queryFn: async () => {
      try {
        return await unwrap(api.GET("/api/v1/me/accounts/{account_id}/erasure", { params: { path: { account_id: accountId } } }));
      } catch (error) {
        if (error instanceof Problem && error.status === NOT_FOUND) return null;
        throw error;
      }
    },
  });
}

/** The end of an account: asked for by its name, and taken back within its days. */
export function EraseBlock({ me, mayErase }: { me: Me; mayErase: boolean }) {
  const found = useErasure(me.account.id);
  const waits = found.data?.state === "waiting" ? found.data : null;
  if (found.isLoadingError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (waits) return <Waiting me={me} due={waits.due_at} />;
  return mayErase ? <Ask me={me} /> : null;
}

function Waiting({ me, due }: { me: Me; due: string }) {
  const back = useSend({
    name: "take the erasure back",
    send: () =>
      unwrap(api.DELETE("/api/v1/me/accounts/{account_id}/erasure", { params: { path: { account_id: me.account.id } } })),
    onSuccess: () => location.assign("/"),
  });
  return (
    <Block title="This account will be erased">
      <Text mb="sm">
        {me.account.name} is stopped, and will be erased with everything in it on <b>{day(due)}</b>. Until then you can take that back.
      </Text>
      <Button loading={back.isPending} onClick={() => back.mutate()}>
        Keep the account
      </Button>
    </Block>
  );
}

function Ask({ me }: { me: Me }) {
  const [asked, setAsked] = useState(false);
  const [name, setName] = useState("");
  const erase = useSend({
    name: "erase the account",
    send: () => unwrap(api.POST("/api/v1/account/erasure", { body: { name } })),
    onSuccess: () => location.reload(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    erase.mutate();
  };
  return (
    <Block title="Erase this account">
      <Text c="dimmed" mb="sm">
        Every project, photo and picture, for everybody in {me.account.name}. It is stopped at once and erased after seven days, in which you
        can take that back. What the law has us keep of payments is kept without names.
      </Text>
      <Button variant="default" onClick={() => setAsked(true)}>
        Erase {me.account.name}
      </Button>
      {asked && (
        <Modal opened onClose={() => setAsked(false)} title={`Erase ${me.account.name}?`} centered>
          <FocusBack />
          <form onSubmit={submit}>
            <Stack>
              <TextInput
                label={`Type ${me.account.name} to say that you mean it`}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
                maxLength={120}
                data-autofocus
              />
              <Group justify="end">
                <Button variant="default" onClick={() => setAsked(false)}>
                  Keep
                </Button>
                <Button color="red.8" type="submit" disabled={name !== me.account.name} loading={erase.isPending}>
                  Erase
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal>
      )}
    </Block>
  );
}
