import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrap } from '../../src/foundation/index.ts'
import { normaliseEmail } from '../../src/referrals/index.ts'

test('S49 a.b+x and ab reach one inbox where dots are ignored, and two where they are not', () => {
  expect(unwrap(normaliseEmail('a.b+x@gmail.com'))).toBe('ab@gmail.com')
  expect(unwrap(normaliseEmail('  AB@googlemail.com '))).toBe('ab@gmail.com')
  expect(unwrap(normaliseEmail('a.b+x@example.org'))).toBe('a.b@example.org')
})

test('rules are data', () => {
  const rules = { plus: ['example.org'], dots: ['example.org'], aliases: [{ alias: 'e.org', domain: 'example.org' }] }
  expect(unwrap(normaliseEmail('a.b+x@e.org', rules))).toBe('ab@example.org')
  expect(unwrap(normaliseEmail('a.b+x@gmail.com', rules))).toBe('a.b+x@gmail.com')
})

test('an address that is nothing but what is ignored stays as it is', () => {
  expect(unwrap(normaliseEmail('+x@gmail.com'))).toBe('+x@gmail.com')
  expect(unwrap(normaliseEmail('...@gmail.com'))).toBe('...@gmail.com')
})

test('what is no address', () => {
  for (const text of ['', 'anna', '@example.org', 'anna@', '@']) {
    expect(normaliseEmail(text)).toMatchObject({ left: { _tag: 'InvalidValue', path: ['email'] } })
  }
  expect(unwrap(normaliseEmail('"a@b"@example.org'))).toBe('"a@b"@example.org')
})

test('once is enough, and plus and dots do not matter at gmail.com', () => {
  const local = fc.string({ unit: fc.constantFrom('a', 'b', 'Z', '0'), minLength: 1 })
  fc.assert(
    fc.property(local, fc.string(), fc.nat(), (name, tag, place) => {
      const dotted = `${name.slice(0, place % name.length)}.${name.slice(place % name.length)}`
      const plain = unwrap(normaliseEmail(`${name}@gmail.com`))
      const clean = tag.replace(/@/g, '')
      expect(unwrap(normaliseEmail(`${dotted}+${clean}@gmail.com`))).toBe(plain)
      expect(unwrap(normaliseEmail(plain))).toBe(plain)
    }),
  )
})
