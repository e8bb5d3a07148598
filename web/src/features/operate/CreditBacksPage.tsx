import { Anchor, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, unwrap } from "../../api/client";
import { Block } from "../../shared/Block";
import { label, minute } from "../../shared/labels";
import { credit } from "../../shared/money";
import { Found } from "./Found";
import { Rows } from "./Rows";
import { shortModel } from "./shortModel";
import { TimeSelect } from "./TimeSelect";

const REASONS = ["house_changed", "furniture_floats", "wrong_style", "other"];

/** Which pictures people gave back, and why: by what made them, and the last ones. Their pictures are seen for a reason, elsewhere. */
export function CreditBacksPage() {
  useDocumentTitle("Credit-backs · Operate · Real Staging");
  const [days, setDays] = useState(30);
  const found = useQuery({
    queryKey: ["operate", "credit-backs", days],
    queryFn: () => unwrap(api.GET("/api/v1/operator/credit-backs", { params: { query: { days } } })),
  });
  return (
    <>
      <Block title="Credit-backs by model">
        <TimeSelect days={days} onChange={setDays} />
        <Found found={found} items={(told) => told.by_model} nothing="No paid pictures were made in this time.">
          {(told) => (
            <Rows
              name="Given back, by model"
              heads={["Model", "Prompts", "Made", "Given back", "Share", "Amount", ...REASONS.map(label)]}
              rows={told.by_model.map((one) => [
                one.model ? shortModel(one.model) : label(one.engine),
                one.prompt_version ?? "—",
                one.pictures,
                one.given_back,
                share(one.given_back, one.pictures),
                credit(one.given_back_usd),
                ...REASONS.map((reason) => one.reasons[reason] ?? 0),
              ])}
            />
          )}
        </Found>
      </Block>
      <Block title="The last ones">
        <Found found={found} items={(told) => told.recent} nothing="Nobody gave a picture back in this time.">
          {(told) =>
            told.recent.map((one) => (
              <section key={one.staging_id} className="entry" aria-label={`${label(one.reason)} ${one.staging_id}`}>
                <div className="grow">
                  <Text fw={600}>{label(one.reason)}</Text>
                  {one.words && (
                    <Text size="sm" className="name">
                      {one.words}
                    </Text>
                  )}
                  <Text size="sm" c="dimmed" className="name">
                    {[label(one.engine), one.model, one.prompt_version && `prompts ${one.prompt_version}`, minute(one.created_at)].filter(Boolean).join(", ")}
                  </Text>
                </div>
                <Anchor component={Link} to="/operate/stagings" search={{ staging: one.staging_id } as never} underline="always">
                  The staging
                </Anchor>
              </section>
            ))
          }
        </Found>
      </Block>
    </>
  );
}

/** How many of a hundred; nothing where none were made in this time. */
function share(part: number, whole: number): string {
  return whole === 0 ? "—" : `${((100 * part) / whole).toFixed(1)} %`;
}
