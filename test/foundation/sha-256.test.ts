import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256Hasher, sha256Hex, utf8Bytes } from '../../src/foundation/index.ts'

// FIPS 180-4 examples and the vectors of NIST's CAVP that are texts.
test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  [
    'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
    'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
  ],
  ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
])('NIST vector %#', (text, digest) => {
  expect(sha256Hex(text)).toBe(digest)
})

test('every length around the ends of blocks, and any text, has the digest that OpenSSL gives', () => {
  const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
  for (let length = 0; length < 200; length += 1) expect(sha256Hex('x'.repeat(length))).toBe(digest('x'.repeat(length)))
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const wellFormed = Buffer.from(text, 'utf8').toString('utf8')
      expect(sha256Hex(wellFormed)).toBe(digest(wellFormed))
      expect(Buffer.from(utf8Bytes(wellFormed)).toString('hex')).toBe(Buffer.from(wellFormed, 'utf8').toString('hex'))
    }),
  )
})

test('halves of surrogate pairs differ from each other and from what replaces them elsewhere', () => {
  const texts = ['\ud800', '\udc00', '\ufffd', '\ud800\udc00', '\udc00\ud800']
  expect(new Set(texts.map((text) => Buffer.from(utf8Bytes(text)).toString('hex'))).size).toBe(texts.length)
  expect(Array.from(utf8Bytes('\ud800'))).toEqual([0xed, 0xa0, 0x80])
})

test('a hasher that works in the same arrays gives the same, whatever it hashed before', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 20 }), (texts) => {
      const hash = sha256Hasher()
      for (const text of texts) expect(hash(text)).toBe(sha256Hex(text))
      expect(hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    }),
  )
})
