/** What two members have in common, and what follows from it. */
import * as E from 'fp-ts/Either'
import {
  arrayCodec,
  type Codec,
  literalCodec,
  MemberId,
  naturalCodec,
  nullableCodec,
  stringCodec,
  structCodec,
} from '../foundation/index.ts'
import { defaultFraudPolicy, type FraudPolicy, FraudSignal } from './fraud-policy.ts'
import { defaultEmailRules, type EmailRules, normaliseEmail } from './normalise-email.ts'

/** What is known of one who refers or is referred. All but the e-mail address may be hashes. */
export interface ReferralIdentity {
  readonly member: MemberId
  readonly email: string | null
  readonly devices: ReadonlyArray<string>
  readonly paymentInstruments: ReadonlyArray<string>
  readonly addresses: ReadonlyArray<string>
  readonly visits: ReadonlyArray<{ readonly ip: string; readonly agent: string }>
}

const overlap = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean => {
  const known = new Set(a)
  return b.some((one) => known.has(one))
}

const emailSignal = (a: string | null, b: string | null, rules: EmailRules): FraudSignal | undefined => {
  if (a === null || b === null) return undefined
  if (a.trim().toLowerCase() === b.trim().toLowerCase()) return 'sameEmail'
  const first = normaliseEmail(a, rules)
  const second = normaliseEmail(b, rules)
  return E.isRight(first) && E.isRight(second) && first.right === second.right ? 'similarEmail' : undefined
}

/** One text for both parts, which cannot flow into each other. */
const visitKey = ({ ip, agent }: { readonly ip: string; readonly agent: string }): string =>
  `${ip.length} ${ip}${agent}`

const networkSignal = (a: ReferralIdentity, b: ReferralIdentity): FraudSignal | undefined => {
  if (overlap(a.visits.map(visitKey), b.visits.map(visitKey))) return 'sameIpAndAgent'
  const ips = ({ visits }: ReferralIdentity): ReadonlyArray<string> => visits.map(({ ip }) => ip)
  return overlap(ips(a), ips(b)) ? 'sameIp' : undefined
}

/**
 * What a referrer and a referee have in common (S49): the stronger of two signals of one kind. Velocity is not among them.
 *
 * @param referrer - what is known of one
 * @param referee - what is known of the other
 * @param rules - what mail servers ignore; {@link defaultEmailRules} by default
 *
 * @example
 * ```ts
 * import { type MemberId, signalsBetween } from 'treue'
 *
 * const anna = {
 *   member: 'anna' as MemberId,
 *   email: 'a.b+x@gmail.com',
 *   devices: ['d1'],
 *   paymentInstruments: [],
 *   addresses: [],
 *   visits: [{ ip: '192.0.2.1', agent: 'one' }],
 * }
 * const ben = { ...anna, member: 'ben' as MemberId, email: 'ab@gmail.com', visits: [{ ip: '192.0.2.1', agent: 'two' }] }
 * signalsBetween(anna, ben) // => ['similarEmail', 'sameDevice', 'sameIp']
 * ```
 */
export const signalsBetween = (
  referrer: ReferralIdentity,
  referee: ReferralIdentity,
  rules: EmailRules = defaultEmailRules,
): ReadonlyArray<FraudSignal> => {
  const email = emailSignal(referrer.email, referee.email, rules)
  const network = networkSignal(referrer, referee)
  return [
    ...(referrer.member === referee.member ? (['sameMember'] as const) : []),
    ...(email === undefined ? [] : [email]),
    ...(overlap(referrer.paymentInstruments, referee.paymentInstruments) ? (['samePaymentInstrument'] as const) : []),
    ...(overlap(referrer.devices, referee.devices) ? (['sameDevice'] as const) : []),
    ...(overlap(referrer.addresses, referee.addresses) ? (['sameAddress'] as const) : []),
    ...(network === undefined ? [] : [network]),
  ]
}

/** What follows from signals. */
export interface FraudAssessment {
  /** `clear`: paid without a look; `review`: a person decides; `block`: not paid. */
  readonly outcome: 'clear' | 'review' | 'block'
  /** The sum of the scores. */
  readonly score: number
  /** Each signal once, with what it added; `null` where it blocks by itself. */
  readonly because: ReadonlyArray<{ readonly signal: FraudSignal; readonly score: number | null }>
}

const stronger: ReadonlyMap<FraudSignal, FraudSignal> = /* @__PURE__ */ new Map<FraudSignal, FraudSignal>([
  ['sameIp', 'sameIpAndAgent'],
  ['similarEmail', 'sameEmail'],
])

/** Each signal once, without what a stronger one of its kind says already. */
const distinct = (signals: ReadonlyArray<FraudSignal>): ReadonlyArray<FraudSignal> => {
  const found = new Set(signals)
  return [...found].filter((signal) => {
    const above = stronger.get(signal)
    return above === undefined || !found.has(above)
  })
}

/**
 * What follows from signals of abuse: a signal that blocks by itself blocks; otherwise the scores are summed and compared
 * with the two thresholds. Where the address of the network is all there is, the worst is a review (S49). Repeated signals
 * count once, in any order, and of two of one kind the stronger.
 *
 * @param signals - what was found
 * @param policy - the grades and thresholds; {@link defaultFraudPolicy} by default
 *
 * @example
 * ```ts
 * import { assessFraud } from 'treue'
 *
 * assessFraud(['sameIp']).outcome // => 'clear'
 * assessFraud(['sameDevice', 'sameIp']).score // => 60
 * assessFraud(['sameDevice', 'samePaymentInstrument']).outcome // => 'block'
 * ```
 */
export const assessFraud = (
  signals: ReadonlyArray<FraudSignal>,
  policy: FraudPolicy = defaultFraudPolicy,
): FraudAssessment => {
  const found = distinct(signals)
  const because = found.map((signal) => {
    const grade = policy.grades[signal]
    return { signal, score: grade.type === 'block' ? null : grade.score }
  })
  const score = because.reduce((sum, one) => sum + (one.score ?? 0), 0)
  const onlyNetwork = found.every((signal) => signal === 'sameIp')
  const blocked = because.some((one) => one.score === null) || (found.length > 0 && score >= policy.blockFrom)
  if (blocked && !onlyNetwork) return { outcome: 'block', score, because }
  return { outcome: found.length > 0 && score >= policy.reviewFrom ? 'review' : 'clear', score, because }
}

/** Reads a {@link FraudAssessment}. */
export const FraudAssessment: Codec<FraudAssessment> = /* @__PURE__ */ structCodec('FraudAssessment', {
  outcome: /* @__PURE__ */ literalCodec('clear', 'review', 'block'),
  score: naturalCodec,
  because: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('FraudReason', {
      signal: FraudSignal,
      score: /* @__PURE__ */ nullableCodec(naturalCodec),
    }),
    { maxLength: 100 },
  ),
})

const texts = /* @__PURE__ */ arrayCodec(stringCodec, { maxLength: 10_000 })

/**
 * Reads a {@link ReferralIdentity}.
 *
 * @example
 * ```ts
 * import { decode, ReferralIdentity } from 'treue'
 *
 * const seen = { devices: ['d1'], paymentInstruments: [], addresses: [], visits: [{ ip: '192.0.2.1', agent: 'one' }] }
 * decode(ReferralIdentity, { member: 'anna', email: null, ...seen })._tag // => 'Right'
 * ```
 */
export const ReferralIdentity: Codec<ReferralIdentity, unknown> = /* @__PURE__ */ structCodec('ReferralIdentity', {
  member: MemberId,
  email: /* @__PURE__ */ nullableCodec(stringCodec),
  devices: texts,
  paymentInstruments: texts,
  addresses: texts,
  visits: /* @__PURE__ */ arrayCodec(
    /* @__PURE__ */ structCodec('ReferralVisit', { ip: stringCodec, agent: stringCodec }),
    { maxLength: 10_000 },
  ),
})
