/** What is said beside a program: findings that are accepted, and legal profiles, as far as they are known. */
import type { Findings, OpenFinding } from './lint-finding.ts'
import { isKnownProfile, KNOWN_PROFILES } from './lint-legal.ts'
import type { AcceptedFinding, LegalProfile } from './lint-options.ts'

const keyOf = ({ code, path }: AcceptedFinding): string => JSON.stringify([code, path ?? null])

/** That an entry accepts nothing: what it was for is gone, or it is misspelt. */
const acceptedNothing = ({ code }: AcceptedFinding, index: number, found: Findings): OpenFinding => ({
  code: 'acceptedNothing',
  severity: 'note',
  path: ['accept', index],
  reason: 'nothing was found of what is accepted: the entry can go, or says another code or place',
  witness: { type: 'name', name: code, known: [...new Set(found.map((one) => one.code))] },
})

/** What is left of findings without those that are accepted, and a note for each entry that accepts none. */
export const withoutAccepted = (found: Findings, accept: ReadonlyArray<AcceptedFinding>): Findings => {
  const keys = new Set(accept.map(keyOf))
  const used = new Set<string>()
  const left = found.filter(({ code, path }) => {
    const own = [keyOf({ code }), keyOf({ code, path })].filter((key) => keys.has(key))
    for (const key of own) used.add(key)
    return own.length === 0
  })
  const unused = accept.flatMap((entry, index) =>
    used.has(keyOf(entry)) ? [] : [acceptedNothing(entry, index, found)],
  )
  return [...left, ...unused]
}

/** Legal profiles that there are not: whoever does not compile against the types may ask for one. */
export const unknownProfiles = (legal: ReadonlyArray<LegalProfile>): Findings =>
  legal.flatMap(
    ({ id }, index): Findings =>
      isKnownProfile(id)
        ? []
        : [
            {
              code: 'unknownReference',
              severity: 'error',
              path: ['legal', index, 'id'],
              reason: 'there is no such legal profile: nothing was held against it',
              witness: { type: 'name', name: id, known: KNOWN_PROFILES },
            },
          ],
  )
