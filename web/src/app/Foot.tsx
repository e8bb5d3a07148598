import { Group } from "@mantine/core";

const LINKS = [
  ["/help/", "Help"],
  ["/legal/terms", "Terms"],
  ["/legal/privacy", "Privacy"],
  ["/legal/acceptable-use", "Acceptable use"],
  ["/legal/processors", "Processors"],
  ["/legal/cookies", "No cookies"],
];

/** What stands at the end of every page: pages of the service, not of the app. */
export function Foot() {
  return (
    <Group component="footer" gap="xs" className="foot">
      {LINKS.map(([href, name]) => (
        <a key={href} href={href}>
          {name}
        </a>
      ))}
    </Group>
  );
}
