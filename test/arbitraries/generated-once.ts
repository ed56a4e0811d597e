// Generating a whole program with its history takes longer than most of what is checked of it. Properties that begin with
// the same arbitrary are given the same values by the same seed: they are made once, and are bit for bit what they would be.
import fc from 'fast-check'

/** What is remembered of each arbitrary: all cases of a run of the default length, and most of a long one; a third of a megabyte each. */
const maximumRemembered = 400

class GeneratedOnce<A> extends fc.Arbitrary<A> {
  private readonly source: fc.Arbitrary<A>
  private readonly remembered = new Map<string, { readonly value: fc.Value<A>; readonly after: fc.Random }>()

  constructor(source: fc.Arbitrary<A>) {
    super()
    this.source = source
  }

  override generate(random: fc.Random, biasFactor: number | undefined): fc.Value<A> {
    const key = `${random.getState()} ${biasFactor}`
    const known = this.remembered.get(key)
    if (known !== undefined) {
      Object.assign(random, known.after.clone()) // what is drawn next is what would have been
      return known.value
    }
    const value = this.source.generate(random, biasFactor)
    if (this.remembered.size < maximumRemembered) this.remembered.set(key, { value, after: random.clone() })
    return value
  }

  override canShrinkWithoutContext(value: unknown): value is A {
    return this.source.canShrinkWithoutContext(value)
  }

  override shrink(value: A, context: unknown): fc.Stream<fc.Value<A>> {
    return this.source.shrink(value, context)
  }
}

/** The same values, in the same order, shrunk in the same way; those that were generated before are not made again. */
export const generatedOnce = <A>(source: fc.Arbitrary<A>): fc.Arbitrary<A> => new GeneratedOnce(source)
