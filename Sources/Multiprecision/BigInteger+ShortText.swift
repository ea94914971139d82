internal import CGMP

extension BigInteger {
    /// Up to so many words, digits are made here in less time than GMP takes.
    static var shortTextLimbs: Int { 40 }

    /// The decimal text of a number of `shortTextLimbs` words or fewer.
    ///
    /// Digits come nineteen at a time, as remainders by 10^19, from the last to the first. Two of these divisions go
    /// through the words together: the quotient of a word by the one is the dividend of the other, and neither waits for
    /// the other's next word. Cost: O(words²), about half of GMP's time.
    borrowing func shortDecimal() -> String {
        let isNegative = isNegative
        let count = limbCount
        let source = unsafe mpz
        // Nineteen digits and a bit for each word, as many as two remainders hold beyond, and a word's room before. Sizes
        // that are constants are on the stack.
        let capacity = 20 * Self.shortTextLimbs + 2 * DecimalChunk.digits + 8
        return unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.shortTextLimbs) { room in
            unsafe fibq_mpz_copy_limbs(room.baseAddress, source)
            let words = unsafe UnsafeMutableBufferPointer(rebasing: room[..<count])
            return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { text in
                var begin = unsafe Self.writeDigits(of: words, before: UnsafeMutableRawBufferPointer(text))
                begin = unsafe Self.firstDigit(of: UnsafeRawBufferPointer(text), from: begin)
                if isNegative {
                    begin -= 1
                    unsafe text[begin] = UInt8(ascii: "-")
                }
                return unsafe String(decoding: UnsafeBufferPointer(rebasing: text[begin...]), as: UTF8.self)
            }
        }
    }

    /// Where the zeros end that `text` has from `begin` on, eight looked at together; at the last digit at the latest.
    private static func firstDigit(of text: UnsafeRawBufferPointer, from begin: Int) -> Int {
        let (zeros, lastWord) = (DecimalChunk.zeros, text.count - 8)
        var begin = begin
        while true {
            begin = min(begin, lastWord)
            let word = unsafe text.loadUnaligned(fromByteOffset: begin, as: UInt64.self)
            if word == zeros, begin < lastWord {
                begin += 8
            } else {
                return min(begin + (word ^ zeros).littleEndian.trailingZeroBitCount / 8, text.count - 1)
            }
        }
    }

    /// Writes the digits at the end of `text`, zeros before the first among them, and answers where they begin. The
    /// words are used up.
    private static func writeDigits(
        of words: UnsafeMutableBufferPointer<UInt64>, before text: UnsafeMutableRawBufferPointer
    ) -> Int {
        var count = words.count
        var end = text.count
        repeat {
            var (last, first) = (DecimalChunk(), DecimalChunk())
            for index in (0..<count).reversed() {
                unsafe words[index] = first.divide(last.divide(words[index]))
            }
            while count > 0, unsafe words[count - 1] == 0 { count -= 1 }
            unsafe last.write(to: text, before: end)
            unsafe first.write(to: text, before: end - DecimalChunk.digits)
            end -= 2 * DecimalChunk.digits
        } while count > 0
        return end
    }
}

/// A remainder by 10^19: nineteen decimal digits.
private struct DecimalChunk {
    static let digits = 19
    /// The text "00000000".
    static let zeros: UInt64 = 0x3030_3030_3030_3030
    private static let divisor: UInt64 = 10_000_000_000_000_000_000
    /// ⌊(2^128 − 1) / 10^19⌋ − 2^64
    private static let reciprocal: UInt64 = 0xD83C_94FB_6D2A_C34A
    private static let eightDigits: UInt64 = 100_000_000

    private var remainder: UInt64 = 0

    /// The quotient of the remainder so far, followed by `word`; the rest is the new remainder.
    ///
    /// Source: N. Möller, T. Granlund, Improved division by invariant integers, IEEE Transactions on Computers 60, 2011,
    /// algorithm 4: a multiplication by the reciprocal, and corrections by one.
    @inline(__always)
    mutating func divide(_ word: UInt64) -> UInt64 {
        let product = remainder.multipliedFullWidth(by: Self.reciprocal)
        let (fraction, carries) = product.low.addingReportingOverflow(word)
        var quotient = product.high &+ remainder &+ (carries ? 2 : 1)
        var rest = word &- quotient &* Self.divisor
        if rest > fraction {
            quotient &-= 1
            rest &+= Self.divisor
        }
        if rest >= Self.divisor {
            quotient &+= 1
            rest &-= Self.divisor
        }
        remainder = rest
        return quotient
    }

    /// Writes the digits so that they end before `end`, and five bytes before them.
    @inline(__always)
    func write(to text: UnsafeMutableRawBufferPointer, before end: Int) {
        let (upper, last) = remainder.quotientAndRemainder(dividingBy: Self.eightDigits)
        let (first, middle) = upper.quotientAndRemainder(dividingBy: Self.eightDigits)
        unsafe text.storeBytes(of: Self.text(first), toByteOffset: end - 24, as: UInt64.self)
        unsafe text.storeBytes(of: Self.text(middle), toByteOffset: end - 16, as: UInt64.self)
        unsafe text.storeBytes(of: Self.text(last), toByteOffset: end - 8, as: UInt64.self)
    }

    /// Eight digits in ASCII, the first in the byte that memory has first: numbers of four, of two and of one digit side
    /// by side, each made of the one before by a multiplication that divides all of them.
    @inline(__always)
    private static func text(_ value: UInt64) -> UInt64 {
        let fours = value / 10_000 | (value % 10_000) << 32
        // 10486 / 2^20 and 103 / 2^10 are near enough to 1/100 below 10,000 and to 1/10 below 100.
        let hundreds = (fours &* 10_486) >> 20 & 0x0000_007F_0000_007F
        let twos = hundreds | (fours &- 100 &* hundreds) << 16
        let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
        let ones = tens | (twos &- 10 &* tens) << 8
        return (ones | zeros).littleEndian
    }
}
