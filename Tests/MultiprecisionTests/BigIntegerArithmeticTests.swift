import Multiprecision
import Testing

/// Operands at which carries, borrows and signs change, paired with each other. They are few enough to try all pairs.
private let edges: [Int64] = [0, 1, -1, 2, 3, -7, 1 << 31, 1 << 32, -(1 << 32), .max - 1, .max, .min + 1, .min]
private let pairs = edges.flatMap { first in edges.map { (first, $0) } }

/// The word-sized operands' results are known from 128-bit arithmetic of the standard library.
@Suite struct BigIntegerArithmeticTests {
    @Test func addsAndSubtracts() {
        for (first, second) in pairs {
            let other = BigInteger(Int(second))
            var value = BigInteger(Int(first))
            value.add(other)
            #expect(value.decimal() == String(Int128(first) + Int128(second)))
            value.subtract(other)
            #expect(value.decimal() == String(first))
            value.add(Int(second))
            #expect(value.decimal() == String(Int128(first) + Int128(second)))
            var sum = BigInteger(99 as Int)
            sum.setToSum(of: BigInteger(Int(first)), other)
            #expect(sum.decimal() == value.decimal())
        }
    }

    @Test func multiplies() {
        for (first, second) in pairs {
            var value = BigInteger(Int(first))
            value.multiply(by: BigInteger(Int(second)))
            #expect(value.decimal() == String(Int128(first) * Int128(second)))
        }
    }

    @Test func subtractsProducts() {
        for (first, second) in pairs where second >= 0 {
            var value = BigInteger(1 as Int)
            value.subtractProduct(of: BigInteger(Int(first)), UInt64(second))
            #expect(value.decimal() == String(1 - Int128(first) * Int128(second)))
        }
    }

    @Test(arguments: edges)
    func squaresInPlaceAndElsewhere(value: Int64) {
        var inPlace = BigInteger(Int(value))
        let operand = inPlace.copy()
        inPlace.square()
        var elsewhere = BigInteger()
        elsewhere.setToSquare(of: operand)
        #expect(inPlace.decimal() == String(Int128(value) * Int128(value)))
        #expect(inPlace.decimal() == elsewhere.decimal())
    }

    @Test(arguments: [0, 1, 63, 64, 200])
    func shiftingIsMultiplyingByAPowerOfTwo(bits: Int) {
        var shifted = BigInteger(-12_345 as Int)
        var multiplied = shifted.copy()
        shifted.shiftLeft(by: bits)
        let two = BigInteger(2 as Int)
        for _ in 0..<bits { multiplied.multiply(by: two) }
        #expect(shifted.decimal() == multiplied.decimal())
    }

    @Test func refusesANegativeShift() async {
        await #expect(processExitsWith: .failure) {
            var value = BigInteger(1 as Int)
            value.shiftLeft(by: -1)
        }
    }

    @Test func setsToOtherValues() {
        var value = BigInteger(minimumBitCapacity: 64)
        value.set(to: .max)
        #expect(value.decimal() == "18446744073709551615")
        value.set(to: BigInteger(-3 as Int))
        #expect(value.decimal() == "-3")
    }

    /// (a + b)² = a² + 2ab + b², on numbers of hundreds of words.
    @Test(arguments: [1_000, 10_000, 54_321] as [UInt64])
    func squareOfASum(n: UInt64) {
        let first = BigInteger(fibonacci: n)
        let second = BigInteger(fibonacci: n / 2)
        var left = BigInteger()
        left.setToSum(of: first, second)
        left.square()
        var product = first.copy()
        product.multiply(by: second)
        product.shiftLeft(by: 1)
        var right = BigInteger()
        right.setToSquare(of: first)
        right.add(product)
        product.setToSquare(of: second)
        right.add(product)
        #expect(left.decimal() == right.decimal())
    }
}
