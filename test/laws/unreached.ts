import fc from 'fast-check'

/** What of `wanted` none of so many values reaches. The search ends as soon as nothing is missing. */
export const unreached = <A>(
  wanted: ReadonlyArray<string>,
  values: fc.Arbitrary<A>,
  reachedBy: (value: A) => Iterable<string>,
  numRuns: number,
): ReadonlyArray<string> => {
  const missing = new Set(wanted)
  const search = fc.property(values, (value) => {
    for (const reached of reachedBy(value)) missing.delete(reached)
    return missing.size > 0 // a property that "fails" is not tried any further
  })
  fc.check(search, { numRuns, endOnFailure: true })
  return [...missing]
}
