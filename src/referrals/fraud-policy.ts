/** What signals of abuse weigh, as data. */
import {
  type Codec,
  constrainCodec,
  integerCodec,
  invalidValue,
  literalCodec,
  structCodec,
  unionCodec,
} from '../foundation/index.ts'

/** Something that two members have in common, or that one does too often. */
export type FraudSignal =
  | 'sameMember'
  | 'sameEmail'
  | 'similarEmail'
  | 'samePaymentInstrument'
  | 'sameDevice'
  | 'sameAddress'
  | 'sameIpAndAgent'
  | 'sameIp'
  | 'velocity'

/** Reads a {@link FraudSignal}. */
export const FraudSignal: Codec<FraudSignal> = /* @__PURE__ */ literalCodec(
  'sameMember',
  'sameEmail',
  'similarEmail',
  'samePaymentInstrument',
  'sameDevice',
  'sameAddress',
  'sameIpAndAgent',
  'sameIp',
  'velocity',
)

/** A signal that stops the referral by itself. */
export interface FraudBlock {
  readonly type: 'block'
}

/** A signal that adds to the score. */
export interface FraudScore {
  readonly type: 'score'
  readonly score: number
}

/** What a signal does by itself. */
export type FraudGrade = FraudBlock | FraudScore

/** What each signal does. The address of a network can only have a score. */
export interface FraudGrades {
  readonly sameMember: FraudGrade
  readonly sameEmail: FraudGrade
  readonly similarEmail: FraudGrade
  readonly samePaymentInstrument: FraudGrade
  readonly sameDevice: FraudGrade
  readonly sameAddress: FraudGrade
  readonly sameIpAndAgent: FraudGrade
  readonly sameIp: FraudScore
  readonly velocity: FraudGrade
}

/** What each signal weighs, and from which score on a person looks at it or nothing is paid. */
export interface FraudPolicy {
  readonly grades: FraudGrades
  readonly reviewFrom: number
  /** At least `reviewFrom`. */
  readonly blockFrom: number
}

const score = (value: number): FraudScore => ({ type: 'score', score: value })

/**
 * Grades to begin with: the same person is blocked, two strong signals together too, one is looked at. An agency that
 * refers itself lawfully sets the score of what it shares to 0.
 */
export const defaultFraudPolicy: FraudPolicy = /* @__PURE__ */ (() => ({
  grades: {
    sameMember: { type: 'block' as const },
    sameEmail: { type: 'block' as const },
    similarEmail: score(60),
    samePaymentInstrument: score(60),
    sameDevice: score(50),
    sameAddress: score(30),
    sameIpAndAgent: score(30),
    sameIp: score(10),
    velocity: score(40),
  },
  reviewFrom: 30,
  blockFrom: 100,
}))()

const whole = /* @__PURE__ */ integerCodec({ min: 0, max: 1_000_000 })
const Score = /* @__PURE__ */ structCodec('FraudScore', {
  type: /* @__PURE__ */ literalCodec('score'),
  score: whole,
})
const Grade: Codec<FraudGrade, unknown> = /* @__PURE__ */ unionCodec('FraudGrade', 'type', {
  block: /* @__PURE__ */ structCodec('FraudBlock', { type: /* @__PURE__ */ literalCodec('block') }),
  score: Score,
})

/**
 * Reads a {@link FraudPolicy}. The address of a network alone can only be given a score: offices and dormitories share one
 * (S49).
 *
 * @example
 * ```ts
 * import { decode, defaultFraudPolicy, FraudPolicy } from 'treue'
 *
 * const grades = { ...defaultFraudPolicy.grades, sameIp: { type: 'block' } }
 * decode(FraudPolicy, { ...defaultFraudPolicy, grades })._tag // => 'Left'
 * ```
 */
export const FraudPolicy: Codec<FraudPolicy, unknown> = /* @__PURE__ */ constrainCodec<FraudPolicy, unknown>(
  /* @__PURE__ */ structCodec('FraudPolicy', {
    grades: /* @__PURE__ */ structCodec('FraudGrades', {
      sameMember: Grade,
      sameEmail: Grade,
      similarEmail: Grade,
      samePaymentInstrument: Grade,
      sameDevice: Grade,
      sameAddress: Grade,
      sameIpAndAgent: Grade,
      sameIp: Score,
      velocity: Grade,
    }),
    reviewFrom: whole,
    blockFrom: whole,
  }),
  ({ reviewFrom, blockFrom }) =>
    reviewFrom <= blockFrom ? [] : [invalidValue(['blockFrom'], blockFrom, `at least ${reviewFrom}, the review’s`)],
)
