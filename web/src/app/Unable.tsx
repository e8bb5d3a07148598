import { Anchor, Code, List, Stack, Text, Title } from "@mantine/core";
import { Logo } from "./Logo";
import { Look } from "./Look";

/** Instead of the page, where the browser lacks what it needs: what that is, why, and what to do. */
export function Unable({ missing }: { missing: string[] }) {
  return (
    <Look>
      <main className="unable">
        <Stack gap="lg" role="alert">
          <Logo />
          <Title order={1}>{isSecureContext ? "This browser is too old" : "This address is not encrypted"}</Title>
          {isSecureContext ? <Text>Update your browser, or open this page in another one.</Text> : <Unencrypted />}
          <div>
            <Text c="dimmed" size="sm">
              Missing here:
            </Text>
            <List size="sm" c="dimmed">
              {missing.map((part) => (
                <List.Item key={part}>{part}</List.Item>
              ))}
            </List>
          </div>
        </Stack>
      </main>
    </Look>
  );
}

function Unencrypted() {
  const { host, port, pathname } = location;
  const here = `http://localhost${port && `:${port}`}`;
  return (
    <Stack gap="sm">
      <Text>
        You opened <Code>http://{host}</Code>. Over plain HTTP, browsers keep from a page what it needs to sign you in and to send
        photos safely. They give it over <Code>https://</Code>, or on the computer that runs the service.
      </Text>
      <List spacing={6}>
        <List.Item>
          If this service has an encrypted address, open it: <Anchor underline="always" href={`https://${host}${pathname}`}>https://{host}</Anchor>
        </List.Item>
        <List.Item>
          On the computer that runs it, open <Code>{here}</Code>.
        </List.Item>
        <List.Item>
          From another computer, lead that address there first: <Code>ssh -L {port || 80}:localhost:{port || 80} COMPUTER</Code>,
          then open <Code>{here}</Code>.
        </List.Item>
      </List>
    </Stack>
  );
}
