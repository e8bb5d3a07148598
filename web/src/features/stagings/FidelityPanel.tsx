import { Modal, SegmentedControl, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, unwrap, type Photo, type Staging } from "../../api/client";
import { Failed } from "../../shared/Failed";
import { label } from "../../shared/labels";
import { byKind, findings, percent, verdictWords, type KindShare, type Report } from "./fidelity";
import { HoldToCompare } from "./HoldToCompare";

type Props = { photo: Photo; staging: Staging; onClose: () => void };

/** The proof behind a picture: what was looked at, what changed, what was put back. */
export function FidelityPanel({ photo, staging, onClose }: Props) {
  const found = useQuery({
    queryKey: ["fidelity", staging.id],
    queryFn: () =>
      unwrap(api.GET("/api/v1/stagings/{staging_id}/fidelity", { params: { path: { staging_id: staging.id } } })),
    staleTime: Infinity,
  });
  return (
    <Modal opened onClose={onClose} size={1180} title={`${photo.name} · ${label(staging.style ?? staging.operation)}`} zIndex={300}>
      {found.isPending && <Skeleton h={360} radius="md" />}
      {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <Proof report={found.data} photo={photo} />}
    </Modal>
  );
}

function Proof({ report, photo }: { report: Report; photo: Photo }) {
  const [view, setView] = useState("staged");
  return (
    <div className="proof">
      <Stack gap="sm">
        <SegmentedControl
          value={view}
          onChange={setView}
          data={[
            { value: "staged", label: "Staged picture" },
            { value: "changes", label: "What changed" },
          ]}
          aria-label="View"
        />
        <HoldToCompare
          original={report.original_url}
          shown={view === "staged" ? report.staged_url : report.overlay_url}
          ratio={photo.width / photo.height}
          name={photo.name}
        />
      </Stack>
      <Findings report={report} />
    </div>
  );
}

function Findings({ report }: { report: Report }) {
  const kept = byKind(report.regions, true);
  const restored = byKind(report.regions, false);
  return (
    <Stack gap="lg">
      <div>
        <Title order={3}>{verdictWords(report.verdict)}</Title>
        <Text c="dimmed" size="sm">
          Score {percent(report.score)}. {percent(report.untouched_share)} of the pixels are the photo's own, untouched, counted
          against {report.counted_against}.
          {report.rebuilt && " The furniture was set onto your own photo; everything else is the original."}
        </Text>
      </div>
      <ul className="checks">
        {findings(report.checks).map(({ name, sound, sentence }) => (
          <li key={name} data-sound={sound}>
            {sentence}
          </li>
        ))}
      </ul>
      <Changes title="Added" shares={kept} sentences={[]} />
      <Changes title="Put back as it was" shares={restored} sentences={report.put_back} />
      <Text c="dimmed" size="xs">
        Shares of the whole picture. Examined by version {report.version} of the check.
      </Text>
    </Stack>
  );
}

type ChangesProps = { title: string; shares: KindShare[]; sentences: string[] };

function Changes({ title, shares, sentences }: ChangesProps) {
  if (shares.length === 0 && sentences.length === 0) return null;
  return (
    <div>
      <Text fw={600} mb={6}>
        {title}
      </Text>
      {sentences.map((sentence) => (
        <Text size="sm" key={sentence} mb={4}>
          {sentence}
        </Text>
      ))}
      {shares.map(({ kind, name, colour, area }) => (
        <div className="change" key={kind}>
          <span className="swatch" style={{ background: colour }} />
          <span className="grow">{name}</span>
          <span>{(area * 100).toFixed(1)} %</span>
        </div>
      ))}
    </div>
  );
}
