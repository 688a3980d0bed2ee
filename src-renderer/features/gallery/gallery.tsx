import { useMemo, useState } from "react";
import { callStatus } from "#shared/contract/calls.ts";
import { Bars } from "../../charts/bars.tsx";
import { Heat } from "../../charts/heat.tsx";
import { Spark } from "../../charts/spark.tsx";
import { Trend } from "../../charts/trend.tsx";
import { count } from "../../format/numbers.ts";
import { Action } from "../../ui/action.tsx";
import { Card } from "../../ui/card.tsx";
import { Checks } from "../../ui/checks.tsx";
import { CopyAction } from "../../ui/copy-action.tsx";
import { Field } from "../../ui/field.tsx";
import { Limited } from "../../ui/limited.tsx";
import { Notice, type NoticeTone } from "../../ui/notice.tsx";
import { Picker } from "../../ui/picker.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { StatusWord } from "../../ui/status-word.tsx";
import { Tip } from "../../ui/tip.tsx";
import styles from "./gallery.module.css";

const tones: NoticeTone[] = ["info", "empty", "warn", "bad", "offline"];
const choices = [
  { id: "a", label: "First" },
  { id: "b", label: "Second" },
] as const;
const hours = ["8", "9", "10", "11"];
const nothing: ReadonlySet<string> = new Set();
const series = [
  { id: "a", name: "First", values: [4, 6, null, 5] },
  { id: "b", name: "Second", values: [2, 3, 4, 3] },
  { id: "c", name: "Third", values: [1, 2, 2, 6] },
];

/** Every primitive once, with made-up contents: where a change of the look is looked at first. */
export function Gallery() {
  const [choice, setChoice] = useState<"a" | "b">("a");
  const [text, setText] = useState("");
  const [checked, setChecked] = useState<string[]>(["a"]);
  const bars = useMemo(
    () =>
      [12, 24, 31, 8].map((whole, at) => ({
        label: hours[at] ?? "",
        whole,
        part: at,
        usual: 20 + at,
        usualLow: 14,
        usualHigh: 28,
      })),
    [],
  );
  const now = useMemo(() => ({ at: 3.4, label: "11:24" }), []);
  const cells = useMemo(() => [1, 4, 9, 3, 2, 8, 12, null], []);
  const days = useMemo(() => ["Mon", "Tue"], []);
  return (
    <main className={styles.gallery}>
      <h1>Gallery</h1>
      <Card title="Actions and choices" note="a note">
        <div className={styles.row}>
          <Action kind="primary">Primary</Action>
          <Action>Outline</Action>
          <Action kind="danger">Danger</Action>
          <Action kind="plain">Plain</Action>
          <Action isDisabled>Disabled</Action>
          <Tip text="More about it, on hover and on focus.">
            <Action>With a tip</Action>
          </Tip>
          <Picker
            label="Picker"
            choices={choices}
            value={choice}
            onChange={(id) => setChoice(id === "b" ? "b" : "a")}
          />
          <Segments label="Segments" choices={choices} value={choice} onChange={setChoice} />
          <Field inline label="Inline" name="inline" value={text} onChange={setText} />
        </div>
        <div className={styles.row}>
          <Field label="Field" name="field" value={text} onChange={setText} hint="A hint under it." />
          <Field label="Refused field" name="refused" value={text} onChange={setText} problem="Write something here." />
        </div>
        <div className={styles.row}>
          <Checks label="Any of several" choices={choices} value={checked} onChange={setChecked} empty="None yet." />
          <CopyAction text="A text" what="a text" />
        </div>
      </Card>
      <Card title="Words">
        <div className={styles.row}>
          {callStatus.options.map((status) => (
            <StatusWord key={status} status={status} />
          ))}
          <Limited text="1:14" broken="over the 1:00 limit" />
          <Spark values={[3, 4, 2, null, 5, 6]} tone="good" />
        </div>
        <Progress label="Calls: 120,000 of about 200,000" value={120_000} total={200_000} secondsLeft={12} />
        <Skeleton rows={3} />
      </Card>
      <Card title="Notices">
        <div className={styles.stack}>
          {tones.map((tone) => (
            <Notice key={tone} tone={tone} title={`A notice: ${tone}`} action={<Action>Do it</Action>}>
              What happened and what to do next.
            </Notice>
          ))}
        </div>
      </Card>
      <Card title="Bars" className={styles.chart}>
        <Bars label="Bars" bars={bars} wholeName="offered" partName="abandoned" now={now} write={count} />
      </Card>
      <Card title="Lines" className={styles.chart}>
        <Trend label="Lines" labels={hours} series={series} hidden={nothing} kind="line" write={count} unit="count" />
      </Card>
      <Card title="Patterns" className={styles.chart}>
        <Trend label="Patterns" labels={hours} series={series} hidden={nothing} kind="bar" write={count} unit="count" />
      </Card>
      <Card title="Heat" className={styles.chart}>
        <Heat label="Heat" columns={hours} rows={days} values={cells} write={count} name="calls" />
      </Card>
    </main>
  );
}
