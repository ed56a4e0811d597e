/** E-mail addresses that reach one inbox, brought to one form. */
import * as E from 'fp-ts/Either'
import { type InvalidValue, invalidValue } from '../foundation/index.ts'

/** A domain that is another name of a domain. */
export interface EmailDomainAlias {
  readonly alias: string
  readonly domain: string
}

/** What mail servers ignore, by domain, in lower case. */
export interface EmailRules {
  /** Where a plus and what follows it is ignored; `every`: at all domains. */
  readonly plus: 'every' | ReadonlyArray<string>
  /** Where dots before the @ are ignored. */
  readonly dots: ReadonlyArray<string>
  readonly aliases: ReadonlyArray<EmailDomainAlias>
}

/** A plus is ignored everywhere: a signal may be wrong, an account is not; dots are ignored where they are known to be. */
export const defaultEmailRules: EmailRules = /* @__PURE__ */ (() => ({
  plus: 'every' as const,
  dots: ['gmail.com'],
  aliases: [{ alias: 'googlemail.com', domain: 'gmail.com' }],
}))()

const without = (local: string, of: string): string => (local === '' ? of : local)

/**
 * An e-mail address as the inbox that it reaches: in lower case, the domain by its own name, without what the rules ignore.
 *
 * `InvalidValue`: there is nothing before or after the @.
 *
 * @param email - the address; spaces around it are ignored
 * @param rules - what is ignored; {@link defaultEmailRules} by default
 *
 * @example
 * ```ts
 * import { normaliseEmail, unwrap } from 'treue'
 *
 * unwrap(normaliseEmail('a.b+x@GoogleMail.com')) // => 'ab@gmail.com'
 * unwrap(normaliseEmail('a.b+x@example.org')) // => 'a.b@example.org'
 * ```
 */
export const normaliseEmail = (
  email: string,
  rules: EmailRules = defaultEmailRules,
): E.Either<InvalidValue, string> => {
  const text = email.trim().toLowerCase()
  const place = text.lastIndexOf('@')
  if (place < 1 || place === text.length - 1) {
    return E.left(invalidValue(['email'], email, 'an e-mail address such as "anna@example.org"'))
  }
  const written = text.slice(place + 1)
  const domain = rules.aliases.find(({ alias }) => alias === written)?.domain ?? written
  const local = text.slice(0, place)
  const plus = rules.plus === 'every' || rules.plus.includes(domain)
  const main = plus ? without(local.split('+')[0] ?? '', local) : local
  const plain = rules.dots.includes(domain) ? without(main.replace(/\./g, ''), main) : main
  return E.right(`${plain}@${domain}`)
}
