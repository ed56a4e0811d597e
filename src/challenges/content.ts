/** Content of members under review: a reward for a review, a post or a share, once for each object. */
import * as E from 'fp-ts/Either'
import {
  ActivityId,
  arrayCodec,
  type Codec,
  constrainCodec,
  Instant,
  type InvalidValue,
  invalidValue,
  literalCodec,
  refineCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'
import { ContentObjectId } from './challenge-id.ts'
import { mostRecords } from './contribution.ts'
import type { LossPolicy } from './level-grant.ts'
import { orderFaults, type RecordConflict, withRecords } from './record-set.ts'

/** How content of one kind is reviewed and rewarded. */
export interface ContentRule {
  /** What it is, such as `review`, `photo` or `share`. */
  readonly kind: string
  /** Whether somebody approves it before it is rewarded. */
  readonly review: 'before' | 'none'
  /** Whether the object can be written about again after a rejection. Default `resubmit`. */
  readonly afterRejection?: 'resubmit' | 'final'
  /** Whether it can be after an approval was reversed. Default `final`. */
  readonly afterReversal?: 'resubmit' | 'final'
  /** What becomes of a reward whose content no longer counts. Default `takeBack`. */
  readonly onLoss?: LossPolicy
}

const kindCodec: Codec<string> = /* @__PURE__ */ refineCodec(
  stringCodec,
  'ContentKind',
  'a name of at least one character',
  (kind) => kind !== '',
  { minLength: 1 },
)

const afterCodec = /* @__PURE__ */ literalCodec('resubmit', 'final')

/**
 * Reads a {@link ContentRule}.
 *
 * @example
 * ```ts
 * import { ContentRule, decode } from 'treue'
 *
 * decode(ContentRule, { kind: 'review', review: 'before', afterRejection: 'resubmit' })._tag // => 'Right'
 * ```
 */
export const ContentRule: Codec<ContentRule, unknown> = /* @__PURE__ */ structCodec(
  'ContentRule',
  { kind: kindCodec, review: /* @__PURE__ */ literalCodec('before', 'none') },
  {
    afterRejection: afterCodec,
    afterReversal: afterCodec,
    onLoss: /* @__PURE__ */ literalCodec('takeBack', 'keep'),
  },
)

/** That a member hands in content. */
export interface ContentSubmission {
  readonly id: ActivityId
  readonly kind: string
  /** What it is about, or where it is: a product, an order, a post. */
  readonly object: ContentObjectId
  readonly at: Instant
}

/** What somebody decides about content; it may come in before the content. */
export interface ContentDecision {
  readonly id: ActivityId
  /** The submission. */
  readonly of: ActivityId
  readonly at: Instant
  /** `reversed`: it was approved and is taken down. */
  readonly verdict: 'approved' | 'rejected' | 'reversed'
}

/** The reward that a submission has got. */
export interface ContentReward {
  readonly submission: ActivityId
  readonly kind: string
  readonly object: ContentObjectId
}

/** A member's content: sets of records, so that the order in which they come in makes no difference. */
export interface MemberContent {
  readonly submissions: ReadonlyArray<ContentSubmission>
  readonly decisions: ReadonlyArray<ContentDecision>
  /** The rewards that the member has. */
  readonly rewards: ReadonlyArray<ContentReward>
}

const timeOf = ({ at }: { readonly at: Instant }): number => at
const bounds = { maxLength: mostRecords }

/** Reads {@link MemberContent}, whose records are in order. */
export const MemberContent: Codec<MemberContent, unknown> = /* @__PURE__ */ constrainCodec<MemberContent, unknown>(
  /* @__PURE__ */ structCodec('MemberContent', {
    submissions: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('ContentSubmission', {
        id: ActivityId,
        kind: kindCodec,
        object: ContentObjectId,
        at: Instant,
      }),
      bounds,
    ),
    decisions: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('ContentDecision', {
        id: ActivityId,
        of: ActivityId,
        at: Instant,
        verdict: /* @__PURE__ */ literalCodec('approved', 'rejected', 'reversed'),
      }),
      bounds,
    ),
    rewards: /* @__PURE__ */ arrayCodec(
      /* @__PURE__ */ structCodec('ContentReward', {
        submission: ActivityId,
        kind: kindCodec,
        object: ContentObjectId,
      }),
      bounds,
    ),
  }),
  ({ submissions, decisions }) => [
    ...orderFaults(submissions, timeOf, 'submissions'),
    ...orderFaults(decisions, timeOf, 'decisions'),
  ],
)

/** The content of a member who has handed in nothing. */
export const noContent: MemberContent = { submissions: [], decisions: [], rewards: [] }

/** What has become of a submission. `duplicate`: another one of its kind about its object counts. */
export type ContentStatus = 'pending' | 'approved' | 'rejected' | 'reversed' | 'duplicate'

/** A submission and what has become of it. */
export interface ContentStanding {
  readonly submission: ContentSubmission
  readonly status: ContentStatus
}

type Verdict = ContentDecision['verdict']
type Decided = Exclude<ContentStatus, 'duplicate'>

/** What a verdict makes of each status: only what is approved can be reversed, and what is reversed stays so. */
const afterVerdict: Readonly<Record<Decided, Readonly<Record<Verdict, Decided>>>> = {
  pending: { approved: 'approved', rejected: 'rejected', reversed: 'pending' },
  approved: { approved: 'approved', rejected: 'rejected', reversed: 'reversed' },
  rejected: { approved: 'approved', rejected: 'rejected', reversed: 'rejected' },
  reversed: { approved: 'reversed', rejected: 'reversed', reversed: 'reversed' },
}

const verdictsBySubmission = (
  decisions: ReadonlyArray<ContentDecision>,
): ReadonlyMap<ActivityId, ReadonlyArray<Verdict>> => {
  const verdicts = new Map<ActivityId, Array<Verdict>>()
  for (const { of, verdict } of decisions) {
    const known = verdicts.get(of)
    if (known === undefined) verdicts.set(of, [verdict])
    else known.push(verdict)
  }
  return verdicts
}

/** Whether another submission about the object has no chance beside one of this status. */
const blocks = (rule: ContentRule, status: Decided): boolean => {
  if (status === 'rejected') return rule.afterRejection === 'final'
  return status !== 'reversed' || rule.afterReversal !== 'resubmit'
}

const statusAfter = ({ review }: ContentRule, verdicts: ReadonlyArray<Verdict>): Decided => {
  let status: Decided = review === 'none' ? 'approved' : 'pending'
  for (const verdict of verdicts) status = afterVerdict[status][verdict]
  return status
}

const keyOf = ({ kind, object }: { readonly kind: string; readonly object: string }): string =>
  `${kind.length}:${kind}${object}`

/**
 * What has become of each submission. The first about an object counts; a later one of the same kind is a duplicate as
 * long as an earlier one is waiting or approved, and takes its place where that was rejected and may be tried again.
 * Submissions of a kind without a rule are not listed.
 *
 * @param rules - a rule for each kind
 * @param content - the member's content
 *
 * @example
 * ```ts
 * import { contentStandings, type MemberContent } from 'treue'
 *
 * const submissions = ['a', 'b'].map((id, at) => ({ id, kind: 'review', object: 'shoe', at }))
 * const content = { submissions, decisions: [], rewards: [] } as unknown as MemberContent
 * contentStandings([{ kind: 'review', review: 'before' }], content).map(({ status }) => status)
 * // => ['pending', 'duplicate']
 * ```
 */
export const contentStandings = (
  rules: ReadonlyArray<ContentRule>,
  { submissions, decisions }: MemberContent,
): ReadonlyArray<ContentStanding> => {
  const ruleOf = new Map(rules.map((rule) => [rule.kind, rule] as const))
  const verdicts = verdictsBySubmission(decisions)
  const taken = new Set<string>()
  return submissions.flatMap((submission): ReadonlyArray<ContentStanding> => {
    const rule = ruleOf.get(submission.kind)
    if (rule === undefined) return []
    const key = keyOf(submission)
    if (taken.has(key)) return [{ submission, status: 'duplicate' }]
    const status = statusAfter(rule, verdicts.get(submission.id) ?? [])
    if (blocks(rule, status)) taken.add(key)
    return [{ submission, status }]
  })
}

/** A member's content after something came in. */
export interface ContentChange {
  readonly content: MemberContent
  /** Rewards to give now. */
  readonly gained: ReadonlyArray<ContentReward>
  /** Rewards to take back now. */
  readonly lost: ReadonlyArray<ContentReward>
}

const settled = (rules: ReadonlyArray<ContentRule>, content: MemberContent): ContentChange => {
  const kept = new Set(rules.filter(({ onLoss }) => onLoss === 'keep').map(({ kind }) => kind))
  const due = contentStandings(rules, content)
    .filter(({ status }) => status === 'approved')
    .map(({ submission: { id, kind, object } }): ContentReward => ({ submission: id, kind, object }))
  const dueIds = new Set(due.map(({ submission }) => submission))
  const stays = ({ submission, kind }: ContentReward): boolean => dueIds.has(submission) || kept.has(kind)
  const held = content.rewards.filter(stays)
  const objects = new Set(held.map(keyOf))
  const gained = due.filter((reward) => !objects.has(keyOf(reward)))
  const rank = new Map(content.submissions.map(({ id }, index) => [id, index] as const))
  const place = ({ submission }: ContentReward): number => rank.get(submission) ?? -1
  const rewards = [...held, ...gained].sort((a, b) => place(a) - place(b))
  const { submissions, decisions } = content
  return {
    content: { submissions, decisions, rewards },
    gained,
    lost: content.rewards.filter((reward) => !stays(reward)),
  }
}

/** What comes in about a member's content. */
export interface ContentRecords {
  readonly submissions?: ReadonlyArray<ContentSubmission>
  readonly decisions?: ReadonlyArray<ContentDecision>
}

const unknownKinds = (
  rules: ReadonlyArray<ContentRule>,
  submissions: ReadonlyArray<ContentSubmission>,
): ReadonlyArray<InvalidValue> => {
  const kinds = new Set(rules.map(({ kind }) => kind))
  return submissions.flatMap(({ kind }, index) =>
    kinds.has(kind) ? [] : [invalidValue(['submissions', index, 'kind'], kind, 'a kind that there is a rule for')],
  )
}

/**
 * A member's content after submissions and decisions came in: what is approved is rewarded, once for each object and kind;
 * what is rejected or taken down later loses its reward, where the rule does not keep it. With `takeBack` the result
 * depends on what came in only, not on its order or on batches.
 *
 * `RecordConflict`: an id came in before with other content. `InvalidValue`: there is no rule for the kind. All of them
 * are reported, and nothing is taken in.
 *
 * @param rules - a rule for each kind
 * @param content - the member's content before
 * @param records - what comes in, each in any order
 *
 * @example
 * ```ts
 * import { type ContentRecords, noContent, recordContent, unwrap } from 'treue'
 *
 * const submissions = [{ id: 'a', kind: 'review', object: 'shoe', at: 0 }]
 * const decisions = [{ id: 'ok', of: 'a', at: 1, verdict: 'approved' }]
 * const records = { submissions, decisions } as unknown as ContentRecords
 * unwrap(recordContent([{ kind: 'review', review: 'before' }], noContent, records)).gained
 * // => [{ submission: 'a', kind: 'review', object: 'shoe' }]
 * ```
 */
export const recordContent = (
  rules: ReadonlyArray<ContentRule>,
  content: MemberContent,
  { submissions = [], decisions = [] }: ContentRecords,
): E.Either<ReadonlyArray<RecordConflict | InvalidValue>, ContentChange> => {
  const unknown = unknownKinds(rules, submissions)
  const allSubmissions = withRecords(content.submissions, submissions, timeOf, 'submissions')
  const allDecisions = withRecords(content.decisions, decisions, timeOf, 'decisions')
  if (E.isLeft(allSubmissions) || E.isLeft(allDecisions)) {
    const left = [allSubmissions, allDecisions].flatMap((result) => (E.isLeft(result) ? result.left : []))
    return E.left([...unknown, ...left])
  }
  if (unknown.length > 0) return E.left(unknown)
  const { rewards } = content
  return E.right(settled(rules, { submissions: allSubmissions.right, decisions: allDecisions.right, rewards }))
}
