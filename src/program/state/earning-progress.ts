/** What a member's earlier activities mean for what they earn next: counters of caps, cooldowns, milestones, orders. */
import { CapUsage, MilestoneProgress, RuleUse } from '../../earning/index.ts'
import { arrayCodec, type Codec, structCodec } from '../../foundation/index.ts'

/** What a member's earlier activities mean for what they earn next. */
export interface EarningProgress {
  /** What was counted against caps whose windows are open. */
  readonly caps: ReadonlyArray<CapUsage>
  /** When rules with a cooldown earned. */
  readonly uses: ReadonlyArray<RuleUse>
  readonly milestones: ReadonlyArray<MilestoneProgress>
}

/** Reads an {@link EarningProgress}. */
export const EarningProgress: Codec<EarningProgress, unknown> = /* @__PURE__ */ structCodec('EarningProgress', {
  caps: /* @__PURE__ */ arrayCodec(CapUsage),
  uses: /* @__PURE__ */ arrayCodec(RuleUse),
  milestones: /* @__PURE__ */ arrayCodec(MilestoneProgress),
})

export const noProgress: EarningProgress = { caps: [], uses: [], milestones: [] }
