/** Caps and budgets: how many points, or how often, in which window, for whom, and what happens beyond. */
import {
  arrayCodec,
  Calendar,
  CampaignId,
  CapId,
  type Codec,
  constrainCodec,
  Duration,
  type InvalidValue,
  invalidValue,
  literalCodec,
  naturalCodec,
  RuleId,
  refineCodec,
  stringCodec,
  structCodec,
  underPath,
  unionCodec,
  WalletId,
} from '../foundation/index.ts'

import { type DeclaredField, PLACES } from './declared-field.ts'

/** For how long a cap counts (S12). */
export type CapWindow =
  /** One purchase or action; what a partial return leaves of it is counted anew (S13). */
  | { readonly type: 'activity' }
  /** A calendar period in the program's zone. */
  | { readonly type: 'calendar'; readonly calendar: Calendar }
  /** The time up to now: what is just as old as the duration counts no more. */
  | { readonly type: 'rolling'; readonly duration: Duration }
  /** What is in the wallet, with or without pending points (S16). */
  | { readonly type: 'balance'; readonly pending: 'counted' | 'ignored' }
  | { readonly type: 'lifetime' }

/** Of what a cap counts the points: what fits every part that is given. */
export interface CapScope {
  /** Default: every rule. */
  readonly rules?: ReadonlyArray<RuleId>
  /** Default: rules of every campaign and of none. */
  readonly campaigns?: ReadonlyArray<CampaignId>
  /** Default: both. */
  readonly kind?: 'regular' | 'promotional'
}

/** For whom a cap counts. */
export interface CapSubject {
  /** `everyone`: a budget; what all members have used of it comes in from outside. */
  readonly scope: 'member' | 'everyone'
  /** An attribute of the activity, such as `store` or a device: one count for each of its values. Default: one count. */
  readonly by?: string
}

/** A limit on what is earned in a wallet. */
export interface Cap {
  readonly id: CapId
  readonly wallet: WalletId
  /** In the wallet's smallest unit, or a number of activities. */
  readonly limit: number
  readonly counts: 'points' | 'times'
  readonly window: CapWindow
  /** Beyond it: what fits is granted, nothing is, or the rest is granted when the next window opens (S10). */
  readonly onExceed: 'truncate' | 'reject' | 'defer'
  /** Default: all that is earned in the wallet. */
  readonly of?: CapScope
  /** Default: each member, one count. */
  readonly per?: CapSubject
  /** What is cut first where something is. Default `promotionalFirst`: what was promised to everybody stays (S11). */
  readonly cut?: 'promotionalFirst' | 'regularFirst' | 'proportional'
}

const window: Codec<CapWindow, unknown> = /* @__PURE__ */ unionCodec('CapWindow', 'type', {
  activity: /* @__PURE__ */ structCodec('ActivityWindow', { type: /* @__PURE__ */ literalCodec('activity') }),
  calendar: /* @__PURE__ */ structCodec('CalendarWindow', {
    type: /* @__PURE__ */ literalCodec('calendar'),
    calendar: Calendar,
  }),
  rolling: /* @__PURE__ */ structCodec('RollingWindow', {
    type: /* @__PURE__ */ literalCodec('rolling'),
    duration: Duration,
  }),
  balance: /* @__PURE__ */ structCodec('BalanceWindow', {
    type: /* @__PURE__ */ literalCodec('balance'),
    pending: /* @__PURE__ */ literalCodec('counted', 'ignored'),
  }),
  lifetime: /* @__PURE__ */ structCodec('LifetimeWindow', { type: /* @__PURE__ */ literalCodec('lifetime') }),
})

const scope: Codec<CapScope, unknown> = /* @__PURE__ */ structCodec(
  'CapScope',
  {},
  {
    rules: /* @__PURE__ */ arrayCodec(RuleId, { minLength: 1, maxLength: 10_000 }),
    campaigns: /* @__PURE__ */ arrayCodec(CampaignId, { minLength: 1, maxLength: 10_000 }),
    kind: /* @__PURE__ */ literalCodec('regular', 'promotional'),
  },
)

const subjectFaults = ({ per, window: { type } }: Cap): ReadonlyArray<InvalidValue> => {
  if (type !== 'balance' && type !== 'activity') return []
  const of = type === 'balance' ? 'a balance' : 'an activity'
  return [
    ...(per?.scope === 'everyone'
      ? [invalidValue(['per', 'scope'], per.scope, `"member": ${of} is one member’s`)]
      : []),
    ...(per?.by === undefined ? [] : [invalidValue(['per', 'by'], per.by, `nothing: ${of} has one count`)]),
  ]
}

/** What does not fit together in one cap. */
const ownFaults = (cap: Cap): ReadonlyArray<InvalidValue> => {
  const { counts, window: of, onExceed } = cap
  const faults: Array<InvalidValue> = []
  if (onExceed === 'defer' && (of.type !== 'calendar' || counts === 'times')) {
    const expected = '"truncate" or "reject": only points of a calendar window can wait for the next one'
    faults.push(invalidValue(['onExceed'], onExceed, expected))
  }
  if (counts === 'times' && (of.type === 'balance' || of.type === 'activity')) {
    faults.push(invalidValue(['counts'], counts, '"points": in this window nothing happens several times'))
  }
  if (of.type === 'rolling' && of.duration.amount === 0) {
    faults.push(invalidValue(['window', 'duration', 'amount'], 0, 'at least 1: a window without length holds nothing'))
  }
  return [...faults, ...subjectFaults(cap)]
}

/**
 * Reads a {@link Cap}; whether its wallet, rules and campaigns are there, {@link capFaults} tells.
 *
 * @example
 * ```ts
 * import { Cap, decode } from 'treue'
 *
 * const daily = { type: 'calendar', calendar: { unit: 'day' } }
 * const cap = { id: 'daily', wallet: 'points', limit: 500, counts: 'points', window: daily, onExceed: 'truncate' }
 * decode(Cap, cap)._tag // => 'Right'
 * ```
 */
export const Cap: Codec<Cap, unknown> = /* @__PURE__ */ constrainCodec<Cap, unknown>(
  /* @__PURE__ */ structCodec(
    'Cap',
    {
      id: CapId,
      wallet: WalletId,
      limit: naturalCodec,
      counts: /* @__PURE__ */ literalCodec('points', 'times'),
      window,
      onExceed: /* @__PURE__ */ literalCodec('truncate', 'reject', 'defer'),
    },
    {
      of: scope,
      per: /* @__PURE__ */ structCodec(
        'CapSubject',
        { scope: /* @__PURE__ */ literalCodec('member', 'everyone') },
        {
          by: /* @__PURE__ */ refineCodec(
            stringCodec,
            'AttributeName',
            'the name of an attribute',
            (name) => name !== '',
            {
              minLength: 1,
            },
          ),
        },
      ),
      cut: /* @__PURE__ */ literalCodec('promotionalFirst', 'regularFirst', 'proportional'),
    },
  ),
  ownFaults,
)

/** What caps need to know of a rule. */
export interface CappedRule {
  readonly id: RuleId
  readonly wallet: WalletId
  readonly also?: ReadonlyArray<WalletId>
  readonly campaign?: CampaignId
}

/** What the rules say that earn in each wallet. */
interface WalletRules {
  readonly rules: Set<RuleId>
  readonly campaigns: Set<CampaignId>
}

const rulesByWallet = (rules: ReadonlyArray<CappedRule>): ReadonlyMap<WalletId, WalletRules> => {
  const byWallet = new Map<WalletId, WalletRules>()
  for (const { id, wallet, also = [], campaign } of rules) {
    for (const one of [wallet, ...also]) {
      const known = byWallet.get(one) ?? { rules: new Set(), campaigns: new Set() }
      byWallet.set(one, known)
      known.rules.add(id)
      if (campaign !== undefined) known.campaigns.add(campaign)
    }
  }
  return byWallet
}

const scopeFaults = ({ of = {} }: Cap, earning: WalletRules | undefined): ReadonlyArray<InvalidValue> => [
  ...(of.rules ?? []).flatMap((rule, index) =>
    earning?.rules.has(rule) === true
      ? []
      : [invalidValue(['of', 'rules', index], rule, 'a rule that earns in the wallet of the cap')],
  ),
  ...(of.campaigns ?? []).flatMap((campaign, index) =>
    earning?.campaigns.has(campaign) === true
      ? []
      : [
          invalidValue(
            ['of', 'campaigns', index],
            campaign,
            'a campaign with a rule that earns in the wallet of the cap',
          ),
        ],
  ),
]

/** A cap counts by what activities can say of themselves: by one value of it, and not by several at once. */
const keyFaults = ({ per }: Cap, declared: ReadonlyArray<DeclaredField>): ReadonlyArray<InvalidValue> => {
  const by = per?.by
  const fields = [...PLACES, ...declared].filter(({ name }) => name === by)
  if (by === undefined || (fields.length > 0 && fields.every(({ type }) => type !== 'texts'))) return []
  const known = new Set([...PLACES, ...declared].filter(({ type }) => type !== 'texts').map(({ name }) => name))
  return [invalidValue(['per', 'by'], by, `one of the attributes with one value: ${[...known].join(', ')}`)]
}

/**
 * Every fault of caps, with paths from the earning part of the program on: a wallet that the program does not have, a
 * rule or a campaign that does not earn in the wallet, an attribute that no activity has, an id that comes twice; deferring without a calendar window (S10),
 * counting times where there is one time only, a balance of everybody, a rolling window without length.
 *
 * @param wallets - the wallets of the program
 * @param rules - the earning rules of the program
 * @param caps - the caps, in the order of the program
 * @param declared - the fields that the program declares for purchases and actions; none by default
 *
 * @example
 * ```ts
 * import { type Cap, capFaults, type RuleId, type WalletId } from 'treue'
 *
 * const wallet = 'points' as WalletId
 * const cap = { id: 'order', wallet, limit: 500, counts: 'points', window: { type: 'activity' }, onExceed: 'defer' } as Cap
 * capFaults([{ id: wallet }], [{ id: 'base' as RuleId, wallet }], [cap, cap]).map(({ path }) => path.join('.'))
 * // => ['caps.0.onExceed', 'caps.1.id', 'caps.1.onExceed']
 * ```
 */
export const capFaults = (
  wallets: ReadonlyArray<{ readonly id: WalletId }>,
  rules: ReadonlyArray<CappedRule>,
  caps: ReadonlyArray<Cap>,
  declared: ReadonlyArray<DeclaredField> = [],
): ReadonlyArray<InvalidValue> => {
  const known = new Set(wallets.map(({ id }) => id))
  const earning = rulesByWallet(rules)
  const seen = new Set<CapId>()
  return caps.flatMap((cap, index) => {
    const { id, wallet } = cap
    const again = seen.has(id)
    seen.add(id)
    const faults = [
      ...(again ? [invalidValue(['id'], id, 'an id that no other cap has')] : []),
      ...(known.has(wallet) ? [] : [invalidValue(['wallet'], wallet, 'a wallet of the program')]),
      ...scopeFaults(cap, earning.get(wallet)),
      ...keyFaults(cap, declared),
      ...ownFaults(cap),
    ]
    return underPath(['caps', index], faults)
  })
}
