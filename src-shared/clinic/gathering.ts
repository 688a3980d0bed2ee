import type { ServiceLevelVariant } from "../contract/clinics.ts";
import type { GroupSums } from "../metrics/compute-metrics.ts";
import { addRatio, type Ratio } from "../metrics/ratio.ts";
import { serviceLevelParts } from "../metrics/service-level.ts";
import { addSums, noSums, type Sums } from "../metrics/sums.ts";

/** Puts the sums of one or several clinics together, each with its own service-level variant. */
export class Gathering {
  readonly sums: Sums = noSums();
  #serviceLevel: Ratio = { numerator: 0, denominator: 0 };

  add(sums: Sums, variant: ServiceLevelVariant): this {
    addSums(this.sums, sums);
    this.#serviceLevel = addRatio(this.#serviceLevel, serviceLevelParts(variant, sums));
    return this;
  }

  parts(): Pick<GroupSums, "sums" | "serviceLevel"> {
    return { sums: this.sums, serviceLevel: this.#serviceLevel };
  }
}
